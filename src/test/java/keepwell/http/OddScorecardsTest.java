package keepwell.http;

import static keepwell.http.Fates.range;
import static keepwell.http.Fates.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scorecards and accounts that hardly anybody has: they are validated and calibrated as others. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OddScorecardsTest {
  private static final String TIERS =
      "'tiers': [{'key': 'green', 'from': 60}, {'key': 'red', 'from': 0}]";
  private static final String MOOD =
      "{'key': 'mood', 'points': 1, 'measure': {'of': 'latest', 'signal': 'mood'},"
          + " 'curve': [[0, 0], [100, 100]]}";

  @TempDir Path data;
  @AutoClose private PortfolioNode node;
  private Fates fates;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
    fates = new Fates(node);
    fates.stayed(range(41, 70));
    fates.left(range(31, 60));
  }

  private void put(String... scorecards) {
    Histories.put(
        node, "{'scorecards': [%s]}".formatted(String.join(",", scorecards)).replace('\'', '"'));
  }

  /** What was fitted, once it is certain that it may be put and does as was told. */
  private JsonNode fitted() {
    JsonNode calibration = fates.calibration("{'split': {'trainShare': 0.95}}");
    assertThat(calibration.at("/fitted/draft").isObject()).as("%s", calibration).isTrue();
    Histories.put(node, calibration.at("/fitted/draft").toString());
    JsonNode validation = fates.validation("");
    for (String count : List.of("/n", "/churned", "/red/accounts", "/scoreless/noScore")) {
      assertThat(validation.at(count).asInt())
          .as(count)
          .isEqualTo(
              calibration.at("/fitted/train" + count).asInt()
                  + calibration.at("/fitted/heldOut" + count).asInt());
    }
    return calibration;
  }

  @Test
  void one_of_adjustments_only_is_fitted() {
    List<String> signals = new ArrayList<>();
    for (int mood : range(41, 70)) {
      signals.add("s" + mood + ",login,1,2026-01-10");
      signals.add("l" + (mood - 10) + ",ticket,1,2026-01-10");
    }
    node.signals("", signals);
    put(
        "{'key': 'a', 'base': 50, "
            + TIERS
            + ", 'adjustments': [{'key': 'in', 'signal': 'login', 'points': 5, 'window': 'P30D'},"
            + "{'key': 'ticket', 'signal': 'ticket', 'points': -5, 'cap': 9, 'window': 'P30D'},"
            + "{'key': 'none', 'signal': 'nope', 'points': -9, 'absent': true, 'window': 'P9D'}]}");
    JsonNode fitted = fitted();
    assertThat(fitted.at("/fitted/train/auc/value").asDouble()).isEqualTo(1);
    assertThat(fitted.at("/scorecards/0/metrics")).isEmpty();
    JsonNode draft = fitted.at("/fitted/draft/scorecards/0");
    assertThat(draft.at("/logistic/slope").asDouble()).isEqualTo(1);
    assertThat(draft.at("/adjustments/2/points").asDouble()).isZero();
    assertThat(fitted.get("ruleOfThumb").isNull()).isTrue();
  }

  @Test
  void one_with_a_single_tier_has_no_red() {
    put(
        "{'key': 'a', 'tiers': [{'key': 'all', 'from': 0}], 'categories': ["
            + "{'key': 'c', 'weight': 1, 'metrics': ["
            + MOOD
            + "]}]}");
    assertThat(fitted().at("/fitted/train/red/accounts").asInt()).isZero();
    JsonNode validation = fates.validation("");
    assertThat(validation.at("/red/precision").isNull()).isTrue();
    assertThat(validation.get("missed")).hasSize(20);
    assertThat(rows(validation.get("tiers"), "tier", "expected/from")).containsExactly("all 0.85");
  }

  @Test
  void of_two_the_one_with_too_few_outcomes_stays_as_it_is() {
    node.labels("s70", "{\"segment\": \"strict\"}");
    node.labels("l31", "{\"segment\": \"strict\"}");
    JsonNode before = node.got("/v1/scorecards").at("/scorecards/0");
    JsonNode fitted = fitted();
    assertThat(rows(fitted.get("scorecards"), "scorecard", "result"))
        .containsExactly("strict too-few", "plain fitted");
    assertThat(fitted.at("/fitted/draft/scorecards/0")).isEqualTo(before);
    assertThat(fitted.at("/fitted/draft/scorecards/1").has("logistic")).isTrue();
  }

  @Test
  void metrics_that_say_nothing_weigh_nothing() {
    put(
        "{'key': 'a', "
            + TIERS
            + ", 'categories': [{'key': 'c', 'weight': 1, 'metrics': ["
            + MOOD
            + ", {'key': 'same', 'points': 3, 'measure': {'of': 'latest', 'signal': 'mood'},"
            + " 'steps': [[0, 70]]}]}, {'key': 'n', 'weight': 5, 'metrics': [{'key': 'never',"
            + " 'points': 1, 'measure': {'of': 'mean', 'signal': 'nope', 'window': 'P9D'},"
            + " 'curve': [[0, 0], [1, 100]]}]}]}");
    JsonNode fitted = fitted();
    assertThat(rows(fitted.at("/scorecards/0/metrics"), "metric", "before", "after"))
        .containsExactly("mood 0.0417 1.0", "same 0.125 0.0", "never 0.8333 0.0");
    JsonNode before = fates.validation("?version=3");
    assertThat(rows(before.get("metrics"), "metric", "auc/value").subList(1, 3))
        .containsExactly("same 0.5", "never null");
  }

  @Test
  void fields_that_are_null_are_as_if_they_were_not_there() {
    put(
        "{'key': 'a', 'when': null, 'base': null, 'adjustments': null, "
            + TIERS
            + ", 'categories': [{'key': 'c', 'weight': 1, 'metrics': ["
            + MOOD
            + "]}, {'key': 'o', 'weight': 0, 'metrics': ["
            + MOOD.replace("'key': 'mood'", "'key': 'zero', 'missing': null")
            + "]}]}");
    assertThat(fitted().get("ruleOfThumb").isNull()).isFalse();
    put(
        "{'key': 'a', 'categories': null, "
            + TIERS
            + ", 'adjustments': [{'key': 'in', 'signal': 'mood', 'cap': null,"
            + " 'points': 5, 'window': 'P90D'}]}");
    JsonNode calibration = fates.calibration("{'split': {'trainShare': 0.95}}");
    assertThat(calibration.at("/scorecards/0/result").asText()).isEqualTo("nothing-tells");
    assertThat(calibration.get("verdict").asText()).isEqualTo("nothing-fitted");
  }

  @Test
  void what_was_fitted_is_fitted_again() {
    put(
        "{'key': 'a', "
            + TIERS
            + ", 'categories': [{'key': 'c', 'weight': 1, 'metrics': ["
            + MOOD
            + "]}]}");
    JsonNode once = fitted();
    JsonNode again = fitted();
    assertThat(again.at("/fitted")).isEqualTo(once.at("/fitted"));
    assertThat(again.get("verdict").asText()).isEqualTo("too-few-held-out");
  }

  @Test
  void accounts_have_whatever_ids() {
    List<String> ids = List.of("\"a\"\"b\"", "\"x,y\"", "../ü😀", "%2F", "<b>", "1".repeat(200));
    for (String id : ids) {
      node.signals(id + ",mood,99,2025-12-01");
      fates.outcomes(id + ",churned,2026-02-15");
    }
    assertThat(rows(fates.validation("").get("missed"), "account").subList(0, 6))
        .containsExactlyInAnyOrder("a\"b", "x,y", "../ü😀", "%2F", "<b>", "1".repeat(200));
    fitted();
  }

  @Test
  void outcomes_may_be_of_long_ago_and_of_accounts_that_are_erased() {
    fates.outcomes("s41,renewed,1900-01-01", "s42,churned,0001-01-01", "mute,churned,1900-01-01");
    assertThat(fates.validation("?to=1969-12-31&horizon=P365D").get("scoreless").toString())
        .isEqualTo("{\"noScore\":1,\"noScorecard\":0,\"tooOld\":2}");
    assertThat(node.send("DELETE", "/v1/accounts/s42")).isEqualTo(204);
    assertThat(fates.validation("").get("accounts").asInt()).isEqualTo(60);
  }
}
