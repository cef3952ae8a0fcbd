package keepwell.http;

import static keepwell.http.Fates.range;
import static keepwell.http.Fates.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What scores had said of accounts, against what became of them. Each score is a mood. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValidationOverHttpTest {
  /** The mood counts the other way round; for the segment {@code bold} only. */
  private static final String DRAFT =
      """
      {"scorecards": [{"key": "bold", "when": {"segment": ["bold"]},
        "tiers": [{"key": "all", "name": "All", "from": 0}],
        "categories": [{"key": "use", "weight": 1, "metrics": [{"key": "calm", "points": 1,
          "measure": {"of": "latest", "signal": "mood"}, "curve": [[0, 100], [100, 0]]}]}]}]}
      """;

  @TempDir Path data;
  private PortfolioNode node;
  private Fates fates;

  @AfterEach
  void stop() {
    node.close();
  }

  private void start(TestDatabase kind) {
    node = new PortfolioNode(data, kind);
    fates = new Fates(node);
  }

  private void startWithNine() {
    startWithNine(TestDatabase.EMBEDDED);
  }

  private void startWithNine(TestDatabase kind) {
    start(kind);
    fates.stayed(90, 85, 60, 40, 30);
    fates.left(82, 55, 20, 10);
  }

  @ParameterizedTest
  @EnumSource
  void the_figures_are_those_worked_by_hand(TestDatabase kind) {
    startWithNine(kind);
    JsonNode validation = fates.validation("");
    assertThat(validation.get("asOf").asText()).isEqualTo("2026-03-01");
    assertThat(validation.get("scorecards").asText()).isEqualTo("version 2");
    assertThat(validation.get("horizon").asText()).isEqualTo("P30D");
    assertThat(validation.get("accounts").asInt()).isEqualTo(9);
    assertThat(validation.get("population").asInt()).isEqualTo(9);
    assertThat(validation.get("unanswered").asInt()).isZero();
    assertThat(validation.get("n").asInt()).isEqualTo(9);
    assertThat(validation.get("churned").asInt()).isEqualTo(4);
    assertThat(validation.get("renewed").asInt()).isEqualTo(5);
    assertThat(validation.get("baseRate").asDouble()).isEqualTo(0.4444);
    assertThat(validation.at("/auc/value").asDouble()).isEqualTo(0.75); // 15 of 5 · 4 pairs
    assertThat(validation.at("/auc/low").asDouble()).isBetween(0.1, 0.5);
    assertThat(validation.at("/auc/high").asDouble()).isBetween(0.9, 1.0);
    assertThat(validation.get("calibrationError").asDouble()).isEqualTo(36.8889);
    assertThat(validation.get("red").toString())
        .isEqualTo(
            "{\"accounts\":4,\"churned\":2,\"precision\":0.5,\"recall\":0.5,"
                + "\"falsePositives\":2,\"falsePositiveRate\":0.4}");
    assertThat(
            rows(validation.get("tiers"), "scorecard", "tier", "accounts", "renewed", "renewalRate")
                .subList(3, 6))
        .containsExactly("plain green 3 2 0.6667", "plain yellow 2 1 0.5", "plain red 4 2 0.5");
    assertThat(
            rows(validation.get("tiers"), "expected/from", "expected/to", "asExpected")
                .subList(3, 6))
        .containsExactly("0.85 1.0 false", "0.5 0.7 true", "0.0 0.3 false");
    assertThat(rows(validation.get("scores"), "from", "to", "accounts", "score", "renewalRate"))
        .containsExactly(
            "10 20 1 10.0 0.0",
            "20 30 1 20.0 0.0",
            "30 40 1 30.0 1.0",
            "40 50 1 40.0 1.0",
            "50 60 1 55.0 0.0",
            "60 70 1 60.0 1.0",
            "80 90 2 83.5 0.5",
            "90 100 1 90.0 1.0");
    assertThat(rows(validation.get("falsePositives"), "account", "score"))
        .containsExactly("s30 30.0", "s40 40.0");
    assertThat(rows(validation.get("missed"), "account", "score"))
        .containsExactly("l82 82.0", "l55 55.0");
    assertThat(rows(validation.get("metrics"), "scorecard", "metric", "accounts", "auc/value"))
        .containsExactly("plain mood 9 0.75", "strict mood 0 null");
  }

  @Test
  void too_few_outcomes_are_said_to_be_so_and_none_are_no_failure() {
    startWithNine();
    JsonNode validation = fates.validation("");
    assertThat(validation.get("verdict").asText()).isEqualTo("too-few");
    assertThat(validation.get("says").asText())
        .isEqualTo(
            "Too few outcomes to say anything: 5 stayed and 4 left, and 20 of each are needed.");
    JsonNode none = fates.validation("?to=2026-02-14");
    assertThat(none.get("n").asInt()).isZero();
    assertThat(none.get("baseRate").isNull()).isTrue();
    assertThat(none.at("/auc/value").isNull()).isTrue();
    assertThat(none.get("calibrationError").isNull()).isTrue();
    assertThat(none.at("/leadTime/medianDays").isNull()).isTrue();
    assertThat(none.get("scores")).isEmpty();
    assertThat(none.get("verdict").asText()).isEqualTo("too-few");
  }

  @Test
  void a_score_tells_nothing_if_chance_may_do_as_well_and_may_point_the_wrong_way() {
    start(TestDatabase.EMBEDDED);
    fates.stayed(range(41, 70));
    fates.left(range(31, 60));
    assertThat(fates.validation("").get("verdict").asText()).isEqualTo("predictive");
    fates.stayed(range(1, 30));
    assertThat(fates.validation("").get("verdict").asText()).isEqualTo("no-predictive-power");
    assertThat(fates.validation("").get("says").asText()).startsWith("No predictive power");
    fates.outcomes(
        IntStream.rangeClosed(41, 70)
            .mapToObj("s%d,churned,2026-02-20"::formatted)
            .toArray(String[]::new));
    JsonNode inverted = fates.validation("");
    assertThat(inverted.get("verdict").asText()).isEqualTo("inverted");
    assertThat(inverted.at("/metrics/0/verdict").asText()).isEqualTo("inverted");
  }

  @Test
  void the_lead_time_is_that_of_the_last_unbroken_red_run() {
    startWithNine();
    assertThat(fates.validation("").at("/leadTime/medianDays").asInt()).isEqualTo(76);
    node.signals(
        "l20,mood,80,2025-12-20", "l20,mood,20,2026-01-05", // for 41 days
        "fast,mood,80,2025-12-01", "fast,mood,20," + Fates.SCORED,
        "late,mood,80,2025-12-01", "late,mood,20,2026-01-17");
    fates.outcomes("fast,churned,2026-02-15", "late,churned,2026-02-15");
    assertThat(fates.validation("").get("leadTime").toString())
        .isEqualTo("{\"accounts\":3,\"medianDays\":41}");
    assertThat(rows(fates.validation("").get("missed"), "account")).contains("late");
  }

  @Test
  void the_horizon_says_how_far_back_an_account_is_scored() {
    start(TestDatabase.EMBEDDED);
    node.signals("acme,mood,90,2025-12-01", "acme,mood,20,2026-01-30");
    fates.outcomes("acme,churned,2026-02-15");
    assertThat(fates.validation("").at("/missed/0/score").asDouble()).isEqualTo(90);
    assertThat(fates.validation("?horizon=P17D").get("missed")).hasSize(1);
    JsonNode near = fates.validation("?horizon=P16D");
    assertThat(near.get("missed")).isEmpty();
    assertThat(near.at("/red/churned").asInt()).isEqualTo(1);
    assertThat(near.at("/leadTime/medianDays").asInt()).isEqualTo(16);
    assertThat(fates.validation("?horizon=P77D").at("/scoreless/noScore").asInt()).isEqualTo(1);
  }

  @Test
  void of_several_outcomes_the_last_of_the_days_counts_and_closed_accounts_do() {
    start(TestDatabase.EMBEDDED);
    node.signals("acme,mood,90,2025-01-01");
    fates.outcomes(
        "acme,churned,2026-02-20", "acme,downgraded,2026-01-20", "acme,renewed,2025-12-20");
    assertThat(node.got("/v1/accounts/acme").get("closed").isNull()).isFalse();
    assertThat(fates.validation("").get("churned").asInt()).isEqualTo(1);
    assertThat(fates.validation("?from=2026-02-20").get("churned").asInt()).isEqualTo(1);
    assertThat(fates.validation("?to=2026-02-19").get("renewed").asInt()).isEqualTo(1);
    assertThat(fates.validation("?from=2026-01-01&to=2026-01-20").get("n").asInt()).isEqualTo(1);
    assertThat(fates.validation("?from=2026-02-21").get("n").asInt()).isZero();
    assertThat(fates.validation("?from=2026-01-21&to=2026-02-19").get("n").asInt()).isZero();
    JsonNode days = fates.validation("?from=0000-01-01&to=9999-12-31");
    assertThat(days.get("n").asInt()).isEqualTo(1);
    assertThat(days.get("from").asText()).isEqualTo("0000-01-01");
  }

  @ParameterizedTest
  @CsvSource({
    "?segment=strict, 2",
    "?segment=Strict, 0",
    "?owner=dana, 1",
    "?owner=dana&segment=strict, 1",
    "?label=segment:strict&owner=kim, 1",
    "?label=owner:kim&owner=dana, 0",
    "?label=owner:kim&owner=kim, 1",
    "?label=plan:gold:%20%C3%BC%F0%9F%98%80, 1",
    "?parent=strict, 0",
    "?label=nope:x, 0"
  })
  void labels_select_accounts(String query, int n) {
    startWithNine();
    node.labels("s90", "{\"segment\": \"strict\", \"owner\": \"dana\"}");
    node.labels(
        "l20",
        "{\"segment\": \"strict\", \"owner\": \"kim\", \"plan\": \"gold: \u00fc\ud83d\ude00\"}");
    JsonNode validation = fates.validation(query);
    assertThat(validation.get("n").asInt()).isEqualTo(n);
    assertThat(validation.get("accounts").asInt()).isEqualTo(n);
  }

  @Test
  void a_sample_asks_some_and_always_the_same() {
    startWithNine();
    JsonNode sample = fates.validation("?sample=4");
    assertThat(sample.get("n").asInt()).isEqualTo(4);
    assertThat(sample.get("population").asInt()).isEqualTo(9);
    assertThat(fates.validation("?sample=4")).isEqualTo(sample);
    assertThat(fates.validation("?sample=9")).isEqualTo(fates.validation(""));
  }

  @Test
  void a_former_version_and_a_draft_are_validated_as_what_is_in_force() {
    startWithNine();
    JsonNode before = fates.validation("");
    for (String account : List.of("s90", "l20", "l10")) {
      node.labels(account, "{\"segment\": \"bold\"}");
    }
    JsonNode draft = fates.validation("", DRAFT.replace("mood\"}", "moods\"}"));
    assertThat(draft.get("scorecards").asText()).isEqualTo("draft");
    assertThat(draft.at("/warnings/0/path").asText()).endsWith("measure.signal");
    assertThat(draft.get("scoreless").toString())
        .isEqualTo("{\"noScore\":3,\"noScorecard\":6,\"tooOld\":0}");
    draft = fates.validation("", DRAFT);
    assertThat(draft.get("n").asInt()).isEqualTo(3);
    assertThat(draft.at("/auc/value").asDouble()).isZero();
    assertThat(draft.at("/red/accounts").asInt()).isZero(); // its only tier is no alarm
    Histories.put(node, DRAFT);
    JsonNode version = fates.validation("");
    assertThat(version.get("scorecards").asText()).isEqualTo("version 3");
    for (String field : List.of("auc", "tiers", "scores", "metrics", "scoreless", "red")) {
      assertThat(version.get(field)).as(field).isEqualTo(draft.get(field));
    }
    assertThat(fates.validation("?version=3")).isEqualTo(version);
    assertThat(fates.validation("?version=2")).isEqualTo(before);
  }

  @Test
  void nothing_that_came_later_changes_anything() {
    startWithNine();
    JsonNode before = fates.validation("");
    node.signals(
        "s90,mood,1,2026-01-17",
        "l20,mood,99,2026-01-17",
        "l10,login,1,2026-01-17",
        "l55,seats,10,2026-02-20",
        "s30,mood,100,2026-03-01");
    assertThat(fates.validation("")).isEqualTo(before);
    node.signals("l20,mood,99," + Fates.SCORED); // it was known that day
    assertThat(fates.validation("")).isNotEqualTo(before);
  }

  @Test
  void an_override_changes_nothing() {
    startWithNine();
    JsonNode before = fates.validation("");
    String override =
        "{\"max\": 10, \"reason\": \"left\", \"author\": \"dana\", \"until\": \"2026-12-31\"}";
    assertThat(node.api().put("/v1/accounts/s90/override", override).statusCode()).isEqualTo(200);
    node.pass(10);
    fates.outcomes("s90,renewed,2026-03-10");
    JsonNode after = fates.validation("?horizon=P1D");
    assertThat(after.get("red")).isEqualTo(before.get("red"));
    assertThat(after.get("scores")).isEqualTo(before.get("scores"));
  }

  @Test
  void accounts_without_a_score_are_told_of() {
    start(TestDatabase.EMBEDDED);
    node.signals("new,mood,20,2026-01-17", "old,mood,20,2020-01-01", "old,mood,20,2026-01-01");
    fates.outcomes("new,churned,2026-02-15", "old,churned,2024-02-15", "mute,renewed,2026-02-15");
    JsonNode validation = fates.validation("");
    assertThat(validation.get("n").asInt()).isZero();
    assertThat(validation.get("accounts").asInt()).isEqualTo(3);
    assertThat(validation.get("scoreless").toString())
        .isEqualTo("{\"noScore\":2,\"noScorecard\":0,\"tooOld\":1}");
  }
}
