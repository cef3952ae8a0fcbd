package keepwell.health;

import java.util.OptionalDouble;

/**
 * Points added to the score, or taken from it, for each signal in a window, or once for there being
 * none.
 *
 * @param points for one signal; negative takes away
 * @param cap holds the sum within ±cap, where there is one
 * @param windowDays 1 to 365
 * @param absent whether the points are given for the absence of any signal
 */
public record Adjustment(
    String key,
    String name,
    String signal,
    double points,
    OptionalDouble cap,
    int windowDays,
    boolean absent) {

  /**
   * Signals in the window that ends on a day.
   *
   * @param upTo the last day whose signals count
   */
  long count(Facts facts, int day, int upTo) {
    SignalFacts sent = facts.of(signal);
    return sent == null ? 0 : sent.count(day - windowDays + 1, Math.min(day, upTo));
  }

  /** The points that a number of signals gives to an account on a day. */
  double contribution(long count, Facts facts, int day) {
    if (!absent) {
      double sum = points * count;
      return cap.isEmpty() ? sum : Math.max(-cap.getAsDouble(), Math.min(cap.getAsDouble(), sum));
    }
    boolean oldEnough = (long) day - facts.firstDay >= windowDays;
    return count == 0 && oldEnough ? points : 0;
  }

  /**
   * The first day after another on which, left alone, its points can be others. It may be early,
   * never late.
   */
  int nextChange(Facts facts, int day) {
    SignalFacts sent = facts.of(signal);
    int next = sent == null ? Days.NEVER : sent.nextChange(day, windowDays, 0);
    boolean young = absent && (long) day - facts.firstDay < windowDays;
    return young ? Math.min(next, Math.max(day + 1, facts.firstDay + windowDays)) : next;
  }
}
