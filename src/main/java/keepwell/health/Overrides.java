package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The overrides of an account, oldest first: on each day at most one of them holds. Those that have
 * ended are kept as long as days are kept whole, so that past days are scored as they were; up to
 * {@value #PERIODS_MAX}, and those that never held a day go first. Immutable.
 */
public final class Overrides {
  static final Overrides NONE = new Overrides(List.of());
  private static final int PERIODS_MAX = 100;

  final List<Period> periods;

  /**
   * An override and when it holds.
   *
   * @param what it says
   * @param setAt product time
   * @param from the first day on which it holds
   * @param through the last: until it ends by itself, or the day before it was replaced or removed;
   *     before {@code from} if that was on the day it was set
   */
  public record Period(ScoreOverride what, Instant setAt, int from, int through) {
    boolean holdsOn(int day) {
      return from <= day && day <= through;
    }

    private Period endedBy(int day) {
      return through < day ? this : new Period(what, setAt, from, day - 1);
    }
  }

  Overrides(List<Period> periods) {
    this.periods = List.copyOf(periods);
  }

  /** With an override set on a day, in place of the one that held. */
  Overrides set(ScoreOverride override, Instant at, int day) {
    List<Period> all = new ArrayList<>(removed(day).periods);
    all.removeIf(period -> period.through < day - Facts.KEPT_DAYS);
    if (all.size() == PERIODS_MAX) {
      all.remove(leastNeeded(all));
    }
    all.add(new Period(override, at, day, override.until()));
    return new Overrides(all);
  }

  /** The oldest that never held a day; the oldest of all if there is none. */
  private static Period leastNeeded(List<Period> periods) {
    return periods.stream()
        .filter(period -> period.through < period.from)
        .findFirst()
        .orElse(periods.get(0));
  }

  /** Without one from a day on. */
  Overrides removed(int day) {
    return new Overrides(periods.stream().map(period -> period.endedBy(day)).toList());
  }

  /** What holds on a day. */
  Optional<Period> on(int day) {
    for (Period period : periods) {
      if (period.holdsOn(day)) {
        return Optional.of(period);
      }
    }
    return Optional.empty();
  }

  /** The effective score on a day for a raw one; NaN for NaN. */
  double held(double score, int day) {
    return on(day).map(period -> period.what().held(score)).orElse(score);
  }

  /** The first day after another on which something else holds; {@link Days#NEVER} for none. */
  int nextChange(int day) {
    int next = Days.NEVER;
    for (Period period : periods) {
      if (period.from > day) {
        next = Math.min(next, period.from);
      } else if (period.through >= day) {
        next = Math.min(next, period.through + 1);
      }
    }
    return next;
  }
}
