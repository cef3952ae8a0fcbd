package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was erased is searched for in every byte of the data folder, while the database is open. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForgettingTest {
  private static final String CANARY = "canary-5f0c";
  private static final String IS_CANARY = "name = '" + CANARY + "'";
  private static final int ROUNDS = 300;
  private static final int ROWS_PER_ROUND = 20;
  private static final int CANARIES = ROUNDS * ROWS_PER_ROUND / 10;

  @TempDir Path data;
  private Database database;

  @BeforeEach
  void a_database_with_canaries_among_its_rows() throws SQLException {
    database = open();
    execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR, v VARBINARY)");
    execute("CREATE INDEX by_v ON t (id)");
    for (int round = 0; round < ROUNDS; round++) {
      insert(round);
      // rows of earlier rounds change, so that pages with canaries are written again and again
      execute("UPDATE t SET v = v || X'00' WHERE MOD(id, 97) = " + round % 97);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_was_deleted_or_overwritten_is_found_in_no_file() throws Exception {
    erase();
    assertThat(filesWithCanaries()).isNotEmpty(); // H2 by itself does not forget

    forgotten();

    assertThat(filesWithCanaries()).isEmpty();
    assertOthersAreThere();
  }

  @Test
  void nor_is_it_after_the_database_was_closed_and_opened() throws Exception {
    erase();
    forgotten();
    database.close();
    assertThat(filesWithCanaries()).isEmpty();

    database = open();
    assertThat(filesWithCanaries()).isEmpty();
    assertOthersAreThere();
  }

  @Test
  void nor_does_what_is_written_later_bring_it_back() throws Exception {
    erase();
    execute("INSERT INTO t VALUES (-1, 'large', STRINGTOUTF8(REPEAT('" + CANARY + "', 9000)))");
    execute("DELETE FROM t WHERE id = -1");
    forgotten();
    for (int i = 0; i < 100; i++) { // less each time than was written with the canaries
      execute("UPDATE t SET v = STRINGTOUTF8(REPEAT('later', " + 100 * i + ")) WHERE id = 1");
    }
    assertThat(filesWithCanaries()).isEmpty();
  }

  @Test
  void nor_is_it_in_blocks_that_are_free_already() throws Exception {
    execute("SET RETENTION_TIME 0");
    execute("INSERT INTO t VALUES (-1, 'large', STRINGTOUTF8(REPEAT('" + CANARY + "', 90000)))");
    erase();
    execute("DELETE FROM t WHERE id = -1");
    for (int i = 0; i < 3; i++) { // a commit frees what the one before had no more use for
      execute("UPDATE t SET v = v || X'00' WHERE id = 1");
    }
    forgotten();
    assertThat(filesWithCanaries()).isEmpty();
  }

  @Test
  void a_transaction_that_was_written_before_it_ended_leaves_nothing_either() throws Exception {
    try (Connection erasing = database.dataSource().getConnection();
        Statement statement = erasing.createStatement()) {
      erasing.setAutoCommit(false);
      statement.execute("UPDATE t SET v = X'', name = '' WHERE MOD(id, 10) = 0");
      insert(ROUNDS); // its commit writes what the other needs to undo
      statement.execute("DELETE FROM t WHERE MOD(id, 10) = 0");
      erasing.commit();
    }
    assertThat(filesWithCanaries()).isNotEmpty();

    forgotten();

    assertThat(filesWithCanaries()).isEmpty();
  }

  @Test
  void a_commit_that_is_seen_before_it_has_ended_leaves_nothing_either() throws Exception {
    CompletableFuture<Void> erasing = CompletableFuture.runAsync(this::eraseWithMuchElse);
    while (count(IS_CANARY) > 0) {
      assertThat(erasing).isNotCompletedExceptionally();
    }
    forgotten();
    erasing.join();
    assertThat(filesWithCanaries()).isEmpty();
  }

  /** In one transaction, whose commit has many rows to go through. */
  private void eraseWithMuchElse() {
    try (Connection erasing = database.dataSource().getConnection();
        Statement statement = erasing.createStatement()) {
      erasing.setAutoCommit(false);
      statement.execute("DELETE FROM t WHERE MOD(id, 10) = 0");
      statement.execute("UPDATE t SET v = v || X'01';".repeat(10));
      erasing.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writers_go_on_and_lose_nothing() throws Exception {
    erase();
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<Integer>> writers =
        Stream.of(1, 2, 3).map(writer -> writing(writer, done)).toList();
    for (int pass = 0; pass < 5; pass++) {
      forgotten();
      assertThat(filesWithCanaries()).isEmpty();
    }
    done.set(true);
    int written = writers.stream().mapToInt(CompletableFuture::join).sum();
    assertThat(count("id < 0")).isEqualTo(written).isPositive();
    assertOthersAreThere();
  }

  @Test
  void who_still_reads_an_earlier_state_is_waited_for() throws Exception {
    CompletableFuture<Void> forgotten;
    try (Connection reading = database.dataSource().getConnection();
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(count(statement, IS_CANARY)).isEqualTo(CANARIES);
      erase();
      execute("SET CACHE_SIZE 100"); // what was read before is read from the file again

      forgotten = database.forget().toCompletableFuture();

      Awaitility.await().during(Duration.ofMillis(500)).until(() -> !forgotten.isDone());
      assertThat(count(statement, IS_CANARY)).isEqualTo(CANARIES);
      reading.rollback();
    }
    forgotten.get(1, TimeUnit.MINUTES);
    assertThat(filesWithCanaries()).isEmpty();
  }

  @Test
  void a_statement_that_fails_is_written_nowhere() throws Exception {
    erase();
    forgotten();
    assertThatThrownBy(
            () -> execute("INSERT INTO t VALUES (1, '" + CANARY + "', CAST('x' AS INT))"))
        .hasMessageContaining(CANARY);
    assertThat(filesWithCanaries()).isEmpty();
  }

  @Test
  void erasures_at_about_the_same_time_share_a_pass() throws Exception {
    CompletionStage<Void> second;
    try (Connection reading = database.dataSource().getConnection();
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      count(statement, IS_CANARY); // so that no pass ends
      CompletionStage<Void> first = database.forget();
      second = Awaitility.await().until(database::forget, pass -> pass != first); // it has begun
      assertThat(database.forget()).isSameAs(second);
      reading.rollback();
    }
    second.toCompletableFuture().get(1, TimeUnit.MINUTES);
    assertThat(database.forget()).isNotSameAs(second);
  }

  private Database open() {
    return Database.open(Database.embeddedUrl(data), "", "", 8);
  }

  private void forgotten() throws Exception {
    database.forget().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  private void erase() throws SQLException {
    execute("UPDATE t SET v = X'', name = '' WHERE MOD(id, 20) = 0");
    execute("DELETE FROM t WHERE MOD(id, 20) = 10");
  }

  private void assertOthersAreThere() throws SQLException {
    assertThat(count("id >= 0 AND name LIKE 'other-%' AND LENGTH(v) >= 11"))
        .isEqualTo(9 * CANARIES);
  }

  private CompletableFuture<Integer> writing(int writer, AtomicBoolean done) {
    return CompletableFuture.supplyAsync(
        () -> {
          int written = 0;
          try {
            while (!done.get()) {
              written++;
              execute("INSERT INTO t VALUES (" + -(3 * written + writer) + ", 'written', X'01')");
              execute("UPDATE t SET v = v || X'00' WHERE id = " + 20 * written % 6000 + 1);
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return written;
        });
  }

  /** Every tenth row has a canary. */
  private void insert(int round) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < ROWS_PER_ROUND; i++) {
        int id = round * ROWS_PER_ROUND + i;
        String text = id % 10 == 0 ? CANARY : "other-" + id;
        insert.setInt(1, id);
        insert.setString(2, text);
        insert.setBytes(
            3, (text + "-" + "payload ".repeat(id % 50)).getBytes(StandardCharsets.UTF_8));
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String where) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      return count(statement, where);
    }
  }

  private static int count(Statement statement, String where) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM t WHERE " + where)) {
      row.next();
      return row.getInt(1);
    }
  }

  private List<Path> filesWithCanaries() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(CANARY)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
