package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import keepwell.health.AccountEvent.TierChanged;

/**
 * What an account has been through, told briefly: as playbooks have seen it, or would have if its
 * history was loaded later.
 *
 * @param account its id; empty if there is none
 * @param labels today's
 * @param days the first, and each on which something is another than on the day before
 * @param changes of its tier, oldest first, as they were settled; those of days that were over when
 *     it came to be, as they would have been by today's scorecards
 * @param closedAt empty while it is open
 */
public record Retraced(
    String account,
    Map<String, String> labels,
    List<Day> days,
    List<TierChanged> changes,
    Optional<Instant> closedAt)
    implements Answer {
  static final Retraced NONE = new Retraced("", Map.of(), List.of(), List.of(), Optional.empty());

  /**
   * @param score the effective one by today's scorecards, and today the settled one; empty if there
   *     was none, or if the day can no longer be computed
   * @param arr what it was worth a year
   * @param renewalOn the day up to which it was sure to stay
   */
  public record Day(int day, OptionalDouble score, OptionalDouble arr, OptionalInt renewalOn) {
    boolean isAs(Day other) {
      return score.equals(other.score)
          && arr.equals(other.arr)
          && renewalOn.equals(other.renewalOn);
    }
  }
}
