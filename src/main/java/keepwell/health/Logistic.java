package keepwell.health;

/**
 * Makes a chance of a sum of points: score = 100 / (1 + e<sup>−(intercept + slope · sum)</sup>), so
 * that it says of how many such accounts in a hundred stay, if both were fitted to what became of
 * accounts.
 *
 * @param slope more than 0
 */
public record Logistic(double intercept, double slope) {
  /** Between sums that are nearer, rounding would decide. */
  private static final double NEAR = 1e-6;

  /** The score of a sum, 0 to 100. */
  public double at(double sum) {
    return 100 / (1 + Math.exp(-(intercept + slope * sum)));
  }

  /** How many points the score rises for a point of the sum, from one sum to another. */
  double rise(double from, double to) {
    if (Math.abs(to - from) < NEAR) {
      return slope * at(from) * (100 - at(from)) / 100;
    }
    return (at(to) - at(from)) / (to - from);
  }
}
