package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.Standing.Action;
import keepwell.health.Standing.MetricScore;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Scores that are chances. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogisticTest {
  private static final String CHANCE = ", \"logistic\": {\"intercept\": -3, \"slope\": 0.1}";
  private static final String DOCUMENT =
      """
      {"key": "card", "tiers": [{"key": "green", "from": 80}, {"key": "red", "from": 0}]%s,
       "categories": [{"key": "c", "weight": 1, "metrics": [
         {"key": "logins", "points": 3, "curve": [[0, 0], [10, 100]],
          "measure": {"of": "count", "signal": "login", "window": "P7D"}},
         {"key": "mood", "points": 1, "curve": [[0, 0], [100, 100]],
          "measure": {"of": "latest", "signal": "mood"}}]}],
       "adjustments": [{"key": "ticket", "signal": "ticket", "points": -5, "window": "P7D"}]}
      """;
  private static final String DAY = "2026-03-01T12:00:00Z";
  private static final Offset<Double> CLOSE = within(1e-4);

  /** Their sum is 3/4 · 40 + 1/4 · 80 = 50, and 5 less for each ticket. */
  private static Facts facts(int logins, double mood, int tickets) {
    List<Signal> signals = new ArrayList<>(List.of(Cases.signal("mood", mood, DAY)));
    for (int i = 0; i < logins; i++) {
      signals.add(Cases.signal("login", 1, DAY));
    }
    for (int i = 0; i < tickets; i++) {
      signals.add(Cases.signal("ticket", 1, DAY));
    }
    return Cases.facts(signals);
  }

  private static Evaluation scored(String chance, Facts facts) {
    Scorecard scorecard = Cases.scorecard(Cases.tree(DOCUMENT.formatted(chance)));
    return Evaluation.of(scorecard, facts, Cases.day("2026-03-01"));
  }

  private static List<MetricScore> metrics(Evaluation evaluation) {
    return Explanation.categories(evaluation).get(0).metrics();
  }

  @Test
  void the_score_is_the_chance_that_the_sum_of_all_points_stands_for() {
    assertThat(scored("", facts(4, 80, 0)).score()).isEqualTo(50);
    assertThat(scored(CHANCE, facts(4, 80, 0)).score()).isEqualTo(88.0797, CLOSE); // 1/(1+e^-2)
    assertThat(scored(CHANCE, facts(4, 80, 4)).score()).isEqualTo(50); // a sum of 30
  }

  @Test
  void a_sum_is_not_held_within_0_and_100_before() {
    assertThat(scored("", facts(0, 0, 4)).score()).isEqualTo(0);
    assertThat(scored(CHANCE, facts(0, 0, 4)).score()).isEqualTo(0.6693, CLOSE); // 1/(1+e^5)
  }

  @Test
  void its_tier_is_by_the_chance() {
    Evaluation evaluation = scored(CHANCE, facts(4, 80, 0));
    assertThat(evaluation.scorecard.band(evaluation.score())).isEqualTo("green");
  }

  @Test
  void points_add_up_from_the_chance_of_nothing_to_the_score() {
    Facts facts = facts(4, 80, 2);
    Evaluation evaluation = scored(CHANCE, facts);
    double nothing = new Logistic(-3, 0.1).at(0);
    double contributions =
        metrics(evaluation).stream().mapToDouble(each -> each.contribution().orElseThrow()).sum()
            + Explanation.adjustments(evaluation, facts).get(0).contribution();
    assertThat(nothing + contributions).isEqualTo(evaluation.score(), CLOSE);
  }

  @Test
  void points_of_metrics_are_at_most_100_though_adjustments_take_nearly_as_many() {
    Facts facts = facts(4, 80, 10);
    Evaluation evaluation = scored(CHANCE, facts);
    assertThat(evaluation.sum()).isEqualTo(0, CLOSE);
    assertThat(metrics(evaluation).get(0).contribution().orElseThrow())
        .isEqualTo(0.6 * (88.0797 - 4.7426), CLOSE); // 30 of 50 points
    assertThat(Explanation.adjustments(evaluation, facts).get(0).contribution())
        .isEqualTo(4.7426 - 88.0797, CLOSE);
  }

  @Test
  void points_that_outweigh_each_other_are_told_by_the_slope_of_the_curve() {
    Logistic chance = new Logistic(-3, 0.1);
    double slope = 0.1 * 88.0797 * (100 - 88.0797) / 100;
    for (double apart : new double[] {0, 1e-14, -1e-12, 1e-5}) {
      assertThat(chance.rise(50, 50 + apart)).isEqualTo(slope, CLOSE);
    }
  }

  @Test
  void points_lost_add_up_to_what_the_score_would_be_with_them() {
    Evaluation evaluation = scored(CHANCE, facts(4, 80, 2));
    double lost = metrics(evaluation).stream().mapToDouble(each -> each.lost().orElseThrow()).sum();
    assertThat(evaluation.score() + lost)
        .isEqualTo(scored(CHANCE, facts(10, 100, 2)).score(), CLOSE);
  }

  @Test
  void an_action_gains_what_the_score_would_rise() {
    Facts facts = facts(4, 80, 2);
    List<Action> actions = Explanation.actions(scored(CHANCE, facts), facts);
    double present = scored(CHANCE, facts).score();
    assertThat(actions).extracting(Action::key).containsExactly("logins", "ticket");
    assertThat(present + actions.get(0).gain())
        .isEqualTo(scored(CHANCE, facts(10, 80, 2)).score(), CLOSE);
    assertThat(present + actions.get(1).gain())
        .isEqualTo(scored(CHANCE, facts(4, 80, 0)).score(), CLOSE);
  }

  @Test
  void what_stands_still_has_moved_nothing_and_movers_add_up_to_the_move() {
    Facts after = facts(9, 80, 1);
    Evaluation from = scored(CHANCE, facts(4, 80, 0));
    Evaluation to = scored(CHANCE, after);
    List<Mover> movers = Mover.between(from, to, after);
    assertThat(movers).extracting(Mover::key).containsExactly("logins", "ticket");
    assertThat(movers.stream().mapToDouble(Mover::points).sum())
        .isEqualTo(to.score() - from.score(), CLOSE);
  }

  @Test
  void what_has_outweighed_each_other_is_told_though_the_score_stands_still() {
    Facts after = facts(6, 80, 3); // 15 more for logins, 15 less for tickets
    List<Mover> movers =
        Mover.between(scored(CHANCE, facts(4, 80, 0)), scored(CHANCE, after), after);
    assertThat(movers).hasSize(2);
    assertThat(movers.stream().mapToDouble(Mover::points).sum()).isEqualTo(0, CLOSE);
  }

  @Test
  void two_rules_are_compared_by_their_own_points() {
    Facts facts = facts(4, 80, 0);
    List<Mover> movers = Mover.between(scored("", facts), scored(CHANCE, facts), facts);
    assertThat(movers).extracting(Mover::key).containsExactly("logins", "mood");
  }
}
