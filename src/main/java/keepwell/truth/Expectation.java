package keepwell.truth;

/**
 * Of how many accounts in a tier it is commonly expected that they stay.
 *
 * @param from a share, 0 to 1
 * @param to a share, 0 to 1
 */
public record Expectation(double from, double to) {
  static final Expectation BEST = new Expectation(0.85, 1);
  static final Expectation BETWEEN = new Expectation(0.5, 0.7);
  static final Expectation WORST = new Expectation(0, 0.3);

  /**
   * @param rank of the tier, 0 for the best
   * @param tiers how many there are
   */
  static Expectation of(int rank, int tiers) {
    if (rank == 0) {
      return BEST;
    }
    return rank == tiers - 1 ? WORST : BETWEEN;
  }

  /** Whether a share is as expected; of the worst tier less than {@code to}. */
  public boolean isMet(double share) {
    return from <= share && (equals(WORST) ? share < to : share <= to);
  }
}
