package keepwell.health;

import java.time.Instant;

/**
 * One observation of an account, as its source reported it. Who did it, on what, and the source's
 * own id are kept as keyed 64-bit hashes only, 0 where absent: they are compared and counted, never
 * shown.
 *
 * @param key what was observed, e.g. {@code login}; 1 to 100 code points
 * @param value a finite number, |value| ≤ 1e15; a date counts as its epoch day
 * @param at when it happened, to the millisecond
 * @param user who, hashed
 * @param item on what (a feature, a page, a course), hashed
 * @param id the source's own identifier, hashed, so that a redelivery can be known again
 */
public record Signal(String key, double value, Instant at, long user, long item, long id) {

  /** Longest key, in code points. */
  public static final int KEY_LENGTH_MAX = 100;

  /** Greatest magnitude of a value. */
  public static final double VALUE_MAX = 1e15;

  public Signal {
    if (!(Math.abs(value) <= VALUE_MAX)) {
      throw new IllegalArgumentException("value is not a finite number of at most 1e15");
    }
    value += 0.0; // no negative zero: it would tell apart values that are equal
  }
}
