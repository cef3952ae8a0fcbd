package keepwell.truth;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.vector.constrained.ADMMQPOptimizer;
import org.hipparchus.optim.nonlinear.vector.constrained.ADMMQPOption;
import org.hipparchus.optim.nonlinear.vector.constrained.LinearInequalityConstraint;
import org.hipparchus.optim.nonlinear.vector.constrained.QuadraticFunction;

/**
 * Penalised logistic regression: the chance of yes is 1 / (1 + e<sup>−(intercept + Σ weight ·
 * x)</sup>), where some weights must not be negative. Each weight, per standard deviation of its
 * column, is taken to be as likely as in a normal distribution of variance 1 around 0 (a ridge, Le
 * Cessie and van Houwelingen, Applied Statistics 41, 1992). It is found by Newton's method, each
 * step of which is a quadratic programme within the bounds. The same rows give the same weights.
 *
 * @param weights one for each column
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LogisticRegression(double intercept, double[] weights) {
  private static final double PENALTY = 1;
  private static final int STEPS_MAX = 50;
  private static final double IMPROVEMENT_MIN = 1e-10;
  private static final int HALVINGS_MAX = 30;
  private static final double NEGLIGIBLE = 1e-6;

  /**
   * Fits to some rows.
   *
   * @param rows all of one length
   * @param yes of each row
   * @param bounded how many weights must not be negative: those of the first columns
   */
  static LogisticRegression fit(double[][] rows, boolean[] yes, int bounded) {
    Columns columns = Columns.of(rows);
    Likelihood likelihood = new Likelihood(columns.standardised(rows), yes, PENALTY);
    RealVector weights = new ArrayRealVector(1 + columns.count()); // the intercept is the first
    double value = likelihood.value(weights);
    for (int i = 0; i < STEPS_MAX; i++) {
      RealVector step = step(likelihood, weights, bounded);
      RealVector next = within(weights.add(step), bounded);
      double nextValue = likelihood.value(next);
      for (int halved = 0; nextValue > value && halved < HALVINGS_MAX; halved++) {
        step = step.mapMultiply(0.5);
        next = within(weights.add(step), bounded);
        nextValue = likelihood.value(next);
      }
      double improvement = value - nextValue;
      if (improvement <= 0) {
        break;
      }
      weights = next;
      value = nextValue;
      if (improvement < IMPROVEMENT_MIN * value) {
        break;
      }
    }
    return columns.original(weights);
  }

  /** From some weights to the best ones by the parabola that fits there, within the bounds. */
  private static RealVector step(Likelihood likelihood, RealVector weights, int bounded) {
    QuadraticFunction parabola =
        new QuadraticFunction(likelihood.hessian(weights), likelihood.gradient(weights), 0);
    RealMatrix bound = new Array2DRowRealMatrix(bounded, weights.getDimension());
    RealVector least = new ArrayRealVector(bounded);
    for (int j = 0; j < bounded; j++) {
      bound.setEntry(j, 1 + j, 1);
      least.setEntry(j, -weights.getEntry(1 + j));
    }
    return new ADMMQPOptimizer()
        .optimize(
            new ObjectiveFunction(parabola),
            new LinearInequalityConstraint(bound, least),
            new ADMMQPOption())
        .getX();
  }

  /** The solver comes as near to a bound as it is told to, from either side. */
  private static RealVector within(RealVector weights, int bounded) {
    for (int j = 1; j <= bounded; j++) {
      weights.setEntry(j, weights.getEntry(j) < NEGLIGIBLE ? 0 : weights.getEntry(j));
    }
    return weights;
  }

  /** How columns are made comparable: mean 0, standard deviation 1. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Columns(double[] means, double[] deviations) {

    static Columns of(double[][] rows) {
      int count = rows[0].length;
      double[] means = new double[count];
      double[] deviations = new double[count];
      for (int j = 0; j < count; j++) {
        for (double[] row : rows) {
          means[j] += row[j] / rows.length;
        }
        double squares = 0;
        for (double[] row : rows) {
          squares += (row[j] - means[j]) * (row[j] - means[j]);
        }
        deviations[j] = Math.sqrt(squares / rows.length);
      }
      return new Columns(means, deviations);
    }

    int count() {
      return means.length;
    }

    double[][] standardised(double[][] rows) {
      double[][] all = new double[rows.length][means.length];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < means.length; j++) {
          all[i][j] = isConstant(j) ? 0 : (rows[i][j] - means[j]) / deviations[j];
        }
      }
      return all;
    }

    /** What is the same in every row tells nothing. */
    private boolean isConstant(int column) {
      return deviations[column] <= NEGLIGIBLE * Math.max(1, Math.abs(means[column]));
    }

    LogisticRegression original(RealVector standardised) {
      double intercept = standardised.getEntry(0);
      double[] weights = new double[means.length];
      for (int j = 0; j < weights.length; j++) {
        weights[j] = isConstant(j) ? 0 : standardised.getEntry(1 + j) / deviations[j];
        intercept -= weights[j] * means[j];
      }
      return new LogisticRegression(intercept, weights);
    }
  }
}
