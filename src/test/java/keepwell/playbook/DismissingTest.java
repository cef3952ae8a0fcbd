package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.playbook.Task.Change;
import keepwell.playbook.Task.FromTo;
import keepwell.playbook.Task.Situation;
import keepwell.playbook.Task.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the tasks of accounts that are closed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DismissingTest {
  private static final Instant GIVEN = Instant.parse("2026-03-01T09:30:00Z");
  private static final Instant CLOSED = Instant.parse("2026-03-02T10:00:00Z");

  @TempDir Path data;

  private static long task(Tasks tasks, Connection connection, String account, State state)
      throws SQLException {
    Task task =
        new Task(
            0,
            1,
            "0",
            "red",
            account,
            account,
            "Call",
            Optional.of("dana"),
            GIVEN,
            GIVEN,
            state,
            Optional.empty(),
            new Situation("Acme", 41.5, "red", List.of(), List.of()));
    return tasks.add(connection, task).id();
  }

  @ParameterizedTest
  @EnumSource
  void only_what_is_open_is_dismissed_each_when_its_account_was_closed(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      Tasks tasks = new Tasks(database, new Seal(new byte[32]));
      long first = task(tasks, connection, "acme", State.OPEN);
      long second = task(tasks, connection, "acme", State.OPEN);
      long done = task(tasks, connection, "acme", State.DONE);
      long later = task(tasks, connection, "globex", State.OPEN);
      long other = task(tasks, connection, "initech", State.OPEN);
      Instant afterwards = CLOSED.plusSeconds(1);
      Map<String, Instant> closedAt = Map.of("acme", CLOSED, "globex", afterwards);
      new Dismissing(tasks).dismiss(connection, closedAt);
      new Dismissing(tasks).dismiss(connection, Map.of());

      Change change =
          new Change(
              CLOSED,
              Optional.empty(),
              Map.of("state", new FromTo("open", "dismissed")),
              Optional.of("the account was closed"));
      assertThat(tasks.changes(first)).containsExactly(change);
      assertThat(tasks.changes(second)).containsExactly(change);
      assertThat(tasks.get(first).orElseThrow().endedAt()).contains(CLOSED);
      assertThat(tasks.get(first).orElseThrow().owner()).contains("dana");
      assertThat(tasks.get(later).orElseThrow().endedAt()).contains(afterwards);
      assertThat(tasks.get(done).orElseThrow().state()).isEqualTo(State.DONE);
      assertThat(tasks.get(other).orElseThrow().state()).isEqualTo(State.OPEN);
      assertThat(tasks.changes(done)).isEmpty();
      assertThat(tasks.changes(other)).isEmpty();
    }
  }
}
