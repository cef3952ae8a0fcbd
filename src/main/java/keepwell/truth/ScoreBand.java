package keepwell.truth;

/**
 * The accounts with scores from {@code from} up to {@code to}, or of 100.
 *
 * @param score their mean
 */
public record ScoreBand(int from, int to, long accounts, long stayed, double score) {

  /** How many in a hundred stayed. */
  public double stayedPercent() {
    return 100.0 * stayed / accounts;
  }
}
