package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.h2.mvstore.LostPages;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows so large that each has a page of its own are deleted and inserted again, as snapshots are.
 * H2 runs with its assertions here, which check what it counts.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LostPagesTest {
  private static final int ROWS = 200;
  private static final int ROUNDS = 200;
  private static final int ROWS_PER_ROUND = 10;
  private static final int BYTES = 3000;
  private static final int WRITERS = 3;

  @TempDir Path data;
  private Connection connection;
  private MVStore store;

  /**
   * What is there, by id, and what was there before: with an end, as one may begin with another.
   */
  private final Map<Integer, String> values = new ConcurrentHashMap<>();

  private final Set<String> replaced = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void rows_that_were_replaced() throws SQLException {
    connect();
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE t (id VARCHAR PRIMARY KEY, v VARCHAR, w VARBINARY)");
    }
    replace(connection, 1, 0);
    assertThat(replaced).isNotEmpty();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void what_was_replaced_is_forgotten() throws Exception {
    try (Housekeeping housekeeping = Housekeeping.of(connection, Duration.ZERO)) {
      housekeeping.forget().toCompletableFuture().get(1, TimeUnit.MINUTES);
      assertThat(valuesInTheFile())
          .containsAll(values.values())
          .doesNotContainAnyElementsOf(replaced);
    }
    assertRowsAreThere();
  }

  @Test
  void what_was_found_once_is_not_found_again() throws Exception {
    assertThat(LostPages.release(store)).isPositive();
    assertThat(LostPages.release(store)).isZero();
    assertRowsAreThere();
  }

  @Test
  void writers_go_on_and_lose_nothing() throws Exception {
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer)))
            .toList();
    CompletableFuture<Void> written =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    while (!written.isDone()) {
      LostPages.release(store);
      store.compact(60, 1 << 20);
    }
    written.join();
    assertRowsAreThere();
    connection.close();
    connect();
    assertRowsAreThere();
  }

  private void write(int writer) {
    try (Connection another = DriverManager.getConnection(Database.embeddedUrl(data))) {
      replace(another, WRITERS, writer);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows whose id leaves a remainder, some in each transaction. */
  private void replace(Connection writing, int divisor, int remainder) throws SQLException {
    Random random = new Random(remainder);
    writing.setAutoCommit(false);
    try (PreparedStatement delete = writing.prepareStatement("DELETE FROM t WHERE id = ?");
        PreparedStatement insert = writing.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      for (int round = 0; round < ROUNDS; round++) {
        int start = random.nextInt(ROWS);
        for (int row = 0; row < ROWS_PER_ROUND; row++) {
          int id = (start + row) % ROWS * divisor + remainder;
          String value = "value-" + id + "-" + random.nextLong() + ";";
          String before = values.put(id, value);
          if (before != null) {
            replaced.add(before);
          }
          delete.setString(1, "id-" + id);
          delete.addBatch();
          insert.setString(1, "id-" + id);
          insert.setString(2, value);
          insert.setBytes(3, new byte[BYTES]);
          insert.addBatch();
        }
        delete.executeBatch();
        insert.executeBatch();
        writing.commit();
      }
    }
    writing.setAutoCommit(true);
  }

  private void assertRowsAreThere() throws SQLException {
    Set<String> rows = new HashSet<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT v FROM t WHERE LENGTH(w) = " + BYTES)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    assertThat(rows).isEqualTo(Set.copyOf(values.values()));
  }

  private Set<String> valuesInTheFile() throws IOException {
    return Pattern.compile("value-[^;]+;")
        .matcher(Files.readString(file(), StandardCharsets.ISO_8859_1))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private void connect() throws SQLException {
    connection = DriverManager.getConnection(Database.embeddedUrl(data));
    store = EmbeddedFile.store(connection).getMvStore();
  }

  private Path file() {
    return data.resolve("keepwell.mv.db");
  }
}
