package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** How well scores tell who stays. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RanksTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private static Auc auc(double[] stayed, double[] left) {
    Ranks ranks = Ranks.ofScore();
    for (double score : stayed) {
      ranks.add(score, true);
    }
    for (double score : left) {
      ranks.add(score, false);
    }
    assertThat(ranks.stayed()).isEqualTo(stayed.length);
    assertThat(ranks.left()).isEqualTo(left.length);
    return ranks.auc();
  }

  @Test
  void it_is_how_often_who_stayed_had_the_higher_score_and_half_of_the_ties() {
    // against 20: 30, 60, 90 win; against 60: 90 wins, 60 ties; against 95: none
    Auc auc = auc(new double[] {30, 60, 90}, new double[] {20, 60, 95});
    assertThat(auc.value()).hasValue((3 + 1.5) / 9);
  }

  /**
   * Worked by hand: of those that stayed, the shares of those that left that they beat are 1/2, 1,
   * 1, of variance 1/12; of those that left, the shares that they lose to are 1, 2/3, of variance
   * 1/18. So the variance of the AUC, 5/6, is 1/36 + 1/36.
   */
  @Test
  void its_interval_is_by_the_variance_of_delong_on_the_logit_scale() {
    Auc auc = auc(new double[] {50, 70, 80}, new double[] {40, 60});
    double area = 5.0 / 6;
    double half = 1.959964 * Math.sqrt(1.0 / 18) / (area * (1 - area));
    double logit = Math.log(area / (1 - area));
    assertThat(auc.value().orElseThrow()).isEqualTo(area, CLOSE);
    assertThat(auc.low().orElseThrow()).isEqualTo(1 / (1 + Math.exp(half - logit)), CLOSE);
    assertThat(auc.high().orElseThrow()).isEqualTo(1 / (1 + Math.exp(-half - logit)), CLOSE);
  }

  @Test
  void scores_that_differ_in_the_fourth_decimal_are_told_apart() {
    assertThat(auc(new double[] {50.0001}, new double[] {50}).value()).hasValue(1);
    assertThat(auc(new double[] {0}, new double[] {100}).value()).hasValue(0);
  }

  @Test
  void nothing_is_told_of_accounts_that_all_stayed_or_all_left() {
    assertThat(auc(new double[] {1, 2}, new double[0])).isEqualTo(Auc.NONE);
    assertThat(auc(new double[0], new double[] {1, 2})).isEqualTo(Auc.NONE);
  }

  @Test
  void a_sample_that_is_told_apart_without_a_fault_is_no_certainty() {
    Auc auc = auc(new double[] {80, 81, 82, 83}, new double[] {10, 20, 30});
    assertThat(auc.value()).hasValue(1);
    assertThat(auc.high()).hasValue(1);
    assertThat(auc.low().orElseThrow()).isEqualTo(Math.pow(0.025, 1 / 3.0), CLOSE);
    Auc inverted = auc(new double[] {10, 20, 30}, new double[] {80, 81, 82, 83});
    assertThat(inverted.low()).hasValue(0);
    assertThat(inverted.high().orElseThrow()).isEqualTo(1 - Math.pow(0.025, 1 / 3.0), CLOSE);
  }

  @Test
  void scores_that_are_all_the_same_tell_nothing() {
    Auc auc = auc(new double[] {50, 50, 50}, new double[] {50, 50});
    assertThat(auc.value()).hasValue(0.5);
    assertThat(auc.tells()).isFalse();
    assertThat(auc.isInverted()).isFalse();
  }

  @RepeatedTest(20)
  void it_is_what_comparing_every_pair_gives(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] stayed = scores(random, 1 + random.nextInt(60));
    double[] left = scores(random, 1 + random.nextInt(60));
    double wins = 0;
    for (double stays : stayed) {
      for (double leaves : left) {
        wins += stays > leaves ? 1 : stays == leaves ? 0.5 : 0;
      }
    }
    Auc auc = auc(stayed, left);
    assertThat(auc.value().orElseThrow()).isEqualTo(wins / stayed.length / left.length, CLOSE);
    assertThat(auc.low().orElseThrow()).isBetween(0.0, auc.value().orElseThrow());
    assertThat(auc.high().orElseThrow()).isBetween(auc.value().orElseThrow(), 1.0);
  }

  /** Few and many ties, with four decimals at most. */
  private static double[] scores(Random random, int count) {
    int steps = random.nextBoolean() ? 10 : 1_000_000;
    return random.ints(count, 0, steps + 1).mapToDouble(i -> i * (100.0 / steps)).toArray();
  }

  @Test
  void of_outcomes_that_have_nothing_to_do_with_scores_95_of_100_intervals_hold_one_half() {
    Random random = new Random(1);
    double[] scores = random.doubles(800, 0, 100).toArray();
    List<Boolean> stayed = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      stayed.add(i >= 110);
    }
    int held = 0;
    for (int seed = 0; seed < 200; seed++) {
      Collections.shuffle(stayed, new Random(seed));
      Ranks ranks = Ranks.ofScore();
      for (int i = 0; i < scores.length; i++) {
        ranks.add(scores[i], stayed.get(i));
      }
      Auc auc = ranks.auc();
      boolean holds = auc.low().orElseThrow() <= 0.5 && 0.5 <= auc.high().orElseThrow();
      assertThat(ranks.verdict() == Verdict.NO_PREDICTIVE_POWER).isEqualTo(holds);
      held += holds ? 1 : 0;
    }
    assertThat(held).isBetween(184, 196);
  }
}
