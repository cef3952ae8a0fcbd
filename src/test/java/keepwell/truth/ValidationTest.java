package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import keepwell.health.Judged;
import keepwell.health.Judged.Found;
import keepwell.health.Outcome;
import keepwell.health.Scorecards;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What scores had said of accounts, against what became of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValidationTest {
  private static final int DAY = 20_000;
  private static final int OUTCOME_ON = DAY + 30;

  private final Validation validation = Validation.withMetrics(Given.MOOD);
  private int accounts;

  /** An account in red has been in it for ten days, and its score is the mood. */
  private void add(double score, Outcome outcome) {
    add(score, outcome, 10);
  }

  private void add(double score, Outcome outcome, int redDays) {
    Judged account = Given.judged("a" + accounts++, outcome, OUTCOME_ON, score, redDays, DAY);
    validation.add(account, account.scores().get(0), DAY);
  }

  private TierRate tier(String key) {
    return validation.tiers().stream()
        .filter(rate -> rate.tier().key().equals(key))
        .findAny()
        .orElseThrow();
  }

  @Test
  void it_counts_who_stayed_and_who_left() {
    add(90, Outcome.RENEWED);
    add(70, Outcome.EXPANDED);
    add(60, Outcome.DOWNGRADED);
    add(30, Outcome.CHURNED);
    assertThat(validation.stayed()).isEqualTo(3);
    assertThat(validation.left()).isEqualTo(1);
    assertThat(validation.found(Found.SCORED)).isEqualTo(4);
    assertThat(validation.auc().value()).hasValue(1);
  }

  @Test
  void it_tells_of_each_tier_who_stayed_between_what_that_is_and_what_is_expected() {
    add(90, Outcome.RENEWED);
    add(85, Outcome.RENEWED);
    add(80, Outcome.CHURNED);
    add(60, Outcome.RENEWED);
    add(20, Outcome.CHURNED);
    TierRate green = tier("green");
    assertThat(green.accounts()).isEqualTo(3);
    assertThat(green.stayed()).isEqualTo(2);
    assertThat(green.left()).isEqualTo(1);
    assertThat(green.worst()).isFalse();
    assertThat(green.rate().share()).isEqualTo(2 / 3.0, within(1e-9));
    assertThat(green.rate().low()).isEqualTo(0.2077, within(1e-4)); // Wilson, 2 of 3
    assertThat(green.rate().high()).isEqualTo(0.9385, within(1e-4));
    assertThat(green.expected()).isEqualTo(new Expectation(0.85, 1));
    assertThat(tier("yellow").expected()).isEqualTo(new Expectation(0.5, 0.7));
    assertThat(tier("red").expected()).isEqualTo(new Expectation(0, 0.3));
    assertThat(tier("red").worst()).isTrue();
  }

  @Test
  void less_than_three_tenths_are_expected_of_the_worst_tier_and_half_and_more_of_the_middle() {
    assertThat(Expectation.WORST.isMet(0.29)).isTrue();
    assertThat(Expectation.WORST.isMet(0.3)).isFalse();
    assertThat(Expectation.BETWEEN.isMet(0.5)).isTrue();
    assertThat(Expectation.BETWEEN.isMet(0.7)).isTrue();
    assertThat(Expectation.BETWEEN.isMet(0.71)).isFalse();
    assertThat(Expectation.BEST.isMet(0.85)).isTrue();
    assertThat(Expectation.BEST.isMet(0.84)).isFalse();
  }

  @Test
  void the_lead_time_is_from_the_first_day_of_the_red_run_to_the_outcome() {
    add(20, Outcome.CHURNED, 1);
    add(21, Outcome.CHURNED, 11);
    add(22, Outcome.CHURNED, 100);
    add(23, Outcome.RENEWED, 300); // a false alarm has none
    add(60, Outcome.CHURNED); // nor has one that was not in red
    assertThat(validation.warned()).isEqualTo(3);
    assertThat(validation.leadDays()).hasValue(30 + 10);
  }

  @Test
  void there_is_no_lead_time_if_nobody_was_warned_of() {
    add(60, Outcome.CHURNED);
    assertThat(validation.leadDays()).isEmpty();
  }

  @Test
  void it_names_the_accounts_that_scores_were_most_wrong_about() {
    IntStream.range(0, 30).forEach(i -> add(i, Outcome.RENEWED));
    IntStream.range(0, 30).forEach(i -> add(60 + i, Outcome.CHURNED));
    assertThat(validation.falseAlarms()).hasSize(20);
    assertThat(validation.falseAlarms().get(0)).isEqualTo(new Wrong("a0", 0));
    assertThat(validation.falseAlarms().get(19)).isEqualTo(new Wrong("a19", 19));
    assertThat(validation.missed()).hasSize(20);
    assertThat(validation.missed().get(0)).isEqualTo(new Wrong("a59", 89));
  }

  @Test
  void it_tells_of_ten_points_each_who_stayed() {
    add(100, Outcome.RENEWED);
    add(95, Outcome.RENEWED);
    add(12, Outcome.RENEWED);
    add(18, Outcome.CHURNED);
    assertThat(validation.bands())
        .containsExactly(new ScoreBand(10, 20, 2, 1, 15), new ScoreBand(90, 100, 2, 2, 97.5));
    assertThat(validation.bands().get(0).stayedPercent()).isEqualTo(50);
  }

  @Test
  void accounts_without_a_score_are_counted_and_nothing_else() {
    for (Found found : new Found[] {Found.NO_SCORE, Found.TOO_OLD, Found.NO_SCORECARD}) {
      Judged account = Given.scoreless(found, OUTCOME_ON);
      validation.add(account, account.scores().get(0), DAY);
      assertThat(validation.found(found)).isEqualTo(1);
    }
    assertThat(validation.stayed() + validation.left()).isZero();
    assertThat(validation.verdict()).isEqualTo(Verdict.TOO_FEW);
  }

  @Test
  void each_metric_is_told_of_alone_where_it_has_a_score() {
    add(90, Outcome.RENEWED);
    add(30, Outcome.CHURNED);
    MetricPower mood = validation.metrics().get(0);
    assertThat(mood.metric()).isEqualTo("mood");
    assertThat(mood.stayed()).isEqualTo(1);
    assertThat(mood.auc().value()).hasValue(1);
    MetricPower logins = validation.metrics().get(1); // that nobody sends
    assertThat(logins.stayed() + logins.left()).isZero();
    assertThat(logins.auc()).isEqualTo(Auc.NONE);
    assertThat(Validation.of(Given.MOOD).metrics()).isEmpty();
  }

  @Test
  void a_metric_that_has_a_score_without_data_is_told_of_with_it() {
    Scorecards missing =
        Given.scorecards(
            Given.CARD
                .formatted("mood", "")
                .replace("\"points\": 0,", "\"points\": 0, \"missing\": 15,"));
    Validation validation = Validation.withMetrics(missing);
    Judged account = Given.judged("a", Outcome.CHURNED, OUTCOME_ON, 90, 0, DAY);
    validation.add(account, account.scores().get(0), DAY);
    assertThat(validation.metrics()).extracting(MetricPower::left).containsExactly(1L, 1L);
  }

  @Test
  void twenty_of_each_are_few_enough_to_say_something_of() {
    IntStream.range(0, 20).forEach(i -> add(60 + i, Outcome.RENEWED));
    IntStream.range(0, 19).forEach(i -> add(i, Outcome.CHURNED));
    assertThat(validation.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(validation.verdict().sentence(20, 19))
        .isEqualTo(
            "Too few outcomes to say anything: 20 stayed and 19 left, and 20 of each are needed.");
    add(19, Outcome.CHURNED);
    assertThat(validation.verdict()).isEqualTo(Verdict.PREDICTIVE);
  }

  @Test
  void a_score_that_points_the_wrong_way_is_told_of() {
    IntStream.range(0, 40).forEach(i -> add(i, Outcome.RENEWED));
    IntStream.range(0, 40).forEach(i -> add(20 + i, Outcome.CHURNED));
    assertThat(validation.verdict()).isEqualTo(Verdict.INVERTED);
  }

  @Test
  void a_tier_key_that_two_scorecards_share_is_told_of_for_each() {
    Scorecards two =
        Given.scorecards(Given.CARD.formatted("a", "") + "," + Given.CARD.formatted("b", ""));
    Validation both = Validation.of(two);
    Judged account =
        new Judged(
            "x",
            Optional.empty(),
            Outcome.RENEWED,
            OUTCOME_ON,
            List.of(
                new Judged.Score(
                    Found.SCORED,
                    "b",
                    90,
                    Optional.of("green"),
                    DAY + 1,
                    new double[2],
                    new double[0])));
    both.add(account, account.scores().get(0), DAY);
    assertThat(both.tiers()).extracting(TierRate::accounts).containsExactly(0L, 0L, 0L, 1L, 0L, 0L);
  }
}
