package keepwell.journal;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static keepwell.journal.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import keepwell.journal.WriteQueue.Write;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.util.Try;

/** Events as they are stored, on both databases. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalWriterTest {
  private static final int ACCOUNTS = 40;
  private static final int EVENTS = 50;

  /** As there are on PostgreSQL. */
  private static final int WRITERS = Database.WRITERS;

  @TempDir Path data;

  private static Try<?> done(Write write) {
    try {
      Await.ready(write.stored(), Duration.create(30, TimeUnit.SECONDS));
      return write.stored().value().get();
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isStored(Write write) {
    return done(write).isSuccess();
  }

  /** Holds up all writers while something is done, so that what is added meanwhile gathers. */
  private static void held(Database database, Runnable meanwhile) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "SET LOCAL idle_in_transaction_session_timeout = 0;"
              + " LOCK TABLE \"event_journal\" IN EXCLUSIVE MODE");
      for (int writer = 1; writer <= WRITERS; writer++) {
        database.writes().add(List.of(row("held", writer)));
        long waiting = writer;
        Awaitility.await().until(() -> whoWaits(statement) == waiting);
      }
      meanwhile.run();
      connection.rollback();
    }
  }

  private static long whoWaits(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"
                + " AND relation = '\"event_journal\"'::regclass")) {
      row.next();
      return row.getLong(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void many_writers_at_once_lose_nothing_and_keep_the_order_of_each(TestDatabase kind)
      throws SQLException {
    ExecutorService writers = Executors.newFixedThreadPool(ACCOUNTS);
    try (Database database = kind.open(data)) {
      CompletableFuture.allOf(
              IntStream.range(0, ACCOUNTS)
                  .mapToObj(
                      i -> CompletableFuture.runAsync(() -> write(database, "a" + i), writers))
                  .toArray(CompletableFuture[]::new))
          .join();
      Map<String, List<Long>> byAccount =
          Stored.in(database).stream()
              .collect(groupingBy(Stored::account, mapping(Stored::sequenceNumber, toList())));
      List<Long> all = IntStream.rangeClosed(1, EVENTS).mapToObj(Long::valueOf).toList();
      assertThat(byAccount).hasSize(ACCOUNTS);
      assertThat(byAccount.values()).allMatch(all::equals);
      assertThat(Stored.in(database))
          .filteredOn(event -> event.tags() != null)
          .hasSize(ACCOUNTS * EVENTS / 10)
          .allMatch(event -> event.tags().equals(event.account() + "-" + event.sequenceNumber()));
    } finally {
      writers.shutdown();
    }
  }

  /** Events of an account, one after the other, every tenth tagged by its own name. */
  private static void write(Database database, String account) {
    for (int i = 1; i <= EVENTS; i++) {
      JournalRow event = i % 10 == 0 ? row(account, i, account + "-" + i) : row(account, i);
      assertThat(isStored(database.writes().add(List.of(event)))).isTrue();
    }
  }

  @Test
  void of_all_that_is_in_a_commit_only_what_is_guilty_fails() throws SQLException {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      WriteQueue writes = database.writes();
      assertThat(isStored(writes.add(List.of(row("twin", 1), row("other-twin", 2))))).isTrue();
      List<Write> bystanders = new ArrayList<>();
      List<Write> guilty = new ArrayList<>();
      held(
          database,
          () -> {
            bystanders.addAll(written(writes, 0, 100));
            guilty.add(writes.add(List.of(row("twin", 1, "tagged"))));
            bystanders.addAll(written(writes, 100, 150, "tagged"));
            guilty.add(writes.add(List.of(row("other-twin", 1), row("other-twin", 2))));
            guilty.add(writes.add(List.of(row("\0", 1))));
            bystanders.addAll(written(writes, 150, 200));
          });
      assertThat(bystanders).allMatch(JournalWriterTest::isStored);
      assertThat(guilty).hasSize(3).noneMatch(JournalWriterTest::isStored);
      assertThat(writes.failing()).isFalse();
      assertThat(Stored.in(database))
          .hasSize(2 + WRITERS + 200)
          .filteredOn(event -> event.account().contains("twin"))
          .containsExactly(new Stored("twin", 1), new Stored("other-twin", 2));
    }
  }

  /** A write each of some accounts. */
  private static List<Write> written(WriteQueue writes, int from, int to, String... tags) {
    return IntStream.range(from, to)
        .mapToObj(i -> writes.add(List.of(row("b" + i, 1, tags))))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void a_conflict_fails_its_own_write_as_a_whole_and_nothing_after_it(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      WriteQueue writes = database.writes();
      assertThat(isStored(writes.add(List.of(row("a", 2))))).isTrue();
      assertThat(isStored(writes.add(List.of(row("a", 1, "tagged"), row("a", 2))))).isFalse();
      assertThat(isStored(writes.add(List.of(row("a", 1), row("b", 1))))).isTrue();
      assertThat(writes.failing()).isFalse();
      assertThat(Stored.in(database))
          .containsExactly(new Stored("a", 2), new Stored("a", 1), new Stored("b", 1));
    }
  }

  @Test
  void what_waits_when_the_database_is_closed_is_stored_first() throws SQLException {
    String url = TestDatabase.POSTGRESQL.url(data);
    List<Write> last = new ArrayList<>();
    Database database = Database.open(url, "", "", 8);
    held(database, () -> last.addAll(written(database.writes(), 0, 100)));
    database.close();
    assertThat(last).allMatch(write -> write.stored().value().get().isSuccess());
    try (Database again = Database.open(url, "", "", 8)) {
      assertThat(Stored.in(again)).hasSize(WRITERS + 100);
    }
  }

  @Test
  void the_threads_end_with_the_database() {
    List<Thread> before = writers();
    Database database = TestDatabase.EMBEDDED.open(data);
    assertThat(database.writes().add(List.of(row("a", 1)))).matches(JournalWriterTest::isStored);
    assertThat(writers()).hasSizeGreaterThan(before.size());
    database.close();
    assertThat(writers()).hasSameSizeAs(before);
  }

  private static List<Thread> writers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("keepwell-journal-"))
        .toList();
  }
}
