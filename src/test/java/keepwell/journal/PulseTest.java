package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import keepwell.faults.Cable;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How it is known whether the database is there, and what follows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PulseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;

  @Test
  void a_postgresql_that_is_away_is_asked_nothing_and_is_used_again_when_it_is_back()
      throws Exception {
    try (Cable cable = new Cable(TestDatabase.postgresPort());
        Database database = Database.open(TestDatabase.throughPort(cable.port()), "", "", 2)) {
      assertThat(database.isAway()).isFalse();
      cable.cut();
      Awaitility.await().atMost(PATIENCE).until(database::isAway);
      assertThatThrownBy(() -> database.dataSource().getConnection())
          .isInstanceOf(SQLException.class)
          .hasMessage("the database is away");
      cable.mend();
      Awaitility.await().atMost(PATIENCE).until(() -> !database.isAway());
      assertThat(events(database)).isZero();
      cable.hold();
      Awaitility.await().atMost(PATIENCE).until(database::isAway);
      cable.mend();
      Awaitility.await().atMost(PATIENCE).until(() -> !database.isAway());
      assertThat(events(database)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_database_that_answers_but_has_lost_its_tables_is_away(TestDatabase on) throws Exception {
    try (Database database = on.open(data)) {
      rename(database, "installation", "lost");
      Awaitility.await().atMost(PATIENCE).until(database::isAway);
    }
  }

  private static void rename(Database database, String table, String other) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE \"%s\" RENAME TO \"%s\"".formatted(table, other));
    }
  }

  @Test
  void who_is_caught_in_a_database_that_has_closed_itself_is_let_go() throws Exception {
    try (Database database = TestDatabase.EMBEDDED.open(data);
        Connection connection = database.dataSource().getConnection()) {
      MVStore store = EmbeddedFile.store(connection).getMvStore();
      MVStore.TxCounter reader = store.registerVersionUsage();
      store.deregisterVersionUsage(reader);
      store.closeImmediately();
      store.deregisterVersionUsage(reader); // as H2 may do when a write has failed
      CompletableFuture<Void> caught = CompletableFuture.runAsync(store::registerVersionUsage);
      Awaitility.await().atMost(PATIENCE).until(caught::isDone);
    }
  }

  @Test
  void an_embedded_database_that_has_closed_itself_is_opened_again_with_all_its_commits()
      throws Exception {
    try (Database database = TestDatabase.EMBEDDED.open(data)) {
      for (int round = 1; round <= 3; round++) {
        try (Connection connection = database.dataSource().getConnection();
            Statement insert = connection.createStatement()) {
          insert.execute(
              "INSERT INTO \"signal_key\" (\"key\", \"accounts\", \"last_at\") VALUES (X'0%d', 1, 1)"
                  .formatted(round));
          EmbeddedFile.store(connection)
              .getMvStore()
              .closeImmediately(); // as at a write that failed
          assertThatThrownBy(() -> insert.execute("SELECT COUNT(*) FROM \"signal_key\""))
              .isInstanceOf(SQLException.class);
        }
        int rows = round;
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(SQLException.class)
            .until(() -> count(database, "signal_key") == rows);
        Awaitility.await().atMost(PATIENCE).until(() -> !database.isAway());
      }
    }
  }

  private static int events(Database database) throws SQLException {
    return count(database, "event_journal");
  }

  private static int count(Database database, String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
      row.next();
      return row.getInt(1);
    }
  }
}
