package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
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
      Tables.standing(connection, "open", "NULL");
      Tables.standing(connection, "closed", "1");
      Tables.task(connection, "open", "open", 900, "NULL");
      Tables.task(connection, "open", "open", 500, "NULL");
      Tables.task(connection, "gone", "open", 700, "NULL");
      Tables.task(connection, "open", "open", 1000, "NULL");
      Tables.task(connection, "closed", "open", 100, "NULL");
      Tables.task(connection, "open", "done", 100, "600");
      Tables.task(connection, "open", "done", 100, "599");
      Tables.task(connection, "open", "dismissed", 100, "700");
      Tables.task(connection, "closed", "done", 100, "700");
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
  void open_tasks_are_counted_by_owner_those_with_most_first(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      Tables.task(connection, "a", "open", 999, "NULL");
      Tables.task(connection, "a", "open", 1000, "NULL");
      Tables.task(connection, "b", "open", 2000, "NULL");
      Tables.task(connection, "b", "open", 2001, "NULL");
      Tables.task(connection, "b", "done", 1000, "1000");
      Tables.own(connection, "dana");
      Tables.task(connection, "c", "open", 500, "NULL");
      Tables.task(connection, "c", "dismissed", 500, "NULL");
      assertThat(
              new Workload(connection).open(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000)))
          .containsExactly(
              new Workload.Open(Optional.of("dana"), 4, 1, 2),
              new Workload.Open(Optional.empty(), 1, 1, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void runs_are_counted_by_playbook_from_a_day_on_those_suspected_are_not(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      Tables.run(connection, "red", 9, "active");
      Tables.run(connection, "red", 10, "ended");
      Tables.run(connection, "yellow", 10, "held");
      Tables.run(connection, "yellow", 11, "active");
      Tables.run(connection, "green", 11, "suspected");
      assertThat(new Workload(connection).begun(10))
          .containsExactly(entry("yellow", 2L), entry("red", 1L));
    }
  }
}
