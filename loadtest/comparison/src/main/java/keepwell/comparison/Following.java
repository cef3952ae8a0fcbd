package keepwell.comparison;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.japi.function.Function;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.jdbc.JdbcSession;
import akka.projection.jdbc.javadsl.JdbcHandler;
import akka.projection.jdbc.javadsl.JdbcProjection;
import akka.serialization.SerializationExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.TaggedEvents;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from a signal's acknowledgement to a handler of tagged events that sees each
 * exactly once. A signal's value is its number.
 */
final class Following implements AutoCloseable {
  private static final Duration ROLLED_BACK_EVERY = Duration.ofMillis(200);
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Database database;
  private final AtomicLongArray acknowledged;
  private final AtomicLong seen = new AtomicLong();
  private volatile long since = Long.MAX_VALUE;
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final ActorRef<ProjectionBehavior.Command> projection;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  Following(ActorSystem<?> system, Database database, String name, int signals, boolean rollBack)
      throws Exception {
    this.database = database;
    this.acknowledged = new AtomicLongArray(signals);
    JdbcProjection.createTablesIfNotExists(() -> Session.begin(database), system)
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    TaggedEvents events =
        new TaggedEvents(
            database,
            new JournalFollower(database, SerializationExtension.get(Adapter.toClassic(system))),
            Tagging.TAG,
            system.dispatchers().lookup(DispatcherSelector.blocking()));
    this.projection =
        system.systemActorOf(
            ProjectionBehavior.create(
                JdbcProjection.exactlyOnce(
                    ProjectionId.of(name, Tagging.TAG),
                    events,
                    () -> Session.begin(database),
                    Noting::new,
                    system)),
            name,
            Props.empty());
    awaitQuiet();
    since = System.currentTimeMillis();
    if (rollBack) {
      var unused =
          thread.scheduleAtFixedRate(
              this::rollBack, 0, ROLLED_BACK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Until what was tagged before has been seen. */
  private void awaitQuiet() throws InterruptedException {
    long before;
    do {
      before = seen.get();
      Thread.sleep(QUIET.toMillis());
    } while (seen.get() > before);
  }

  private record Session(Connection connection) implements JdbcSession {
    static Session begin(Database database) {
      try {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return new Session(connection);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public <T> T withConnection(Function<Connection, T> work) throws Exception {
      return work.apply(connection);
    }

    @Override
    public void commit() throws SQLException {
      connection.commit();
    }

    @Override
    public void rollback() throws SQLException {
      connection.rollback();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private final class Noting extends JdbcHandler<List<Entry>, Session> {
    @Override
    public void process(Session session, List<Entry> entries) {
      long now = System.nanoTime();
      for (Entry entry : entries) {
        seen.incrementAndGet();
        if (entry.writtenAt() >= since && entry.event() instanceof SignalsRecorded recorded) {
          recorded.signals().forEach(signal -> note(signal, now));
        }
      }
    }

    private void note(Signal signal, long now) {
      long at = acknowledged.get((int) signal.value());
      latencies.recordValue(at == 0 ? 0 : Math.max(0, now - at)); // seen before it was answered
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
    projection.tell(ProjectionBehavior.stopMessage());
  }
}
