package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a report counts of tasks and runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkloadTest {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void tasks_of_accounts_that_are_closed_are_left_out(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      standing(connection, "open", "NULL");
      standing(connection, "closed", "1");
      task(connection, "open", "open", 900, "NULL");
      task(connection, "open", "open", 500, "NULL");
      task(connection, "gone", "open", 700, "NULL");
      task(connection, "open", "open", 1000, "NULL");
      task(connection, "closed", "open", 100, "NULL");
      task(connection, "open", "done", 100, "600");
      task(connection, "open", "done", 100, "599");
      task(connection, "open", "dismissed", 100, "700");
      task(connection, "closed", "done", 100, "700");
      Workload workload = new Workload(connection);
      assertThat(workload.overdue(Instant.ofEpochMilli(1000), 2))
          .extracting(task -> task.dueAt().toEpochMilli())
          .containsExactly(500L, 700L);
      assertThat(workload.overdueCount(Instant.ofEpochMilli(1000))).isEqualTo(3);
      assertThat(workload.doneCount(Instant.ofEpochMilli(600))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void runs_are_counted_by_playbook_from_a_day_on_those_suspected_are_not(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      run(connection, "red", 9, "active");
      run(connection, "red", 10, "ended");
      run(connection, "yellow", 10, "held");
      run(connection, "yellow", 11, "active");
      run(connection, "green", 11, "suspected");
      assertThat(new Workload(connection).begun(10))
          .containsExactly(entry("yellow", 2L), entry("red", 1L));
    }
  }

  private static void standing(Connection connection, String id, String closedAt)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"standing\" (\"persistence_id\", \"account\", \"name\", \"labels\","
            + " \"review_on\", \"closed_at\") VALUES ('%s', ''::BYTEA, ''::BYTEA, '{}', 0, %s)"
                .formatted(id, closedAt));
  }

  private static void task(
      Connection connection, String account, String state, long due, String endedAt)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"task\" (\"run\", \"step\", \"playbook\", \"persistence_id\", \"account\","
            + " \"title\", \"owner_key\", \"given_at\", \"due_at\", \"state\", \"ended_at\","
            + " \"situation\") VALUES (1, 's', 'p', '%s', ''::BYTEA, 't', '', 0, %d, '%s', %s, '{}')"
                .formatted(account, due, state, endedAt));
  }

  private static void run(Connection connection, String playbook, int on, String state)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"run\" (\"playbook\", \"version\", \"persistence_id\", \"account\","
            + " \"cause\", \"began_at\", \"began_on\", \"noticed_at\", \"state\")"
            + " VALUES ('%s', 1, 'a', ''::BYTEA, '{}', 0, %d, 0, '%s')"
                .formatted(playbook, on, state));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
