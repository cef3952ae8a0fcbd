package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.japi.function.Function;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.jdbc.JdbcSession;
import akka.projection.jdbc.javadsl.JdbcHandler;
import akka.projection.jdbc.javadsl.JdbcProjection;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.journal.JournalFollower.Entry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that must see every tagged event exactly once, whatever happens around it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TaggedEventsTest {
  private static final String TAG = "opened";
  private static final int QUICK_WRITERS = 6;
  private static final int QUICK_WRITES = 150;
  private static final int SLOW_WRITERS = 3;
  private static final int SLOW_TRANSACTIONS = 25;
  private static final int RESTART_EVERY = 4;

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(QUICK_WRITERS + SLOW_WRITERS);

  /** Who was acknowledged. */
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  /** What the handler saw, committed or not. */
  private final AtomicInteger seen = new AtomicInteger();

  private final AtomicInteger looks = new AtomicInteger();

  private static Config config(TestDatabase kind) {
    String dialect = kind == TestDatabase.EMBEDDED ? "h2-dialect" : "postgres-dialect";
    return ConfigFactory.parseString(
            """
            akka.actor.provider = local
            akka.projection {
              restart-backoff { min-backoff = 10 ms, max-backoff = 50 ms }
              jdbc {
                dialect = %s
                blocking-jdbc-dispatcher.thread-pool-executor.fixed-pool-size = 2
              }
            }
            """
                .formatted(dialect))
        .withFallback(ConfigFactory.load());
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

  /** Notes what it sees in the transaction of the offset, and now and then fails after that. */
  private final class Noting extends JdbcHandler<List<Entry>, Session> {
    @Override
    public void process(Session session, List<Entry> entries) throws Exception {
      session.withConnection(
          connection -> {
            try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO noted (name) VALUES (?)")) {
              for (Entry entry : entries) {
                insert.setString(1, ((AccountOpened) entry.event()).account());
                insert.executeUpdate();
              }
              return entries.size();
            }
          });
      seen.addAndGet(entries.size());
      if (looks.getAndIncrement() % RESTART_EVERY == 0) { // the first, as there may be few
        throw new IllegalStateException("as it happens");
      }
    }
  }

  private static List<String> noted(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM noted ORDER BY id")) {
      List<String> noted = new ArrayList<>();
      while (rows.next()) {
        noted.add(rows.getString(1));
      }
      return noted;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_committed_is_handled_exactly_once_and_in_the_order_of_its_account(
      TestDatabase kind) throws Exception {
    ActorTestKit kit = ActorTestKit.create(config(kind));
    try (Database database = kind.open(data)) {
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE noted (id BIGINT GENERATED BY DEFAULT AS IDENTITY, name VARCHAR(100))");
      }
      JdbcProjection.createTablesIfNotExists(() -> Session.begin(database), kit.system())
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      CompletableFuture<Void> written = write(database, kind);
      for (int run = 0; !written.isDone(); run++) {
        int before = seen.get();
        ActorRef<ProjectionBehavior.Command> projection = started(kit, database, "run-" + run);
        Awaitility.await().until(() -> written.isDone() || seen.get() >= before + 100);
        projection.tell(ProjectionBehavior.stopMessage());
        kit.createTestProbe().expectTerminated(projection, Duration.ofSeconds(30));
      }
      written.join();
      started(kit, database, "last");
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> noted(database).size() >= acknowledged.size());
      List<String> noted = noted(database);
      assertThat(noted).hasSizeGreaterThan(QUICK_WRITERS * QUICK_WRITES / 4);
      assertThat(noted).containsExactlyInAnyOrderElementsOf(acknowledged);
      for (String account : noted.stream().map(TaggedEventsTest::account).distinct().toList()) {
        assertThat(noted.stream().filter(name -> account(name).equals(account)))
            .isSortedAccordingTo(
                (one, other) -> Integer.compare(sequenceNumber(one), sequenceNumber(other)));
      }
      assertThat(seen.get()).isGreaterThan(noted.size()); // it did fail
    } finally {
      kit.shutdownTestKit();
      threads.shutdown();
    }
  }

  private static String account(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private static int sequenceNumber(String name) {
    return Integer.parseInt(name.substring(name.indexOf('/') + 1));
  }

  private ActorRef<ProjectionBehavior.Command> started(
      ActorTestKit kit, Database database, String name) {
    TaggedEvents source =
        new TaggedEvents(
            database,
            journal.follower(database),
            TAG,
            kit.system().dispatchers().lookup(DispatcherSelector.blocking()));
    return kit.spawn(
        ProjectionBehavior.create(
            JdbcProjection.exactlyOnce(
                ProjectionId.of("noted", TAG),
                source,
                () -> Session.begin(database),
                Noting::new,
                kit.system())),
        name);
  }

  private CompletableFuture<Void> write(Database database, TestDatabase kind) {
    Stream<CompletableFuture<Void>> quick =
        IntStream.range(0, QUICK_WRITERS).mapToObj(i -> run(writer -> quick(database, writer), i));
    Stream<CompletableFuture<Void>> slow =
        kind == TestDatabase.EMBEDDED
            ? Stream.empty() // it has one writer
            : IntStream.range(0, SLOW_WRITERS)
                .mapToObj(i -> run(writer -> slow(database, writer), i));
    return CompletableFuture.allOf(Stream.concat(quick, slow).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> run(IntConsumer work, int writer) {
    return CompletableFuture.runAsync(() -> work.accept(writer), threads);
  }

  /** Events of an account, each after the one before: some with the tag, some are refused. */
  private void quick(Database database, int writer) {
    Random random = new Random(writer);
    String account = "quick-" + writer;
    for (int i = 1; i <= QUICK_WRITES; i++) {
      String name = account + "/" + i;
      boolean tagged = random.nextInt(3) == 0;
      JournalRow event =
          tagged
              ? journal.row(account, i, new AccountOpened(name), TAG, "other")
              : journal.row(account, i, new AccountOpened(name), "other");
      if (JournalWriterTest.isStored(database.writes().add(List.of(event))) && tagged) {
        acknowledged.add(name);
      }
      if (random.nextInt(5) == 0) {
        JournalRow again = journal.row(account, i, new AccountOpened("twice"), TAG);
        assertThat(JournalWriterTest.isStored(database.writes().add(List.of(again)))).isFalse();
      }
    }
  }

  /** Transactions that others overtake; one in three is rolled back. */
  private void slow(Database database, int writer) {
    Random random = new Random(100 + writer);
    String account = "slow-" + writer;
    PostgresInsert insert = new PostgresInsert();
    for (int i = 1; i <= SLOW_TRANSACTIONS; i++) {
      String name = account + "/" + i;
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        insert.insert(connection, List.of(journal.row(account, i, new AccountOpened(name), TAG)));
        int others = acknowledged.size() + random.nextInt(4);
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> acknowledged.size() >= others || isOver());
        if (random.nextInt(3) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          acknowledged.add(name);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whether there may be nobody left who would overtake. */
  private boolean isOver() {
    return acknowledged.size() >= QUICK_WRITERS * QUICK_WRITES / 5;
  }
}
