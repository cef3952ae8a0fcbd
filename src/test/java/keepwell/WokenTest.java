package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that cannot have moved sleep on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WokenTest {
  private static final int ACCOUNTS = 100_000;
  private static final int MOVING = 1000;
  private static final int WOKEN_MAX = 1200;
  private static final int AT_ONCE = 2000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path data;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void of_a_hundred_thousand_accounts_only_those_are_woken_whose_day_has_come() {
    int management = NodeProcess.freePort();
    Map<String, Object> settings =
        Map.of(
            "keepwell.jdbc.url",
            TestDatabase.POSTGRESQL.url(data),
            "keepwell.management.port",
            management);
    try (TestNode node = TestNode.start(data, settings, now::get)) {
      Api api = new Api(node.uri());
      api.put(
          "/v1/scorecards",
          """
          {"scorecards": [{"key": "logins", "tiers": [
              {"key": "green", "from": 50}, {"key": "red", "from": 0}],
            "adjustments": [{"key": "login", "signal": "login", "points": 50, "cap": 50,
              "window": "P28D"}]}]}
          """);
      send(api, 0, MOVING, "2026-02-08");
      send(api, MOVING, ACCOUNTS, "2026-03-01");
      reviewed(api, "2026-03-08T12:00:00Z");
      assertThat(woken(management)).isZero();

      send(api, MOVING, ACCOUNTS / 10, "2026-03-08"); // which moves nobody
      reviewed(api, "2026-03-09T00:05:00Z");
      assertThat(woken(management)).isBetween((double) MOVING, (double) WOKEN_MAX);
      JsonNode tiers = Api.json(api.get("/v1/portfolio")).get("tiers");
      assertThat(tiers.at("/0/accounts").asInt()).isEqualTo(ACCOUNTS - MOVING);
      assertThat(tiers.at("/1/accounts").asInt()).isEqualTo(MOVING);
    }
  }

  private static void send(Api api, int from, int to, String at) {
    for (int first = from; first < to; first += AT_ONCE) {
      String lines =
          IntStream.range(first, Math.min(first + AT_ONCE, to))
              .mapToObj(
                  i ->
                      "{\"account\": \"a%d\", \"signal\": \"login\", \"at\": \"%s\"}"
                          .formatted(i, at))
              .collect(Collectors.joining("\n"));
      JsonNode answer = Api.json(api.post("/v1/signals", "application/x-ndjson", lines));
      assertThat(answer.get("accepted").asInt()).isEqualTo(Math.min(AT_ONCE, to - first));
    }
  }

  /** Lets time pass, and waits until what it does is done. */
  private void reviewed(Api api, String instant) {
    now.set(Instant.parse(instant));
    LocalDate yesterday = LocalDate.parse(instant.substring(0, 10)).minusDays(1);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode days = Api.json(api.get("/v1/portfolio")).get("days");
              return days.findValuesAsText("day").contains(yesterday.toString());
            });
  }

  private static double woken(int management) {
    return Metrics.of(management, "keepwell_reviews_woken_total");
  }
}
