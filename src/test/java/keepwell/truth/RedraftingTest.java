package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Decider;
import keepwell.health.Decider.Moment;
import keepwell.health.Decision;
import keepwell.health.Inquiry;
import keepwell.health.Judged;
import keepwell.health.Judged.Found;
import keepwell.health.Outcome;
import keepwell.health.OutcomeDecider;
import keepwell.health.OutcomeStatement;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Signal;
import keepwell.health.Thresholds;
import keepwell.truth.ScorecardFit.Result;
import keepwell.truth.ScorecardFit.Weights;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Drafts that are written by what became of accounts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedraftingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Days UTC = new Days(ZoneOffset.UTC);
  private static final String CARD =
      """
      {"key": "card", "name": "Card", "base": 10, "hysteresis": 2,
       "tiers": [{"key": "green", "from": 80}, {"key": "red", "from": 0}],
       "categories": [
         {"key": "one", "weight": 40, "metrics": [
           {"key": "a", "points": 30, "curve": [[0, 0], [100, 100]],
            "measure": {"of": "latest", "signal": "a"}},
           {"key": "b", "points": 10, "curve": [[0, 0], [100, 100]],
            "measure": {"of": "latest", "signal": "b"}}]},
         {"key": "two", "weight": 60, "metrics": [
           {"key": "c", "points": 5, "curve": [[0, 0], [100, 100]],
            "measure": {"of": "latest", "signal": "c"}}]}],
       "adjustments": [{"key": "ticket", "signal": "ticket", "points": -4, "cap": 10,
         "window": "P7D"}]}
      """;
  private static final Map<String, Object> DOCUMENT = Given.document(CARD);
  private static final Scorecard SCORECARD = Given.scorecards(CARD).scorecards().get(0);

  private static Map<String, Object> fitted(Weights weights) {
    return Redrafting.fitted(
        DOCUMENT,
        List.of(new ScorecardFit(SCORECARD, 100, 100, Result.FITTED, Optional.of(weights))));
  }

  /** What a draft says of an account with these signals. */
  private static Judged.Score score(Map<String, Object> draft, List<Signal> signals) {
    Scorecards scorecards = Given.scorecards(draft);
    Moment moment =
        new Moment(NOW, NOW, List.of(scorecards), Thresholds.NONE, new Capacity(1000, 50));
    Account account = Account.unknown(UTC);
    List<Decision<?>> decisions = new ArrayList<>();
    decisions.add(Decider.record(account, "a", signals, false, moment));
    decisions.add(
        OutcomeDecider.record(
            account,
            "a",
            List.of(new OutcomeStatement(Optional.of(Outcome.RENEWED), NOW)),
            moment));
    for (Decision<?> decision : decisions) {
      for (AccountEvent event : decision.events()) {
        account = account.evolve(event);
      }
    }
    Judged.Terms terms = new Judged.Terms(0, 0, 100_000, Map.of(), Optional.empty());
    Judged judged = (Judged) Inquiry.judge(account, List.of(scorecards), terms).answer();
    return judged.scores().get(0);
  }

  private static Signal signal(String key, double value) {
    return new Signal(key, value, NOW.minusSeconds(3600), 0, 0, 0);
  }

  @RepeatedTest(30)
  void a_draft_scores_by_the_weights_with_data_or_without(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] metrics = random.doubles(3, 0, 0.06).toArray();
    if (random.nextInt(3) == 0) {
      metrics[random.nextInt(3)] = 0;
    }
    double[] missing = random.doubles(3, 0, 100).toArray();
    double[] adjustments = {random.nextDouble()};
    Weights weights = new Weights(-6 * random.nextDouble(), metrics, missing, adjustments);
    Map<String, Object> draft = fitted(weights);
    List<Signal> signals = new ArrayList<>();
    double logit = weights.intercept();
    for (int i = 0; i < 3; i++) {
      double value = random.nextInt(101);
      boolean known = i == 0 || random.nextBoolean();
      logit += metrics[i] * (known ? value : missing[i]);
      if (known) {
        signals.add(signal(List.of("a", "b", "c").get(i), value));
      }
    }
    int tickets = random.nextInt(5);
    for (int i = 0; i < tickets; i++) {
      signals.add(signal("ticket", 1));
    }
    logit += adjustments[0] * Math.max(-10, -4 * tickets);
    assertThat(score(draft, signals).score()).isEqualTo(100 / (1 + Math.exp(-logit)), within(0.05));
  }

  @Test
  void an_account_without_any_data_has_no_score_as_before() {
    Weights weights =
        new Weights(-3, new double[] {0.03, 0.02, 0.01}, new double[] {50, 50, 50}, new double[1]);
    List<Signal> other = List.of(signal("other", 1));
    assertThat(score(DOCUMENT, other).found()).isEqualTo(Found.NO_SCORE);
    assertThat(score(fitted(weights), other).found()).isEqualTo(Found.NO_SCORE);
    assertThat(score(fitted(weights), List.of(signal("c", 1))).found()).isEqualTo(Found.SCORED);
  }

  @Test
  void weights_are_shares_of_a_hundred_and_what_tells_nothing_has_hardly_any() {
    Weights weights =
        new Weights(-3, new double[] {0.03, 0.01, 0}, new double[] {1, 2, 3}, new double[] {0.5});
    Map<String, Object> expected =
        Given.document(
            """
            {"key": "card", "name": "Card", "hysteresis": 2, "minCoverage": 0.0001,
             "logistic": {"intercept": -3.0, "slope": 0.040004},
             "tiers": [{"key": "green", "from": 80}, {"key": "red", "from": 0}],
             "categories": [
               {"key": "one", "weight": 99.99, "metrics": [
                 {"key": "a", "points": 74.9925, "curve": [[0, 0], [100, 100]], "missing": 1.0,
                  "measure": {"of": "latest", "signal": "a"}},
                 {"key": "b", "points": 24.9975, "curve": [[0, 0], [100, 100]], "missing": 2.0,
                  "measure": {"of": "latest", "signal": "b"}}]},
               {"key": "two", "weight": 0.009999, "metrics": [
                 {"key": "c", "points": 0.009999, "curve": [[0, 0], [100, 100]], "missing": 3.0,
                  "measure": {"of": "latest", "signal": "c"}}]}],
             "adjustments": [{"key": "ticket", "signal": "ticket", "points": -49.995,
               "cap": 124.9875, "window": "P7D"}]}
            """);
    assertThat(fitted(weights)).isEqualTo(expected);
    assertThat(score(fitted(weights), List.of(signal("c", 1))).found()).isEqualTo(Found.SCORED);
  }

  @Test
  void the_document_itself_and_what_is_not_fitted_stay_as_they_are() {
    Map<String, Object> document = Given.document(CARD);
    document.put("version", 7);
    Map<String, Object> draft =
        Redrafting.fitted(
            document, List.of(new ScorecardFit(SCORECARD, 5, 5, Result.TOO_FEW, Optional.empty())));
    assertThat(draft).isEqualTo(DOCUMENT);
    fitted(new Weights(0, new double[] {1, 1, 1}, new double[3], new double[1]));
    assertThat(DOCUMENT).isEqualTo(Given.document(CARD));
  }

  @Test
  void a_metric_that_is_doubled_weighs_twice_as_much_of_the_whole_to_the_others() {
    RuleOfThumb rule = new RuleOfThumb(SCORECARD, List.of("b"));
    Scorecard doubled =
        Given.scorecards(Redrafting.doubled(DOCUMENT, List.of(rule))).scorecards().get(0);
    double[] before = SCORECARD.shares(); // 0.3, 0.1, 0.6
    double[] after = doubled.shares();
    assertThat(after[1] / after[0]).isEqualTo(2 * before[1] / before[0], within(1e-6));
    assertThat(after[2] / after[0]).isEqualTo(before[2] / before[0], within(1e-6));
    assertThat(doubled.logistic()).isEmpty();
    assertThat(doubled.base()).isEqualTo(10);
  }
}
