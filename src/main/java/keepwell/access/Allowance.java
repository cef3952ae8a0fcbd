package keepwell.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * So many requests a second, all of them at once if need be (the generic cell rate algorithm, as of
 * ITU-T I.371): a request that is granted moves a moment on by its share of a second, and is
 * refused if that would be more than a second ahead.
 */
public final class Allowance {
  private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

  private final int perSecondMax;
  private final LongSupplier nanoTime;

  /** When all that was granted is made up for. */
  private final AtomicLong even;

  /**
   * What became of a request.
   *
   * @param perSecondMax how many there may be
   * @param left how many more would be granted now
   */
  public record Use(boolean granted, int perSecondMax, long left) {}

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  Allowance(int perSecondMax, LongSupplier nanoTime) {
    this.perSecondMax = perSecondMax;
    this.nanoTime = nanoTime;
    this.even = new AtomicLong(nanoTime.getAsLong());
  }

  Use use() {
    long share = WINDOW_NANOS / perSecondMax;
    while (true) {
      long now = nanoTime.getAsLong();
      long before = even.get();
      long after = (before - now > 0 ? before : now) + share;
      if (after - now > WINDOW_NANOS) {
        return new Use(false, perSecondMax, 0);
      }
      if (even.compareAndSet(before, after)) {
        return new Use(true, perSecondMax, (WINDOW_NANOS - (after - now)) / share);
      }
    }
  }
}
