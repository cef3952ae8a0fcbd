package keepwell.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of an account, and what scorecards had said some days before.
 *
 * @param account its id; empty if it does not count
 * @param label the value of the label that was asked for
 * @param outcome the last in the days asked for
 * @param outcomeOn its day, counted from 1970-01-01
 * @param scores one by each of the scorecards, in their order
 */
public record Judged(
    String account, Optional<String> label, Outcome outcome, int outcomeOn, List<Score> scores)
    implements Answer {
  static final Judged NONE = new Judged("", Optional.empty(), Outcome.RENEWED, 0, List.of());

  /**
   * What is asked.
   *
   * @param horizonDays how many days before its outcome an account is scored
   * @param from the first day whose outcomes count
   * @param to the last one
   * @param when the values that each label named here must have one of; empty: every account counts
   * @param label whose value is told
   */
  public record Terms(
      int horizonDays, int from, int to, Map<String, Set<String>> when, Optional<String> label) {}

  /** Whether there is a score, or why there is none. */
  public enum Found {
    SCORED,
    /** Too little was known of the account. */
    NO_SCORE,
    NO_SCORECARD,
    /** What decides the score is no longer kept. */
    TOO_OLD
  }

  /**
   * A raw score with its plain band, by what was known that day.
   *
   * @param scorecard its key; empty if none fits
   * @param score NaN for none
   * @param worstSince since when it had been in the lowest of several tiers without a break; the
   *     day after the one scored if it was not
   * @param metrics the score of each, category by category; NaN without data, even if it is scored
   *     then
   * @param adjustments the points of each
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers of many accounts, never compared
  public record Score(
      Found found,
      String scorecard,
      double score,
      Optional<String> tier,
      int worstSince,
      double[] metrics,
      double[] adjustments) {

    static Score none(Found found) {
      return new Score(
          found, "", Double.NaN, Optional.empty(), Days.NEVER, new double[0], new double[0]);
    }
  }

  /** Whether it counts. */
  public boolean counts() {
    return !account.isEmpty();
  }

  /** Whether the customer stayed, if with less. */
  public boolean stayed() {
    return outcome != Outcome.CHURNED;
  }
}
