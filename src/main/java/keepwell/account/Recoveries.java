package keepwell.account;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * The accounts of a node that are being read from the journal. While the first of them has been
 * waiting too long not many more are let in: they would still be read when nobody waits for them
 * any more, and keep others from being served.
 */
final class Recoveries {
  static final Duration WAIT_MAX = Duration.ofMillis(500);

  /** At once: a burst is in before the first of them could wait too long. */
  static final int MAX = 1000;

  /** Always: so few are soon read, even by a node that has just started and does all slowly. */
  static final int FREE = 50;

  private final LongSupplier nanos;

  /** When each began; they end nearly in this order. */
  private final Queue<Long> begun = new ArrayDeque<>();

  Recoveries(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Lets one more in, or not. */
  synchronized boolean begin() {
    long now = nanos.getAsLong();
    boolean late = !begun.isEmpty() && now - begun.peek() > WAIT_MAX.toNanos();
    if (begun.size() >= (late ? FREE : MAX)) {
      return false;
    }
    begun.add(now);
    return true;
  }

  /** One of them is there, or never will be. */
  synchronized void end() {
    begun.remove();
  }
}
