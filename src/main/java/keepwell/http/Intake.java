package keepwell.http;

import java.util.concurrent.atomic.AtomicLong;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;

/**
 * The memory that all requests of a node take until they are answered: the bodies that are read as
 * a whole, and the records that are on their way to their accounts.
 */
final class Intake {
  /** About what a record takes, from when it is read until its event is stored. */
  static final int RECORD_BYTES = 600;

  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  Intake(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  Share share() {
    return new Share();
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
