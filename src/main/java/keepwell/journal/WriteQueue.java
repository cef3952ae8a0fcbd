package keepwell.journal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;
import scala.runtime.BoxedUnit;

/**
 * What waits to be written to the journal, and whether more may. Whoever is about to store events
 * asks it first, so that what waits is bounded; those who write take as much as has gathered.
 */
public final class WriteQueue {
  private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

  /** What waits or is being written. Those who were let in at once may be some more. */
  static final int ROWS_MAX = 50_000;

  /** Of payloads; the driver makes copies of them. */
  static final long BYTES_MAX = 32 << 20;

  /** How long a write may wait until it is begun: a database that is slow gets less to do. */
  static final Duration WAIT_MAX = Duration.ofSeconds(2);

  /** After a write that failed, one at a time is tried again. */
  static final Duration TRIAL_INTERVAL = Duration.ofSeconds(1);

  /** How many rows are taken at once; more if there are more in one write. */
  static final int TAKEN_ROWS_MAX = 1000;

  /** How long a failed write tells that the next would fail too. */
  private static final Duration FAILING = TRIAL_INTERVAL.multipliedBy(5);

  private final LongSupplier nanos;
  private final Deque<Write> waiting = new ArrayDeque<>();
  private int rows;
  private long bytes;
  private boolean failing;
  private long triedAt;
  private boolean closed;

  private final Refusals refusals = new Refusals("journal");
  private long storedRows;
  private long storedWrites;
  private long storedNanos;
  private long failedWrites;

  /** Some rows of one account that are stored together or not at all. */
  static final class Write {
    private final List<JournalRow> rows;
    private final long bytes;
    private final long since;
    private final Promise<BoxedUnit> stored = Promise$.MODULE$.apply();

    private Write(List<JournalRow> rows, long since) {
      this.rows = rows;
      this.bytes = rows.stream().mapToLong(JournalRow::bytes).sum();
      this.since = since;
    }

    List<JournalRow> rows() {
      return rows;
    }

    /** Done once they are stored. */
    Future<BoxedUnit> stored() {
      return stored.future();
    }
  }

  WriteQueue(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Adds some rows of one account; they are refused only when the queue is closed. */
  Write add(List<JournalRow> rows) {
    Write write = new Write(rows, nanos.getAsLong());
    if (!added(write)) {
      write.stored.failure(new IllegalStateException("the journal is closed"));
    }
    return write;
  }

  private synchronized boolean added(Write write) {
    if (closed) {
      return false;
    }
    waiting.add(write);
    rows += write.rows.size();
    bytes += write.bytes;
    notify(); // one thread: the others find what it leaves
    return true;
  }

  /**
   * Takes what has gathered, in its order, or waits for the first to come.
   *
   * @return none when the queue is closed, and all that was in it is taken
   */
  synchronized List<Write> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    List<Write> taken = new ArrayList<>();
    for (int count = 0; !waiting.isEmpty() && count < TAKEN_ROWS_MAX; ) {
      Write write = waiting.remove();
      count += write.rows.size();
      taken.add(write);
    }
    if (!waiting.isEmpty()) {
      notify();
    }
    return taken;
  }

  /** They are stored. */
  void stored(List<Write> writes) {
    end(writes);
    for (Write write : writes) {
      write.stored.success(BoxedUnit.UNIT);
    }
  }

  private synchronized void end(List<Write> writes) {
    leave(writes);
    long now = nanos.getAsLong();
    for (Write write : writes) {
      storedRows += write.rows.size();
      storedNanos += now - write.since;
    }
    storedWrites += writes.size();
    if (failing) {
      LOG.atInfo().log("Journal is written again");
    }
    failing = false;
  }

  private void leave(List<Write> writes) {
    for (Write write : writes) {
      rows -= write.rows.size();
      bytes -= write.bytes;
    }
  }

  /** One could not be stored by its own fault. */
  void refused(Write write, Throwable cause) {
    synchronized (this) {
      leave(List.of(write));
      failedWrites++;
    }
    write.stored.failure(cause);
  }

  /** They may be stored or not, by no fault of theirs. */
  void failed(List<Write> writes, Throwable cause) {
    synchronized (this) {
      leave(writes);
      failedWrites += writes.size();
      if (!failing) {
        LOG.atWarn().addKeyValue("problem", problem(cause)).log("Journal cannot be written");
      }
      failing = true;
      triedAt = nanos.getAsLong();
    }
    writes.forEach(write -> write.stored.failure(cause));
  }

  /** What the database says: the message of a batch would tell what was to be written. */
  static String problem(Throwable cause) {
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
    boolean late = !waiting.isEmpty() && now - waiting.peek().since > WAIT_MAX.toNanos();
    if (late || rows >= ROWS_MAX || bytes >= BYTES_MAX) {
      refusals.add();
      return Optional.of(Refusal.of(Code.BUSY));
    }
    return Optional.empty();
  }

  /** Lets it be told what waits, and how long it took. */
  void measure(MeterRegistry meters) {
    Gauge.builder("keepwell.journal.waiting", () -> rows)
        .description("Events that wait to be stored, or are being stored")
        .register(meters);
    FunctionCounter.builder("keepwell.journal.events", this, queue -> queue.storedRows)
        .description("Events that were stored")
        .register(meters);
    FunctionCounter.builder("keepwell.journal.failures", this, queue -> queue.failedWrites)
        .description("Writes to the journal that failed; what was asked is answered 503")
        .register(meters);
    FunctionTimer.builder(
            "keepwell.journal.writes",
            this,
            queue -> queue.storedWrites,
            queue -> queue.storedNanos,
            TimeUnit.NANOSECONDS)
        .description("From when events of an account are handed in until they are stored")
        .register(meters);
    refusals.measure(meters);
  }

  /** Whether writes have failed lately, and none has succeeded since. */
  public synchronized boolean failing() {
    return failing && nanos.getAsLong() - triedAt < FAILING.toNanos();
  }

  /** Takes nothing more; what waits may still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
