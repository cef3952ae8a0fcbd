package keepwell.comparison;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How late somebody is told of each tier change, each being told once. */
final class Lateness {
  /** Whatever is later counts as so late. */
  private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final Moods moods;
  private final Histogram latencies = new ConcurrentHistogram(NANOS_MAX, 3);
  private final AtomicIntegerArray seenOf = new AtomicIntegerArray(Moods.accounts());
  private final AtomicInteger seen = new AtomicInteger();

  Lateness(String name, Moods moods) {
    this.name = name;
    this.moods = moods;
  }

  /**
   * Notes that a change is told just now.
   *
   * @param json that tells it
   */
  void note(String json) {
    long now = System.nanoTime();
    int account = Moods.account(json);
    long at = moods.answeredAt(account, seenOf.getAndIncrement(account));
    long late = at == 0 ? 0 : Math.max(0, now - at); // told before it was answered
    latencies.recordValue(Math.min(late, NANOS_MAX));
    seen.incrementAndGet();
  }

  String name() {
    return name;
  }

  /** How many tier changes were told. */
  int seen() {
    return seen.get();
  }

  /** In nanoseconds, from when a signal was answered. */
  Histogram latencies() {
    return latencies;
  }
}
