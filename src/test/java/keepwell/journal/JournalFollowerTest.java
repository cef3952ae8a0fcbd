package keepwell.journal;

import static keepwell.journal.JournalFollower.haveEnded;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent.AccountOpened;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalFollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SLOW_WRITERS = 3;
  private static final int QUICK_WRITERS = 5;
  private static final int SLOW_TRANSACTIONS = 100;

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  /** Reads everything up to the horizon, a few events at a time. */
  private static final class Reader {
    private final JournalFollower follower;
    private final List<String> read = new ArrayList<>();
    private long last;

    Reader(Database database) {
      this.follower = journal.follower(database);
    }

    boolean readOn(Connection connection, Duration patience) throws SQLException {
      OptionalLong horizon = follower.horizon(connection, patience);
      while (horizon.isPresent() && last < horizon.getAsLong()) {
        last =
            follower.read(
                connection,
                last,
                horizon.getAsLong(),
                7,
                entry -> read.add(((AccountOpened) entry.event()).account()));
        connection.commit();
      }
      connection.commit();
      return horizon.isPresent();
    }
  }

  private static Connection transaction(Database database) throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7/30", "5/12 7/30", "55/0", "55/11"})
  void a_writer_has_ended_where_others_hold_the_lock(String now) {
    assertThat(haveEnded(Set.of("5/11", "6/20"), Set.of(now.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5/11", "5/11 6/20", "7/30 6/20", "5/0", "7/30 6/0"})
  void a_writer_has_not_ended_where_it_holds_the_lock_or_is_about_to_give_it_back(String now) {
    assertThat(haveEnded(Set.of("5/11", "6/20"), Set.of(now.split(" ")))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void an_empty_journal_has_no_event_and_hides_none_that_comes(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = transaction(database)) {
      Reader reader = new Reader(database);
      assertThat(reader.follower.horizon(connection, PATIENCE)).hasValue(0);
      journal.append(database, new AccountOpened("first"));
      reader.readOn(connection, PATIENCE);
      assertThat(reader.read).containsExactly("first");
    }
  }

  @Test
  void an_event_that_is_not_committed_yet_holds_up_those_after_it() throws SQLException {
    try (Database database = TestDatabase.POSTGRESQL.open(data);
        Connection connection = transaction(database);
        Connection slow = transaction(database)) {
      Reader reader = new Reader(database);
      journal.append(database, new AccountOpened("before"));
      reader.readOn(connection, PATIENCE);
      journal.insert(slow, new AccountOpened("slow"));
      journal.append(database, new AccountOpened("after"));

      assertThat(reader.readOn(connection, Duration.ZERO)).isFalse();
      assertThat(reader.read).containsExactly("before");
      slow.commit();
      assertThat(reader.readOn(connection, Duration.ZERO)).isTrue();
      assertThat(reader.read).containsExactly("before", "slow", "after");
    }
  }

  @Test
  void an_event_that_is_rolled_back_is_passed_over_at_once() throws SQLException {
    try (Database database = TestDatabase.POSTGRESQL.open(data);
        Connection connection = transaction(database);
        Connection failing = transaction(database)) {
      Reader reader = new Reader(database);
      journal.insert(failing, new AccountOpened("never"));
      journal.append(database, new AccountOpened("after"));
      failing.rollback();
      assertThat(reader.readOn(connection, Duration.ZERO)).isTrue();
      assertThat(reader.read).containsExactly("after");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_committed_by_many_slow_and_failing_writers_is_read_exactly_once(
      TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = transaction(database)) {
      Writers writers = new Writers(database);
      Reader reader = new Reader(database);
      CompletableFuture<?> written = writers.start();
      while (!written.isDone()) {
        reader.readOn(connection, PATIENCE);
      }
      written.join();
      reader.readOn(connection, PATIENCE);
      assertThat(reader.read).hasSizeGreaterThan(SLOW_WRITERS * SLOW_TRANSACTIONS / 2);
      assertThat(reader.read).doesNotHaveDuplicates();
      assertThat(reader.read).containsExactlyInAnyOrderElementsOf(writers.committed);
    }
  }

  /**
   * Slow ones, each of which ends its transactions only after quick ones have committed what they
   * began later. Every fifth transaction is rolled back. On an embedded database one writes at a
   * time.
   */
  private static final class Writers {
    private final Database database;
    private final ReentrantLock only = new ReentrantLock();
    private final Queue<String> committed = new ConcurrentLinkedQueue<>();
    private final Phaser commits = new Phaser(1); // a phase each
    private final AtomicBoolean ending = new AtomicBoolean();

    Writers(Database database) {
      this.database = database;
    }

    CompletableFuture<?> start() {
      ExecutorService threads = Executors.newFixedThreadPool(SLOW_WRITERS + QUICK_WRITERS);
      CompletableFuture<?> slow =
          all(IntStream.range(0, SLOW_WRITERS).mapToObj(i -> run(() -> slow(i), threads)).toList())
              .whenComplete((done, failure) -> ending.set(true));
      CompletableFuture<?> quick =
          all(
              IntStream.range(0, QUICK_WRITERS)
                  .mapToObj(i -> run(() -> quick(i), threads))
                  .toList());
      return CompletableFuture.allOf(slow, quick)
          .whenComplete((done, failure) -> threads.shutdown());
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> some) {
      return CompletableFuture.allOf(some.toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> run(Work work, ExecutorService threads) {
      return CompletableFuture.runAsync(
          () -> {
            try {
              work.run();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          },
          threads);
    }

    private interface Work {
      void run() throws SQLException;
    }

    private void slow(int writer) throws SQLException {
      Random random = new Random(writer);
      try (Connection connection = transaction(database)) {
        for (int i = 0; i < SLOW_TRANSACTIONS; i++) {
          int others = random.nextInt(10);
          write(connection, "slow-%d-%d".formatted(writer, i), random, others);
        }
      }
    }

    private void quick(int writer) throws SQLException {
      Random random = new Random(100 + writer);
      try (Connection connection = transaction(database)) {
        for (int i = 0; !ending.get(); i++) {
          write(connection, "quick-%d-%d".formatted(writer, i), random, 0);
        }
      }
    }

    /**
     * @param others how many commits of others to wait for before the own
     */
    private void write(Connection connection, String name, Random random, int others)
        throws SQLException {
      if (database.embedded()) {
        only.lock();
      }
      try {
        journal.insert(connection, new AccountOpened(name));
        for (int i = 0; i < others && !database.embedded(); i++) {
          commits.awaitAdvance(commits.getPhase());
        }
        if (random.nextInt(5) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          committed.add(name);
          synchronized (commits) { // each is the one party, so they arrive one by one
            commits.arrive();
          }
        }
      } finally {
        if (database.embedded()) {
          only.unlock();
        }
      }
    }
  }
}
