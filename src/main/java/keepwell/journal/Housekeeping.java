package keepwell.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.mvstore.LostPages;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.UnusedBytes;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.tx.UnfinishedCommits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of an embedded H2 small while it is written, and blanks in it what must not be
 * found any more. H2's own thread for the former does not run where every commit is written at
 * once, and each commit leaves some kilobytes behind that are in use no more.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /**
   * How long what is in use no more is kept all the same, for a file that the operating system
   * wrote in part.
   */
  static final Duration RETENTION = Duration.ofSeconds(5);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Duration SEARCH_INTERVAL = Duration.ofMinutes(1);

  /** In percent of the file; a higher one costs more writing than it saves room. */
  private static final int FILL_RATE = 60;

  /** How much may be written again each time. */
  private static final int REWRITTEN_BYTES_MAX = 32 << 20;

  /**
   * And at once: who commits waits meanwhile. What is emptiest is taken first, so less at a time is
   * also less in all.
   */
  private static final int STEP_BYTES = 1 << 20;

  private final MVStore store;
  private final TransactionStore transactions;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "keepwell-housekeeping");
            daemon.setDaemon(true);
            return daemon;
          });

  /** A pass that has not begun yet, and will do for all who ask until then; or null. */
  private CompletableFuture<Void> nextPass;

  private Housekeeping(Store database) {
    this.store = database.getMvStore();
    this.transactions = database.getTransactionStore();
  }

  /** Begins to keep house for the database of a connection to an embedded H2. */
  static Housekeeping of(Connection connection, Duration retention) throws SQLException {
    Housekeeping housekeeping = new Housekeeping(EmbeddedFile.store(connection));
    housekeeping.store.setRetentionTime((int) retention.toMillis());
    housekeeping.repeat(housekeeping::compact, INTERVAL);
    housekeeping.repeat(housekeeping::release, SEARCH_INTERVAL);
    housekeeping.thread.execute(housekeeping::blank); // what a killed process left undone
    return housekeeping;
  }

  private void repeat(Runnable work, Duration interval) {
    var unused = // the work catches what may go wrong
        thread.scheduleWithFixedDelay(
            work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void compact() {
    try {
      long room = EmbeddedFile.roomBytes(Path.of(store.getFileStore().getFileName()));
      long left = Math.min(REWRITTEN_BYTES_MAX, room / 2);
      long start = System.nanoTime();
      while (left > 0 && store.compact(FILL_RATE, (int) Math.min(left, STEP_BYTES))) {
        left -= STEP_BYTES;
        LockSupport.parkNanos(System.nanoTime() - start); // others have as much time as this
        start = System.nanoTime();
      }
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Database file not compacted");
    }
  }

  /** Else the chunks that they are in would stay, and compacting would go on for ever. */
  private void release() {
    try {
      LostPages.release(store);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Lost pages not searched for");
    }
  }

  /**
   * Begins to blank what was removed or replaced by commits before the call.
   *
   * @return done when the file holds nothing of it
   */
  synchronized CompletionStage<Void> forget() {
    if (nextPass == null) {
      nextPass = CompletableFuture.runAsync(this::blank, thread);
    }
    return nextPass;
  }

  private void blank() {
    synchronized (this) {
      nextPass = null;
    }
    try {
      UnfinishedCommits.await(transactions);
      LostPages.release(store);
      UnusedBytes.blank(store);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("Database file may hold what was erased");
      throw e;
    }
  }

  /** Ends it; waits for what is under way. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(INTERVAL.toSeconds() * 10, TimeUnit.SECONDS)) {
        LOG.atWarn().log("Housekeeping does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
