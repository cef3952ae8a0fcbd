package keepwell.comparison;

import akka.serialization.Serialization;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.Projection;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from a signal's acknowledgement to a handler of tagged events that sees each
 * exactly once. A signal's value is its number.
 */
final class Following implements AutoCloseable {
  private static final Duration ROLLED_BACK_EVERY = Duration.ofMillis(200);
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(5);

  private final Database database;
  private final AtomicLongArray acknowledged;
  private volatile long since = Long.MAX_VALUE;
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Projection projection;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param name of no projection that there ever was
   */
  Following(
      Serialization serialization, Database database, String name, int signals, boolean rollBack)
      throws SQLException {
    this.database = database;
    this.acknowledged = new AtomicLongArray(signals);
    begin(name);
    this.projection =
        Projection.start(
            database,
            new JournalFollower(database, serialization),
            name,
            Tagging.TAG,
            new Noting());
    if (!projection.awaitCaughtUp(CATCH_UP_MAX)) { // with what was tagged before
      throw new IllegalStateException("the projection does not catch up");
    }
    since = System.currentTimeMillis();
    if (rollBack) {
      var unused =
          thread.scheduleAtFixedRate(
              this::rollBack, 0, ROLLED_BACK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void begin(String name) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO \"projection\" VALUES (?, 0)")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
  }

  private final class Noting implements Projection.Handler {
    @Override
    public void handle(Connection connection, List<Entry> entries) {
      long now = System.nanoTime();
      for (Entry entry : entries) {
        if (entry.writtenAt() >= since && entry.event() instanceof SignalsRecorded recorded) {
          recorded.signals().forEach(signal -> note(signal, now));
        }
      }
    }

    private void note(Signal signal, long now) {
      long at = acknowledged.get((int) signal.value());
      latencies.recordValue(at == 0 ? 0 : Math.max(0, now - at)); // seen before it was answered
    }

    @Override
    public void committed() {
      // The latency is up to the handler.
    }
  }

  void acknowledged(int number) {
    acknowledged.set(number, System.nanoTime());
  }

  Histogram latencies() {
    return latencies;
  }

  /** A write that fails after it was given an ordering. */
  private void rollBack() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
            "event_ser_id", "event_ser_manifest", "event_payload")
          VALUES ('rolled-back', 1, '', 0, '', '')
          """);
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    projection.close();
  }
}
