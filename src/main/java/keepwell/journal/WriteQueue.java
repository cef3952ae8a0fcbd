package keepwell.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written to the journal, and whether more may. Whoever is about to store events
 * asks it first: an overflow of the journal's own queue would fail all that is in it.
 */
public final class WriteQueue {
  private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

  /** Far below the journal's {@code bufferSize}: those that were let in are not all counted yet. */
  static final int ROWS_MAX = 50_000;

  /** Of payloads; the driver makes copies of them. */
  static final long BYTES_MAX = 32 << 20;

  /** How long a write may wait until it is begun: a database that is slow gets less to do. */
  static final Duration WAIT_MAX = Duration.ofSeconds(2);

  /** After a write that failed, one at a time is tried again. */
  static final Duration TRIAL_INTERVAL = Duration.ofSeconds(1);

  /** How long a failed write tells that the next would fail too. */
  private static final Duration FAILING = TRIAL_INTERVAL.multipliedBy(5);

  private final LongSupplier nanos;
  private final Deque<Write> notBegun = new ArrayDeque<>();
  private int rows;
  private long bytes;
  private boolean failing;
  private long triedAt;

  /** Some rows of one account, from when they are queued until they are stored or have failed. */
  static final class Write {
    private final int rows;
    private final long bytes;
    private final long since;
    private boolean done;

    private Write(int rows, long bytes, long since) {
      this.rows = rows;
      this.bytes = bytes;
      this.since = since;
    }
  }

  WriteQueue(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized Write queued(int rows, long bytes) {
    Write write = new Write(rows, bytes, nanos.getAsLong());
    notBegun.add(write);
    this.rows += rows;
    this.bytes += bytes;
    return write;
  }

  /** So many rows of those that were queued first are being written. */
  synchronized void begun(int rows) {
    for (int left = rows; left > 0 && !notBegun.isEmpty(); ) {
      Write write = notBegun.remove();
      left -= write.done ? 0 : write.rows;
    }
  }

  synchronized void stored(Write write) {
    end(write);
    if (failing) {
      LOG.atInfo().log("Journal is written again");
    }
    failing = false;
  }

  synchronized void failed(Write write, Throwable cause) {
    end(write);
    if (isConflict(cause)) {
      return; // the fault of one write, not of the database
    }
    if (!failing) {
      LOG.atWarn().addKeyValue("problem", problem(cause)).log("Journal cannot be written");
    }
    failing = true;
    triedAt = nanos.getAsLong();
  }

  private void end(Write write) {
    write.done = true;
    rows -= write.rows;
    bytes -= write.bytes;
  }

  private static boolean isConflict(Throwable cause) {
    return cause instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith("23");
  }

  /** What the database says: the message of a batch would tell what was to be written. */
  private static String problem(Throwable cause) {
    return cause instanceof SQLException sql && sql.getNextException() != null
        ? problem(sql.getNextException())
        : cause.getMessage();
  }

  /** Why no more may be written now; empty if it may. Of several who ask, one may try for all. */
  public synchronized Optional<Refusal> refusal() {
    long now = nanos.getAsLong();
    if (failing) {
      if (now - triedAt < TRIAL_INTERVAL.toNanos()) {
        return Optional.of(Refusal.of(Code.UNAVAILABLE));
      }
      triedAt = now;
    }
    while (!notBegun.isEmpty() && notBegun.peek().done) {
      notBegun.remove();
    }
    boolean late = !notBegun.isEmpty() && now - notBegun.peek().since > WAIT_MAX.toNanos();
    return late || rows >= ROWS_MAX || bytes >= BYTES_MAX
        ? Optional.of(Refusal.of(Code.BUSY))
        : Optional.empty();
  }

  /** Whether writes have failed lately, and none has succeeded since. */
  public synchronized boolean failing() {
    return failing && nanos.getAsLong() - triedAt < FAILING.toNanos();
  }
}
