package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.Erasure;
import keepwell.journal.JournalFollower;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.Offset;
import keepwell.portfolio.Catalogue.Lists;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalogue up to the journal: every event is counted exactly once, as what it adds and
 * how far the journal was read are committed together, with the latter locked. So are the events of
 * an account that was erased counted before they are overwritten.
 */
final class Cataloguing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cataloguing.class);
  private static final String CATALOGUE = "catalogue";
  private static final int EVENTS_PER_TRANSACTION = 500;

  private final Database database;
  private final JournalFollower journal;
  private final Erasure erasure;
  private final Lists lists;
  private final Days days;

  /** One at a time, so that those who wait for it do not empty the pool of connections. */
  private final Semaphore turn = new Semaphore(1, true);

  /** Done when the database's files have forgotten what was erased. */
  private volatile CompletableFuture<Void> forgotten = CompletableFuture.completedFuture(null);

  private boolean failing;
  private volatile boolean closed;

  Cataloguing(Database database, JournalFollower journal, Erasure erasure, Lists lists, Days days) {
    this.database = database;
    this.journal = journal;
    this.erasure = erasure;
    this.lists = lists;
    this.days = days;
  }

  /**
   * Reads on. What goes wrong is logged, once until it goes well again.
   *
   * @return whether everything acknowledged before this was called is in the catalogue; it may not
   *     be if the database fails or that takes longer than {@code patience}
   */
  boolean catchUp(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      boolean done = !closed && readOn(deadline);
      failing = false;
      return done;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        LOG.atWarn()
            .addKeyValue("problem", e.getMessage())
            .setCause(e instanceof SQLException ? null : e) // that of a database says all
            .log("Catalogue of signals falls behind");
      }
      failing = true;
      return false;
    } finally {
      turn.release();
    }
  }

  private boolean readOn(long deadline) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      OptionalLong horizon = journal.horizon(connection, left(deadline));
      if (horizon.isEmpty()) {
        return false;
      }
      while (!step(connection, horizon.getAsLong(), deadline)) {
        if (closed || System.nanoTime() >= deadline) {
          return false;
        }
      }
      erasure.sweep(connection);
      connection.commit();
      return true;
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /**
   * Reads on, and waits until nothing of the accounts that were erased is left.
   *
   * @return whether that is so; it may not be if it takes longer than {@code patience}
   */
  boolean finishErasures(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    if (!catchUp(patience)) {
      return false;
    }
    if (forgotten.isCompletedExceptionally()) {
      forgotten = database.forget().toCompletableFuture();
    }
    try {
      forgotten.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Reads some events, and says whether they were the last. */
  private boolean step(Connection connection, long horizon, long deadline) throws SQLException {
    long before = Offset.locked(connection, CATALOGUE);
    long after = before;
    boolean erased = false;
    if (before < horizon) {
      Sightings sightings = new Sightings(days);
      List<Entry> erasures = new ArrayList<>();
      after =
          journal.read(
              connection,
              before,
              horizon,
              EVENTS_PER_TRANSACTION,
              entry -> {
                sightings.add(entry.event());
                if (entry.event() instanceof AccountErased) {
                  erasures.add(entry);
                }
              });
      if (!erasures.isEmpty() && !lists.awaitCaughtUp(left(deadline))) {
        connection.rollback(); // the feed could not tell of an account that it has not read of
        return false;
      }
      sightings.write(connection);
      if (!erasures.isEmpty()) {
        database.snapshots().flush(); // one from before an erasure would be stored after it
      }
      for (Entry entry : erasures) {
        Instant at = ((AccountErased) entry.event()).at();
        erasure.erase(connection, entry.account(), entry.sequenceNumber(), at);
      }
      erased = !erasures.isEmpty();
      Offset.store(connection, CATALOGUE, after);
    }
    connection.commit();
    if (erased) {
      forgotten = database.forget().toCompletableFuture();
    }
    return after >= horizon;
  }

  /** Ends it for good; waits for the transaction that is under way. */
  @Override
  public void close() {
    closed = true;
    turn.acquireUninterruptibly();
    turn.release();
  }
}
