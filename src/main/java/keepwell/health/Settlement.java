package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.health.AccountEvent.TierChanged;

/**
 * The settled side of an account: the changes of its tier, and up to where it has been judged. The
 * score is not settled, it follows from the facts.
 *
 * @param changes of its tier, oldest first: the last, and those as long before it as days are kept
 *     whole, up to {@value #CHANGES_MAX}
 * @param judgedThrough the last day that has been judged
 * @param version of the scorecards by which it was settled last; 0 before
 */
record Settlement(List<TierChanged> changes, int judgedThrough, int version) {
  static final Settlement NEW = new Settlement(List.of(), Integer.MIN_VALUE, 0);
  private static final int CHANGES_MAX = 1000;

  Settlement {
    changes = List.copyOf(changes);
  }

  /** After something that happened on a day by a version of the scorecards. */
  Settlement on(int day, int version) {
    return new Settlement(
        changes, Math.max(judgedThrough, day - 1), Math.max(this.version, version));
  }

  Settlement moved(TierChanged change, Days days) {
    int kept = days.of(change.at()) - Facts.KEPT_DAYS;
    List<TierChanged> all = new ArrayList<>(changes);
    all.removeIf(past -> days.of(past.at()) < kept);
    all.add(change);
    int tooMany = Math.max(0, all.size() - CHANGES_MAX);
    return new Settlement(all.subList(tooMany, all.size()), judgedThrough, version);
  }

  private Optional<TierChanged> last() {
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
  }

  /** The tier; empty for none. */
  Optional<String> tier() {
    return last().flatMap(TierChanged::to);
  }

  /** Since when it has that tier, or none any more; empty if it never had one. */
  Optional<Instant> since() {
    return last().map(TierChanged::at);
  }

  /** The tier before; empty for none. */
  Optional<String> previous() {
    return last().flatMap(TierChanged::from);
  }
}
