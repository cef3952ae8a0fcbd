package keepwell.health;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is read off an account's facts: one number a day, or none.
 *
 * @param windowDays the days up to and including the one measured; 0 for all of them
 * @param per what the number is divided by; itself without a divisor
 */
public record Measure(Of of, String signal, int windowDays, Optional<Measure> per) {

  /** The kinds of measure. */
  public enum Of {
    COUNT,
    SUM,
    USERS,
    ITEMS,
    DAYS,
    USER_DAYS,
    MEAN,
    LATEST,
    DAYS_SINCE,
    DAYS_UNTIL,
    TREND,
    SHIFT,
    CHANGE;

    /** As scorecards write it, e.g. {@code user-days}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean needsWindow() {
      return this != LATEST && this != DAYS_SINCE && this != DAYS_UNTIL;
    }

    int windowDaysMax() {
      return this == TREND || this == SHIFT ? 180 : 365;
    }
  }

  /** How many days, the one measured included, decide the number. */
  int reachDays() {
    int own = of == Of.TREND || of == Of.SHIFT ? 2 * windowDays : windowDays;
    return Math.max(own, per.map(Measure::reachDays).orElse(0));
  }

  /** Adds the signal keys that it names, by their paths in a document that has it at a path. */
  void putSignals(String path, Map<String, String> byPath) {
    byPath.put(path + ".signal", signal);
    per.ifPresent(divisor -> divisor.putSignals(path + ".per", byPath));
  }

  /**
   * The number on a day, held within what a double can say; NaN without data.
   *
   * @param upTo the last day whose signals count; those after it are as if they were not there
   */
  double value(Facts facts, int day, int upTo) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, divided(facts, day, upTo)));
  }

  private double divided(Facts facts, int day, int upTo) {
    double value = own(facts, day, Math.min(day, upTo));
    if (per.isEmpty() || Double.isNaN(value)) {
      return value;
    }
    double divisor = per.get().value(facts, day, upTo);
    if (divisor == 0) {
      return value == 0 ? 0 : Double.NaN;
    }
    return value / divisor;
  }

  private double own(Facts facts, int day, int to) {
    SignalFacts sent = facts.of(signal);
    if (sent == null || !sent.seenUpTo(to)) {
      return Double.NaN;
    }
    int from = windowDays == 0 ? Integer.MIN_VALUE : day - windowDays + 1;
    return switch (of) {
      case COUNT -> sent.count(from, to);
      case SUM -> sent.sum(from, to);
      case USERS -> sent.users.count(from, to);
      case ITEMS -> sent.items.count(from, to);
      case DAYS -> sent.days(from, to);
      case USER_DAYS -> sent.users.pairs(from, to);
      case MEAN -> sent.mean(from, to);
      case LATEST -> sent.latest(from, to);
      case DAYS_SINCE -> day - sent.lastDay(from, to);
      case DAYS_UNTIL -> sent.latest(from, to) - day;
      case TREND -> trend(sent, from, to);
      case SHIFT -> sent.mean(from, to) - sent.mean(from - windowDays, from - 1);
      case CHANGE -> change(sent, from - 1, to);
    };
  }

  private double trend(SignalFacts sent, int from, int to) {
    int before = from - windowDays;
    if (sent.days(before, to) == 0) {
      return Double.NaN;
    }
    double now = sent.sum(from, to);
    double then = sent.sum(before, Math.min(from - 1, to));
    return now < 0 || then < 0 ? Double.NaN : (now + 1) / (then + 1);
  }

  private static double change(SignalFacts sent, int before, int to) {
    double now = sent.latest(Integer.MIN_VALUE, to);
    double then = sent.latest(Integer.MIN_VALUE, Math.min(before, to));
    return then == 0 ? Double.NaN : 100 * (now - then) / Math.abs(then);
  }

  /** Whether signals of a key decide the number. */
  boolean reads(String key) {
    return signal.equals(key) || (per.isPresent() && per.get().reads(key));
  }

  /** By how much the number rises each day that nothing happens; 0 if it stands still. */
  int dailyRise() {
    return of == Of.DAYS_SINCE ? 1 : of == Of.DAYS_UNTIL ? -1 : 0;
  }

  /**
   * The first day after another on which, left alone, the number can be another, its daily rise
   * apart. It may be early, never late.
   */
  int nextChange(Facts facts, int day) {
    SignalFacts sent = facts.of(signal);
    boolean twice = of == Of.TREND || of == Of.SHIFT;
    int own =
        sent == null ? Days.NEVER : sent.nextChange(day, windowDays, twice ? 2 * windowDays : 0);
    if (per.isEmpty()) {
      return own;
    }
    int risen = dailyRise() == 0 && per.get().dailyRise() == 0 ? Days.NEVER : day + 1;
    return Math.min(risen, Math.min(own, per.get().nextChange(facts, day)));
  }
}
