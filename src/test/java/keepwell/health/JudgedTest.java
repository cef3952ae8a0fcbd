package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Judged.Found;
import keepwell.health.Judged.Score;
import keepwell.health.Judged.Terms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What became of an account, and what scorecards had said before. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgedTest extends AccountStory {
  private static final String NOW = "2026-06-01T12:00:00Z";

  /** The score is the mood, green from 80, and red below 50. */
  private static final Scorecards MOOD =
      Cases.scorecards(
          Cases.document(
              Cases.tree(
                  """
                  {"key": "mood", "tiers": [{"key": "green", "from": 80},
                   {"key": "yellow", "from": 50}, {"key": "red", "from": 0}],
                   "categories": [{"key": "c", "weight": 1, "metrics": [
                     {"key": "mood", "points": 1, "curve": [[0, 0], [100, 100]],
                      "measure": {"of": "latest", "signal": "mood"}},
                     {"key": "logins", "points": 0, "curve": [[0, 0], [10, 100]],
                      "measure": {"of": "count", "signal": "login", "window": "P7D"}}]}],
                   "adjustments": [
                     {"key": "call", "signal": "call", "points": 2, "window": "P7D"}]}
                  """)));

  @BeforeEach
  void an_account_that_churned_on_the_first_of_may() {
    in(MOOD);
    label("smb", "2026-01-01T00:00:00Z");
    mood(90, "2026-01-01");
    mood(30, "2026-03-10");
    mood(60, "2026-03-15");
    mood(40, "2026-03-20");
    told(Outcome.CHURNED, "2026-05-01");
  }

  private void mood(double mood, String day) {
    Signal signal = Cases.signal("mood", mood, day + "T09:00:00Z");
    happened(Decider.record(account, "a", List.of(signal), false, Moments.at(NOW, versions)));
  }

  private void told(Outcome outcome, String day) {
    OutcomeStatement statement =
        new OutcomeStatement(Optional.of(outcome), Instant.parse(day + "T09:00:00Z"));
    happened(OutcomeDecider.record(account, "a", List.of(statement), Moments.at(NOW, versions)));
  }

  private static Terms terms(int horizonDays, String from, String to) {
    return new Terms(horizonDays, Cases.day(from), Cases.day(to), Map.of(), Optional.empty());
  }

  private static Terms terms(int horizonDays) {
    return terms(horizonDays, "2026-01-01", "2026-12-31");
  }

  private Judged judged(Terms terms, Scorecards... by) {
    happened(Inquiry.judge(account, List.of(by), terms));
    assertThat(stored).isZero();
    return (Judged) answer;
  }

  private Score score(int horizonDays) {
    return judged(terms(horizonDays), MOOD).scores().get(0);
  }

  @Test
  void it_is_scored_as_it_was_so_many_days_before_its_outcome() {
    Judged judged = judged(terms(30), MOOD);
    assertThat(judged.account()).isEqualTo("a");
    assertThat(judged.stayed()).isFalse();
    assertThat(judged.outcomeOn()).isEqualTo(Cases.day("2026-05-01"));
    Score score = judged.scores().get(0);
    assertThat(score.found()).isEqualTo(Found.SCORED);
    assertThat(score.scorecard()).isEqualTo("mood");
    assertThat(score.score()).isEqualTo(40);
    assertThat(score.tier()).contains("red");
    assertThat(score(60).score()).isEqualTo(90); // on the second of March
    assertThat(score(60).tier()).contains("green");
  }

  @Test
  void signals_after_that_day_change_nothing() {
    List<Object> before = List.of(told(score(30)), told(score(45)));
    mood(99, "2026-04-02");
    mood(1, "2026-04-30");
    mood(55, "2026-05-20");
    signals("login", 5, "2026-04-15T09:00:00Z", NOW);
    assertThat(List.of(told(score(30)), told(score(45)))).isEqualTo(before);
  }

  private static Object told(Score score) {
    return List.of(
        score.found(),
        score.score(),
        score.tier(),
        score.worstSince(),
        List.of(score.metrics()[0], score.metrics()[1]),
        score.adjustments()[0]);
  }

  @Test
  void it_is_told_since_when_it_was_in_the_lowest_tier_without_a_break() {
    assertThat(score(30).worstSince()).isEqualTo(Cases.day("2026-03-20"));
    assertThat(score(49).worstSince()).isEqualTo(Cases.day("2026-03-10")); // on March 13
  }

  @Test
  void an_account_that_was_in_another_tier_was_not_in_the_lowest() {
    assertThat(score(45).worstSince()).isEqualTo(Cases.day("2026-03-18")); // the day after
  }

  @Test
  void of_a_scorecard_with_one_tier_that_is_not_the_lowest() {
    label("large", "2026-05-02T00:00:00Z"); // the other of the two scorecards
    signals("login", 1, "2026-01-02T09:00:00Z", NOW);
    Score score = judged(terms(30), logins(0)).scores().get(0);
    assertThat(score.tier()).contains("fine");
    assertThat(score.worstSince()).isEqualTo(Cases.day("2026-04-02"));
  }

  @Test
  void metrics_and_adjustments_are_told_one_by_one_and_nan_without_data() {
    signals("call", 2, "2026-03-30T09:00:00Z", NOW);
    Score score = score(30);
    assertThat(score.score()).isEqualTo(44);
    assertThat(score.metrics()).containsExactly(40, Double.NaN);
    assertThat(score.adjustments()).containsExactly(4);
  }

  @Test
  void a_metric_without_data_is_nan_even_if_it_is_scored_then() {
    Scorecards missing =
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "mood", "tiers": [{"key": "all", "from": 0}],
                 "categories": [{"key": "c", "weight": 1, "metrics": [
                   {"key": "logins", "points": 1, "curve": [[0, 0], [10, 100]], "missing": 30,
                    "measure": {"of": "count", "signal": "login", "window": "P7D"}}]}]}]}
                """));
    Score score = judged(terms(30), missing).scores().get(0);
    assertThat(score.score()).isEqualTo(30);
    assertThat(score.metrics()).containsExactly(Double.NaN);
  }

  @Test
  void an_override_changes_nothing() {
    override(null, 95.0, "2026-12-31", "2026-01-02T00:00:00Z");
    assertThat(score(30).score()).isEqualTo(40);
  }

  @Test
  void the_last_outcome_of_the_days_asked_for_counts() {
    told(Outcome.RENEWED, "2026-03-12");
    told(Outcome.DOWNGRADED, "2026-05-20");
    assertThat(judged(terms(1)).outcome()).isEqualTo(Outcome.DOWNGRADED);
    assertThat(judged(terms(1)).stayed()).isTrue();
    assertThat(judged(terms(1, "2026-01-01", "2026-05-01")).outcome()).isEqualTo(Outcome.CHURNED);
    assertThat(judged(terms(1, "2026-01-01", "2026-04-30")).outcome()).isEqualTo(Outcome.RENEWED);
    assertThat(judged(terms(1, "2026-05-21", "2026-12-31")).counts()).isFalse();
  }

  @Test
  void each_scorecard_has_its_say() {
    Judged judged = judged(terms(30), MOOD, logins(0));
    assertThat(judged.scores()).extracting(Score::scorecard).containsExactly("mood", "logins");
  }

  @Test
  void an_account_without_a_score_says_why() {
    Scorecards nobodys =
        Cases.scorecards(
            Cases.tree(
                LOGINS
                    .formatted(0, "smb", 10)
                    .replace(
                        "{\"key\": \"other\",",
                        "{\"key\": \"other\", \"when\": {\"segment\": [\"x\"]},")));
    label("none", "2026-05-02T00:00:00Z");
    assertThat(judged(terms(30), nobodys).scores().get(0).found()).isEqualTo(Found.NO_SCORECARD);
    assertThat(score(150).found()).isEqualTo(Found.NO_SCORE); // before its first signal
    mood(50, "2026-05-30");
    assertThat(score(30).found()).isEqualTo(Found.SCORED);
  }

  @Test
  void a_day_that_is_no_longer_kept_whole_is_too_old() {
    String later = "2027-12-31T12:00:00Z";
    Signal signal = Cases.signal("mood", 50, "2027-12-31T09:00:00Z");
    happened(Decider.record(account, "a", List.of(signal), false, Moments.at(later, versions)));
    assertThat(score(30).found()).isEqualTo(Found.TOO_OLD);
  }

  @Test
  void only_accounts_with_the_labels_asked_for_count_and_their_label_is_told() {
    Terms smb = new Terms(30, 0, 100_000, Map.of("segment", Set.of("smb")), Optional.of("segment"));
    assertThat(judged(smb, MOOD).label()).contains("smb");
    Terms other = new Terms(30, 0, 100_000, Map.of("segment", Set.of("x")), Optional.empty());
    assertThat(judged(other, MOOD).counts()).isFalse();
    assertThat(judged(new Terms(30, 0, 100_000, Map.of(), Optional.of("plan")), MOOD).label())
        .isEmpty();
  }
}
