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

  /** The number on a day, held within what a double can say; NaN without data. */
  double value(Facts facts, int day) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, divided(facts, day)));
  }

  private double divided(Facts facts, int day) {
    double value = own(facts, day);
    if (per.isEmpty() || Double.isNaN(value)) {
      return value;
    }
    double divisor = per.get().value(facts, day);
    if (divisor == 0) {
      return value == 0 ? 0 : Double.NaN;
    }
    return value / divisor;
  }

  private double own(Facts facts, int day) {
    SignalFacts sent = facts.of(signal);
    if (sent == null || !sent.seenUpTo(day)) {
      return Double.NaN;
    }
    int from = windowDays == 0 ? Integer.MIN_VALUE : day - windowDays + 1;
    return switch (of) {
      case COUNT -> sent.count(from, day);
      case SUM -> sent.sum(from, day);
      case USERS -> sent.users.count(from, day);
      case ITEMS -> sent.items.count(from, day);
      case DAYS -> sent.days(from, day);
      case USER_DAYS -> sent.users.pairs(from, day);
      case MEAN -> sent.mean(from, day);
      case LATEST -> sent.latest(from, day);
      case DAYS_SINCE -> sent.days(from, day) == 0 ? Double.NaN : day - sent.lastDay(day);
      case DAYS_UNTIL -> sent.latest(from, day) - day;
      case TREND -> trend(sent, from, day);
      case SHIFT -> sent.mean(from, day) - sent.mean(from - windowDays, from - 1);
      case CHANGE -> change(sent, day);
    };
  }

  private double trend(SignalFacts sent, int from, int day) {
    int before = from - windowDays;
    if (sent.days(before, day) == 0) {
      return Double.NaN;
    }
    double now = sent.sum(from, day);
    double then = sent.sum(before, from - 1);
    return now < 0 || then < 0 ? Double.NaN : (now + 1) / (then + 1);
  }

  private double change(SignalFacts sent, int day) {
    double now = sent.latest(Integer.MIN_VALUE, day);
    double then = sent.latest(Integer.MIN_VALUE, day - windowDays);
    return then == 0 ? Double.NaN : 100 * (now - then) / Math.abs(then);
  }
}
