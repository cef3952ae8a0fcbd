package keepwell.dashboard.portfolio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.dashboard.Chromium;
import keepwell.http.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The portfolio after some days, with all that it can show. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortfolioDaysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "mood",
        "tiers": [{"key": "green", "name": "Healthy", "from": 80},
                  {"key": "yellow", "name": "At risk", "from": 50},
                  {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "all", "weight": 1, "metrics": [
          {"key": "mood", "name": "Mood", "points": 1,
           "measure": {"of": "latest", "signal": "mood"}, "curve": [[0, 0], [100, 100]]}]}]}]}
      """;

  private static final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private static TestNode node;
  private static Api api;
  private static Chromium chromium;

  @BeforeAll
  static void start_and_let_some_days_pass(@TempDir Path data) {
    node = TestNode.start(data, Map.of(), now::get);
    api = new Api(node.uri());
    assertThat(api.put("/v1/scorecards", SCORECARDS).statusCode()).isEqualTo(200);
    for (String account : List.of("acme", "globex", "initech", "hooli")) {
      signals(account + ",mood,90", account + ",arr,52000", account + ",renewal-date,2026-04-01");
    }
    signals("nobody,seats,1");
    assertThat(api.put("/v1/accounts/acme", "{\"owner\": \"Dana Kim\"}").statusCode())
        .isEqualTo(200);
    for (int day = 2; day <= 5; day++) {
      now.set(now.get().plus(Duration.ofDays(1)));
      signals(List.of("acme", "globex", "initech", "hooli").get(day - 2) + ",mood," + 15 * day);
      String over = "2026-03-0" + (day - 1);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Api.json(api.get("/v1/portfolio"))
                      .get("days")
                      .findValuesAsText("day")
                      .contains(over));
    }
    chromium = new Chromium();
  }

  private static void signals(String... csv) {
    String body = "account,signal,value\n" + String.join("\n", csv);
    assertThat(api.post("/v1/signals", "text/csv", body).statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
    assertThat(chromium.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 1440, LIGHT",
    "/, 1440, DARK",
    "/, 900, LIGHT",
    "/, 390, LIGHT",
    "/, 390, DARK",
    "/?owner=Dana%20Kim&tier=red&moves=P30D, 390, LIGHT"
  })
  void it_fits_its_window_and_is_for_everybody(String path, int width, ColorScheme scheme) {
    try (Page page = chromium.open(node.uri(), path, width, scheme)) {
      assertThat(page.locator("#live")).hasText("Live");
      assertThat(page.locator(".multis .tier").first()).hasText("Healthy");
      assertThat(page.locator(".multi").first()).isVisible();
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }
  }

  @Test
  void curves_are_asked_for_where_there_is_room_for_them() {
    try (Page page = chromium.open(node.uri(), "/", 900, ColorScheme.LIGHT)) {
      assertThat(page.locator("#live")).hasText("Live");
      assertThat(page.locator(".spark")).hasCount(0);
      page.setViewportSize(1440, 900);
      assertThat(page.locator(".spark")).hasCount(4);
      assertThat(page.locator(".c-curve").last()).hasText("no score in 90 days");
    }
  }
}
