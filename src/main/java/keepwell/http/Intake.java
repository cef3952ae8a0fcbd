package keepwell.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.journal.Refusals;

/**
 * The memory that all requests of a node take until they are answered: the bodies that are read as
 * a whole, and the records that are on their way to their accounts.
 */
final class Intake {
  /** About what a record takes, from when it is read until its event is stored. */
  static final int RECORD_BYTES = 600;

  /**
   * Of a stream that are handed on together. With so many of ten thousand accounts each of these
   * has two, and they become one event.
   */
  private static final int GROUP_MAX = 20_000;

  /** How many streams have room with two groups: one is gathered while the other is stored. */
  private static final int STREAMS_MIN = 16;

  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();
  private final Refusals refusals = new Refusals("memory");

  Intake(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  Share share() {
    return new Share();
  }

  void measure(MeterRegistry meters) {
    Gauge.builder("keepwell.http.intake", bytes::get)
        .baseUnit("bytes")
        .description("Memory that requests take until they are answered")
        .register(meters);
    refusals.measure(meters);
  }

  /** How many records of a stream are handed on together at most. */
  int groupMax() {
    long fair = bytesMax / STREAMS_MIN / 2 / RECORD_BYTES;
    return (int) Math.max(1, Math.min(fair, GROUP_MAX));
  }

  /** What one request takes of it; all is given back when it is closed. */
  final class Share implements AutoCloseable {
    private final AtomicLong mine = new AtomicLong();

    /** Takes more, if there is so much. */
    boolean take(long more) {
      mine.addAndGet(more);
      if (bytes.addAndGet(more) <= bytesMax) {
        return true;
      }
      give(more);
      refusals.add();
      return false;
    }

    /**
     * Takes more.
     *
     * @throws Problem.Raised if there is not so much
     */
    void require(long more) {
      if (!take(more)) {
        throw new Problem.Raised(Problem.of(Refusal.of(Code.BUSY)));
      }
    }

    void give(long back) {
      mine.addAndGet(-back);
      bytes.addAndGet(-back);
    }

    @Override
    public void close() {
      give(mine.get());
    }
  }
}
