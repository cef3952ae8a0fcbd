package keepwell.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.ClosedStores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database every second whether it is there, on a thread and a connection of its own, and
 * shuts the pool while it is not. An embedded database lives as long as this connection; one that
 * has closed itself, as it does at a write that fails, is opened again, and whoever is caught in
 * the one before is let go.
 */
final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Of the disk of an embedded database; it is refused to be written before it fails to be. */
  static final long ROOM_BYTES_MIN = 16 << 20;

  private final Connector connector;
  private final Optional<Path> file;
  private final ClosedStores stores = new ClosedStores();

  /** Two: who asks may be caught itself. */
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          work -> {
            Thread daemon = new Thread(work, "keepwell-pulse");
            daemon.setDaemon(true);
            return daemon;
          });

  private Optional<Connection> connection = Optional.empty();
  private volatile Optional<Housekeeping> housekeeping = Optional.empty();

  /** Makes a connection that waits for no answer longer than a few seconds. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * @param file of an embedded database; empty for any other
   */
  Pulse(Connector connector, Optional<Path> file) throws SQLException {
    this.connector = connector;
    this.file = file;
    connect();
  }

  /** Begins to ask. */
  void watch(Pool pool) {
    everyInterval(() -> beat(pool)); // it catches what may go wrong
    if (file.isPresent()) {
      everyInterval(stores::letGo);
    }
  }

  private void everyInterval(Runnable work) {
    var unused =
        threads.scheduleWithFixedDelay(
            work, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat(Pool pool) {
    try {
      if (file.isPresent() && EmbeddedFile.roomBytes(file.get()) < ROOM_BYTES_MIN) {
        throw new SQLTransientException("there is no room left on its disk");
      }
      ask();
      if (pool.isShut()) {
        pool.open();
        LOG.atInfo().log("Database answers again");
      }
    } catch (SQLException | RuntimeException e) {
      if (!pool.isShut()) {
        pool.shut();
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Database does not answer");
      }
    }
  }

  private void ask() throws SQLException {
    if (connection.isEmpty()) {
      connect();
    }
    try (Statement statement = connection.orElseThrow().createStatement()) {
      statement.execute("SELECT 1 FROM \"installation\""); // whether it is there, and still ours
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private void connect() throws SQLException {
    Connection fresh = connector.connect();
    connection = Optional.of(fresh);
    if (file.isPresent()) {
      stores.watch(EmbeddedFile.store(fresh).getMvStore());
      EmbeddedFile.finishCommits(fresh);
      housekeeping = Optional.of(Housekeeping.of(fresh, Housekeeping.RETENTION));
    }
  }

  /**
   * Makes the file of an embedded database forget what is in use no more.
   *
   * @return failed if it is not open just now
   */
  CompletionStage<Void> forget() {
    return housekeeping
        .map(Housekeeping::forget)
        .orElseGet(() -> CompletableFuture.failedFuture(new SQLTransientException("not open now")));
  }

  private void disconnect() {
    housekeeping.ifPresent(Housekeeping::close);
    housekeeping = Optional.empty();
    connection.ifPresent(Database::close);
    connection = Optional.empty();
  }

  /** Ends it; an embedded database that nobody else uses is closed. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(INTERVAL.toSeconds() * 10, TimeUnit.SECONDS)) {
        LOG.atWarn().log("Pulse does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disconnect();
  }
}
