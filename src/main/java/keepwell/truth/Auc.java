package keepwell.truth;

import java.util.OptionalDouble;

/**
 * The area under the receiver operating characteristic: how often, of an account that stayed and
 * one that left, the one that stayed had the higher score, half of the ties. Between which bounds
 * it is in truth is told for 95 of 100 such samples: by the variance of DeLong, DeLong and
 * Clarke-Pearson (Biometrics 44, 1988), on the logit scale, so that it stays within 0 and 1. Where
 * the variance is 0, as in a sample that is told apart without a fault, the bound is what is as
 * seldom in the smaller of the two groups.
 *
 * @param value 0 to 1; empty if all stayed or all left
 */
public record Auc(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
  static final Auc NONE =
      new Auc(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  private static final double Z = 1.959964;
  private static final double BEYOND = 0.025;
  private static final double CHANCE = 0.5;

  /**
   * @param variance of the area
   * @param stayed how many; 1 or more
   * @param left how many; 1 or more
   */
  static Auc of(double area, double variance, long stayed, long left) {
    double low;
    double high;
    if (variance <= 0 || area <= 0 || area >= 1) {
      double bound = Math.pow(BEYOND, 1.0 / Math.min(stayed, left));
      low = area * bound;
      high = 1 - (1 - area) * bound;
    } else {
      double logit = Math.log(area / (1 - area));
      double half = Z * Math.sqrt(variance) / (area * (1 - area));
      low = 1 / (1 + Math.exp(half - logit));
      high = 1 / (1 + Math.exp(-half - logit));
    }
    return new Auc(OptionalDouble.of(area), OptionalDouble.of(low), OptionalDouble.of(high));
  }

  /** Whether it is told that higher scores stay, better than by chance. */
  boolean tells() {
    return low.orElse(0) > CHANCE;
  }

  /** Whether it is told that lower scores stay, better than by chance. */
  boolean isInverted() {
    return high.orElse(1) < CHANCE;
  }
}
