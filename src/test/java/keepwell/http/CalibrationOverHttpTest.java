package keepwell.http;

import static keepwell.http.Fates.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scorecards that are fitted to what became of accounts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CalibrationOverHttpTest {
  private static final int CUSTOMERS = 240;
  private static final long SEED = 20260301;
  private static final String BY_REGION =
      "{'split': {'label': 'region', 'train': ['emea', 'apac']}}";

  /** Its scorecards stay as they are. */
  private static PortfolioNode node;

  private static Fates fates;

  @TempDir Path own;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PortfolioNode(data);
    fates = new Customers(CUSTOMERS, SEED).settle(node, Customers.SCORECARDS);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** What a validation says, as far as a calibration says it too. */
  private static void same(JsonNode figures, JsonNode validation) {
    assertThat(figures.size()).isEqualTo(13);
    figures
        .properties()
        .forEach(
            figure ->
                assertThat(validation.get(figure.getKey()))
                    .as(figure.getKey())
                    .isEqualTo(figure.getValue()));
  }

  @ParameterizedTest
  @EnumSource
  void a_draft_is_put_as_it_is_and_then_does_as_was_told(TestDatabase kind) {
    try (PortfolioNode putting = new PortfolioNode(own, kind)) {
      Fates told = new Customers(CUSTOMERS, SEED).settle(putting, Customers.SCORECARDS);
      String split = "{'split': {'label': 'region', 'train': ['emea'], 'heldOut': ['apac']}}";
      JsonNode calibration = told.calibration(split);
      String draft = calibration.at("/fitted/draft").toString();
      same(calibration.at("/present/train"), told.validation("?label=region:emea"));
      same(calibration.at("/present/heldOut"), told.validation("?label=region:apac"));
      same(calibration.at("/fitted/train"), told.validation("?label=region:emea", draft));
      String doubled = calibration.at("/ruleOfThumb/draft").toString();
      same(calibration.at("/ruleOfThumb/train"), told.validation("?label=region:emea", doubled));
      assertThat(Histories.put(putting, draft)).isEqualTo(4);
      assertThat(putting.got("/v1/scorecards").get("scorecards"))
          .isEqualTo(calibration.at("/fitted/draft/scorecards"));
      same(calibration.at("/fitted/train"), told.validation("?label=region:emea"));
      same(calibration.at("/fitted/heldOut"), told.validation("?label=region:apac"));
      same(calibration.at("/present/train"), told.validation("?label=region:emea&version=3"));
      double intercept = calibration.at("/fitted/draft/scorecards/0/logistic/intercept").asDouble();
      pointsAddUpToTheScore(putting, 100 / (1 + Math.exp(-intercept)));
    }
  }

  /**
   * @param nothing the chance of an account without a point
   */
  private static void pointsAddUpToTheScore(PortfolioNode node, double nothing) {
    for (String id : List.of("c0", "c1", "c2", "c3")) {
      JsonNode standing = node.got("/v1/accounts/" + id + "?asOf=" + Fates.SCORED);
      double points = nothing;
      for (JsonNode category : standing.get("categories")) {
        for (JsonNode metric : category.get("metrics")) {
          points += metric.get("contribution").asDouble();
        }
      }
      for (JsonNode adjustment : standing.get("adjustments")) {
        points += adjustment.get("contribution").asDouble();
      }
      assertThat(points).isCloseTo(standing.get("score").asDouble(), within(1e-3));
    }
  }

  @Test
  void the_score_of_a_fitted_draft_is_the_chance_to_stay() {
    JsonNode calibration = fates.calibration(BY_REGION);
    assertThat(calibration.at("/scorecards/0/result").asText()).isEqualTo("fitted");
    JsonNode train = calibration.at("/fitted/train");
    double scores = 0;
    for (JsonNode band : train.get("scores")) {
      scores += band.get("score").asDouble() * band.get("accounts").asInt();
    }
    assertThat(scores / train.get("n").asInt())
        .isCloseTo(100 * (1 - train.get("baseRate").asDouble()), within(0.1));
    assertThat(train.get("calibrationError").asDouble())
        .isLessThan(calibration.at("/present/train/calibrationError").asDouble());
    assertThat(train.at("/auc/value").asDouble())
        .isGreaterThan(calibration.at("/present/train/auc/value").asDouble());
    assertThat(calibration.get("verdict").asText()).isEqualTo("better");
    JsonNode weights = calibration.at("/scorecards/0/metrics");
    assertThat(rows(weights, "metric", "before"))
        .containsExactly("use 0.25", "noise 0.25", "nps 0.5");
    assertThat(weights.at("/0/after").asDouble()).isGreaterThan(0.5);
    assertThat(weights.at("/1/after").asDouble()).isLessThan(0.25);
  }

  @Test
  void it_activates_nothing() {
    JsonNode scorecards = node.got("/v1/scorecards");
    JsonNode standing = node.got("/v1/accounts/c1");
    JsonNode calibration = fates.calibration("{}");
    assertThat(calibration.get("version").asInt()).isEqualTo(3);
    assertThat(calibration.get("fitted").isNull()).isFalse();
    assertThat(node.got("/v1/scorecards")).isEqualTo(scorecards);
    assertThat(node.got("/v1/accounts/c1")).isEqualTo(standing);
    assertThat(node.send("GET", "/v1/scorecards/4")).isEqualTo(404);
  }

  @Test
  void the_same_accounts_give_the_same_answer_wherever_and_in_whatever_order() {
    JsonNode calibration = fates.calibration("{}");
    assertThat(fates.calibration("{'horizon': 'P30D', 'split': {'trainShare': 0.7}}"))
        .isEqualTo(calibration);
    try (PortfolioNode second = new PortfolioNode(own)) {
      Fates same =
          new Customers(CUSTOMERS, SEED).shuffled(SEED).settle(second, Customers.SCORECARDS);
      assertThat(same.calibration("{}")).isEqualTo(calibration);
    }
  }

  @Test
  void accounts_are_split_by_chance_or_by_a_label() {
    JsonNode most = fates.calibration("{}");
    assertThat(most.at("/present/train/n").asInt()).isBetween(140, 196);
    assertThat(most.at("/present/heldOut/n").asInt())
        .isEqualTo(CUSTOMERS - most.at("/present/train/n").asInt());
    JsonNode half = fates.calibration("{'split': {'trainShare': 0.5}}");
    assertThat(half.at("/present/train/n").asInt()).isBetween(95, 145);
    JsonNode others = fates.calibration(BY_REGION);
    assertThat(others.at("/present/train/n").asInt()).isEqualTo(160);
    assertThat(others.at("/present/heldOut/n").asInt()).isEqualTo(80);
    JsonNode neither =
        fates.calibration("{'split': {'label': 'region', 'train': ['emea'], 'heldOut': ['no']}}");
    assertThat(neither.at("/present/train/n").asInt()).isEqualTo(80);
    assertThat(neither.at("/present/heldOut/n").asInt()).isZero();
    assertThat(neither.at("/verdict").asText()).isEqualTo("too-few-held-out");
  }

  @Test
  void only_the_outcomes_asked_for_count() {
    String query =
        "{'horizon': 'P20D', 'from': '2026-02-15', 'to': '2026-02-15',"
            + " 'when': {'region': ['emea', 'amer']}}";
    JsonNode calibration = fates.calibration(query);
    assertThat(calibration.get("horizon").asText()).isEqualTo("P20D");
    assertThat(calibration.get("from").asText()).isEqualTo("2026-02-15");
    assertThat(calibration.get("to").asText()).isEqualTo("2026-02-15");
    int n = calibration.at("/present/train/n").asInt();
    assertThat(n + calibration.at("/present/heldOut/n").asInt()).isEqualTo(160);
  }

  @Test
  void with_too_few_outcomes_there_is_no_draft_and_it_says_so() {
    JsonNode few =
        fates.calibration("{'when': {'region': ['emea']}, 'split': {'trainShare': 0.3}}");
    assertThat(few.get("fitted").isNull()).isTrue();
    assertThat(few.get("verdict").asText()).isEqualTo("nothing-fitted");
    assertThat(few.at("/scorecards/0/result").asText()).isEqualTo("too-few");
    assertThat(few.at("/scorecards/0/says").asText()).startsWith("Too few outcomes");
    assertThat(few.at("/scorecards/0/metrics/0/after").isNull()).isTrue();
    JsonNode none = fates.calibration("{'from': '2026-02-16'}");
    assertThat(none.get("ruleOfThumb").isNull()).isTrue();
    assertThat(none.at("/present/train/n").asInt()).isZero();
  }

  @Test
  void by_the_rule_of_thumb_what_was_weak_among_the_churned_weighs_double() {
    JsonNode rule = fates.calibration(BY_REGION).get("ruleOfThumb");
    assertThat(rows(rule.get("doubled"), "scorecard", "metric"))
        .containsExactly("saas use", "saas nps");
    JsonNode categories = rule.at("/draft/scorecards/0/categories");
    assertThat(rows(categories, "key", "weight"))
        .containsExactly("product 42.85714", "voice 57.14286"); // 2 · 25 + 25, and 2 · 50 of 175
    assertThat(rows(categories.at("/0/metrics"), "key", "points"))
        .containsExactly("use 28.57143", "noise 14.28571");
    assertThat(rule.at("/draft/scorecards/0/logistic").isMissingNode()).isTrue();
    assertThat(rule.at("/draft/scorecards/0/base").asInt()).isEqualTo(5);
  }
}
