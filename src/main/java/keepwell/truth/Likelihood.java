package keepwell.truth;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * How unlikely some rows are by the weights of a logistic regression, the intercept first: the
 * negative logarithm, and for every other weight half the penalty on its square. Convex.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Likelihood(double[][] rows, boolean[] yes, double penalty) {

  double value(RealVector weights) {
    double[] by = weights.toArray();
    double value = 0;
    for (int i = 0; i < rows.length; i++) {
      double against = yes[i] ? -logit(i, by) : logit(i, by);
      value += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
    }
    for (int j = 1; j < by.length; j++) {
      value += penalty / 2 * by[j] * by[j];
    }
    return value;
  }

  private double logit(int row, double[] by) {
    double logit = by[0];
    for (int j = 1; j < by.length; j++) {
      logit += by[j] * rows[row][j - 1];
    }
    return logit;
  }

  private double chance(int row, double[] by) {
    return 1 / (1 + Math.exp(-logit(row, by)));
  }

  RealVector gradient(RealVector weights) {
    double[] by = weights.toArray();
    double[] gradient = new double[by.length];
    for (int i = 0; i < rows.length; i++) {
      double residue = chance(i, by) - (yes[i] ? 1 : 0);
      gradient[0] += residue;
      for (int j = 1; j < by.length; j++) {
        gradient[j] += residue * rows[i][j - 1];
      }
    }
    for (int j = 1; j < by.length; j++) {
      gradient[j] += penalty * by[j];
    }
    return new ArrayRealVector(gradient, false);
  }

  RealMatrix hessian(RealVector weights) {
    double[] by = weights.toArray();
    double[][] hessian = new double[by.length][by.length];
    for (int i = 0; i < rows.length; i++) {
      double chance = chance(i, by);
      double curvature = chance * (1 - chance);
      for (int j = 0; j < by.length; j++) {
        double part = curvature * (j == 0 ? 1 : rows[i][j - 1]);
        for (int k = 0; k <= j; k++) {
          hessian[j][k] += part * (k == 0 ? 1 : rows[i][k - 1]);
        }
      }
    }
    for (int j = 0; j < by.length; j++) {
      hessian[j][j] += j == 0 ? 0 : penalty;
      for (int k = 0; k < j; k++) {
        hessian[k][j] = hessian[j][k];
      }
    }
    return new Array2DRowRealMatrix(hessian, false);
  }
}
