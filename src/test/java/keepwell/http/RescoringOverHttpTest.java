package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.Metrics;
import keepwell.NodeProcess;
import keepwell.TestNode;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New scorecards reach every account, though nobody asks for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringOverHttpTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** More than are settled at once. */
  private static final int MANY = 600;

  private static final int FAST = 5000;

  /** So that a test comes in between. */
  private static final int SLOW = 5;

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final int management = NodeProcess.freePort();
  private String url;
  private TestNode node;
  private Api api;

  private void start(TestDatabase kind, int perSecondMax) {
    url = kind.url(data);
    start(perSecondMax);
  }

  private void start(int perSecondMax) {
    node =
        TestNode.start(
            data,
            Map.of(
                "keepwell.jdbc.url", url,
                "keepwell.rescoring.per-second-max", perSecondMax,
                "keepwell.management.port", management),
            now::get);
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void put(int points) {
    String scorecards =
        """
        {"scorecards": [{"key": "logins", "tiers": [{"key": "green", "from": 50},
          {"key": "red", "from": 0}], "adjustments": [
          {"key": "login", "signal": "login", "points": %d, "window": "P7D"}]}]}
        """;
    assertThat(api.put("/v1/scorecards", scorecards.formatted(points)).statusCode()).isEqualTo(200);
  }

  private void accounts(int count) {
    String csv =
        IntStream.range(0, count)
            .mapToObj(i -> "account-%d,login\n".formatted(i))
            .collect(Collectors.joining("", "account,signal\n", ""));
    assertThat(api.post("/v1/signals", "text/csv", csv).statusCode()).isEqualTo(200);
  }

  private JsonNode rescoring() {
    return Api.json(api.get("/v1/scorecards/rescoring"));
  }

  private void awaitRescored(int version) {
    Awaitility.await()
        .until(
            this::rescoring,
            now -> now.get("version").asInt() == version && !now.get("endedAt").isNull());
  }

  private void awaitUnderWay(int version) {
    Awaitility.await()
        .until(
            this::rescoring,
            now -> now.get("version").asInt() == version && now.get("rescored").asInt() > 0);
    assertThat(rescoring().get("endedAt").isNull()).isTrue();
  }

  /** Those of the feed that were made by a version, by what they were. */
  private Map<String, Long> changes(int version) {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = Api.json(api.get("/v1/tier-changes?limit=1000"));
    while (!page.get("items").isEmpty()) {
      page.get("items").forEach(items::add);
      page = Api.json(api.get("/v1/tier-changes?limit=1000&after=" + page.get("next")));
    }
    return items.stream()
        .filter(change -> change.at("/scorecard/version").asInt() == version)
        .collect(
            Collectors.groupingBy(
                change -> change.get("to").asText() + " " + change.get("reason").asText(),
                Collectors.counting()));
  }

  @ParameterizedTest
  @EnumSource
  void a_new_version_settles_all_accounts_and_tells_so(TestDatabase kind) {
    start(kind, FAST);
    put(90);
    accounts(MANY);
    awaitRescored(2);
    assertThat(rescoring().get("secondsLeft").asInt()).isZero();
    put(10);
    awaitRescored(3);
    assertThat(rescoring().get("rescored").asInt()).isEqualTo(MANY);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(changes(3)).isEqualTo(Map.of("red scorecard", (long) MANY)));
    assertThat(Api.json(api.get("/v1/accounts?tier=red&limit=1")).get("total").asInt())
        .isEqualTo(MANY);
  }

  @ParameterizedTest
  @EnumSource
  void it_goes_on_after_a_restart_where_it_was(TestDatabase kind) {
    start(kind, FAST);
    put(90);
    accounts(MANY);
    awaitRescored(2);
    node.close();
    start(SLOW);
    put(10);
    awaitUnderWay(3);
    node.close();
    now.set(NOW.plusSeconds(60));
    start(SLOW);
    int rescored = rescoring().get("rescored").asInt();
    assertThat(rescored).isBetween(1, MANY - 1);
    Awaitility.await().until(() -> rescoring().get("rescored").asInt() > rescored);
    node.close();
    start(FAST);
    awaitRescored(3);
    assertThat(rescoring().get("rescored").asInt()).isEqualTo(MANY);
    assertThat(rescoring().get("beganAt").asText()).isEqualTo(NOW.toString());
    assertThat(rescoring().get("endedAt").asText()).isEqualTo(now.get().toString());
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(changes(3)).isEqualTo(Map.of("red scorecard", (long) MANY)));
  }

  @Test
  void a_newer_version_takes_its_place() {
    start(TestDatabase.EMBEDDED, SLOW);
    put(90);
    accounts(MANY);
    put(10);
    awaitUnderWay(3);
    put(60);
    awaitUnderWay(4);
    node.close();
    start(FAST);
    awaitRescored(4);
    assertThat(rescoring().get("rescored").asInt()).isEqualTo(MANY);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(changes(4)).isEqualTo(Map.of("green scorecard", (long) MANY)));
    assertThat(changes(3)).isEqualTo(Map.of("red scorecard", (long) MANY));
  }

  @Test
  void how_many_are_left_is_a_metric_and_how_long_it_takes_is_told() {
    start(TestDatabase.EMBEDDED, SLOW);
    put(90);
    accounts(MANY);
    put(10);
    awaitUnderWay(3);
    assertThat(Metrics.of(management, "keepwell_rescoring_left")).isBetween(1.0, MANY - 1.0);
    now.set(NOW.plusSeconds(10));
    JsonNode status = rescoring();
    double rescored = status.get("rescored").asDouble();
    assertThat(status.get("accounts").asInt()).isEqualTo(MANY);
    assertThat(status.get("secondsLeft").asLong())
        .isEqualTo((long) (10 * (MANY - rescored) / rescored));
    node.close();
    start(FAST);
    awaitRescored(3);
    Awaitility.await()
        .until(() -> Metrics.of(management, "keepwell_rescoring_left"), left -> left == 0);
  }

  @Test
  void accounts_that_something_happens_to_do_not_wait_for_their_turn() {
    start(TestDatabase.EMBEDDED, SLOW);
    put(90);
    accounts(MANY);
    put(10);
    for (int i = 0; i < 20; i++) {
      JsonNode standing = Api.json(api.get("/v1/accounts/account-" + i));
      assertThat(standing.get("score").asInt()).isEqualTo(10);
      assertThat(standing.get("tier").asText()).isEqualTo("red");
      assertThat(standing.at("/scorecard/version").asInt()).isEqualTo(3);
    }
    awaitUnderWay(3);
  }

  @Test
  void it_takes_no_parameters() {
    start(TestDatabase.EMBEDDED, FAST);
    assertThat(api.get("/v1/scorecards/rescoring?version=3").statusCode()).isEqualTo(400);
  }
}
