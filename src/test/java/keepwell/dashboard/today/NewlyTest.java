package keepwell.dashboard.today;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Days;
import keepwell.health.Tier;
import keepwell.portfolio.Highlights.Some;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NewlyTest {
  private static final Tiers TIERS =
      Tiers.of(List.of(new Tier("good", "Good", 50), new Tier("so & so", "So so", 0)));

  private static Newly of(Optional<String> owner) {
    return Newly.of(
        TIERS.of(Optional.of("so & so")),
        new Some(List.of(), 3, 0),
        owner,
        TIERS,
        new Due(new Days(ZoneOffset.UTC), Instant.EPOCH));
  }

  private static String page(TodayNode node, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(node.uri().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void all_of_them_are_in_the_list_whatever_the_tier_is_called() {
    assertThat(of(Optional.empty()).list()).isEqualTo("/?sort=-arr&tier=so%20%26%20so");
    assertThat(of(Optional.of("dana")).list())
        .isEqualTo("/?owner=dana&sort=-arr&tier=so%20%26%20so");
    assertThat(of(Optional.empty()).more()).isEqualTo("3 more");
  }

  @Test
  void they_are_told_for_seven_days_as_in_the_figures_of_the_portfolio(@TempDir Path data)
      throws Exception {
    try (TodayNode node = new TodayNode(data, Map.of(), TodayNode.PLAYBOOKS)) {
      node.turned("acme", "Acme", "dana", 52_000, 23);
      node.leap(Duration.ofDays(6));
      assertThat(page(node, "/")).contains("in 7 days: 1 in, 0 out");
      assertThat(page(node, "/today")).contains("Newly Critical");
      node.leap(Duration.ofDays(1));
      assertThat(page(node, "/")).doesNotContain("in 7 days: 1 in, 0 out");
      assertThat(page(node, "/today")).contains("Nobody is newly at risk");
    }
  }
}
