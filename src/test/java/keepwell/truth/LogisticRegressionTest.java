package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogisticRegressionTest {

  /** Rows of which the chance of yes is known. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sample(double[][] rows, boolean[] yes) {
    static Sample of(Random random, int count, double intercept, double... weights) {
      double[][] rows = new double[count][weights.length];
      boolean[] yes = new boolean[count];
      for (int i = 0; i < count; i++) {
        double logit = intercept;
        for (int j = 0; j < weights.length; j++) {
          rows[i][j] = 100 * random.nextDouble();
          logit += weights[j] * rows[i][j];
        }
        yes[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
      }
      return new Sample(rows, yes);
    }

    double chance(LogisticRegression fit, int row) {
      double logit = fit.intercept();
      for (int j = 0; j < rows[row].length; j++) {
        logit += fit.weights()[j] * rows[row][j];
      }
      return 1 / (1 + Math.exp(-logit));
    }

    /** By how much the fit would gain with a greater weight, but for the penalty. */
    double slope(LogisticRegression fit, int column) {
      double slope = 0;
      for (int i = 0; i < rows.length; i++) {
        slope += ((yes[i] ? 1 : 0) - chance(fit, i)) * (column < 0 ? 1 : rows[i][column]);
      }
      return slope;
    }

    double variance(int column) {
      double mean = 0;
      double square = 0;
      for (double[] row : rows) {
        mean += row[column] / rows.length;
        square += row[column] * row[column] / rows.length;
      }
      return square - mean * mean;
    }
  }

  @Test
  void it_finds_the_weights_by_which_the_rows_were_made() {
    Sample sample = Sample.of(new Random(1), 50_000, -2, 0.05, 0.02);
    LogisticRegression fit = LogisticRegression.fit(sample.rows, sample.yes, 2);
    assertThat(fit.intercept()).isEqualTo(-2, within(0.1));
    assertThat(fit.weights()[0]).isEqualTo(0.05, within(0.002));
    assertThat(fit.weights()[1]).isEqualTo(0.02, within(0.002));
  }

  @Test
  void a_weight_that_would_be_negative_is_0_unless_it_may_be() {
    Sample sample = Sample.of(new Random(2), 5_000, 0, 0.03, -0.03);
    assertThat(LogisticRegression.fit(sample.rows, sample.yes, 2).weights()[1]).isZero();
    assertThat(LogisticRegression.fit(sample.rows, sample.yes, 1).weights()[1])
        .isEqualTo(-0.03, within(0.005));
  }

  /** The conditions of Karush, Kuhn and Tucker, which the best weights alone fulfil. */
  @RepeatedTest(20)
  void no_other_weights_within_the_bounds_are_better(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] weights = random.doubles(1 + random.nextInt(12), -0.03, 0.05).toArray();
    Sample sample = Sample.of(random, 60 + random.nextInt(2_000), -1, weights);
    LogisticRegression fit = LogisticRegression.fit(sample.rows, sample.yes, weights.length);
    double scale = sample.rows.length;
    assertThat(sample.slope(fit, -1) / scale).isEqualTo(0, within(1e-5));
    for (int j = 0; j < weights.length; j++) {
      double gain = (sample.slope(fit, j) - fit.weights()[j] * sample.variance(j)) / scale;
      assertThat(fit.weights()[j]).isGreaterThanOrEqualTo(0);
      if (fit.weights()[j] > 0) {
        assertThat(gain).isEqualTo(0, within(1e-3));
      } else {
        assertThat(gain).isLessThan(1e-3);
      }
    }
  }

  @Test
  void chances_are_right_in_the_mean() {
    Sample sample = Sample.of(new Random(3), 3_000, 1, 0.02, 0);
    LogisticRegression fit = LogisticRegression.fit(sample.rows, sample.yes, 2);
    assertThat(sample.slope(fit, -1)).isEqualTo(0, within(1e-3));
  }

  @Test
  void rows_that_a_line_parts_have_finite_weights() {
    double[][] rows = new double[40][1];
    boolean[] yes = new boolean[40];
    for (int i = 0; i < 40; i++) {
      rows[i][0] = i;
      yes[i] = i >= 20;
    }
    LogisticRegression fit = LogisticRegression.fit(rows, yes, 1);
    assertThat(fit.weights()[0]).isBetween(0.01, 10.0);
  }

  @Test
  void a_column_that_is_the_same_in_every_row_weighs_nothing() {
    Sample sample = Sample.of(new Random(4), 500, -2, 0.05, 0);
    for (double[] row : sample.rows) {
      row[1] = 70;
    }
    LogisticRegression fit = LogisticRegression.fit(sample.rows, sample.yes, 2);
    assertThat(fit.weights()[0]).isPositive();
    assertThat(fit.weights()[1]).isZero();
  }

  @Test
  void two_columns_that_are_the_same_share_the_weight() {
    Sample sample = Sample.of(new Random(5), 2_000, -2, 0.05, 0);
    for (double[] row : sample.rows) {
      row[1] = row[0];
    }
    LogisticRegression fit = LogisticRegression.fit(sample.rows, sample.yes, 2);
    assertThat(fit.weights()[1]).isEqualTo(fit.weights()[0], within(1e-4));
    assertThat(fit.weights()[0] + fit.weights()[1]).isEqualTo(0.05, within(0.01));
  }
}
