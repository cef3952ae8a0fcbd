package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.playbook.Task.State;
import keepwell.playbook.Tasks.Patch;

/** Dismisses what is still to be done about accounts that are closed. */
final class Dismissing {
  private static final Patch CLOSED =
      new Patch(
          Optional.of(State.DISMISSED),
          Optional.empty(),
          Optional.empty(),
          Optional.of("the account was closed"),
          Optional.empty());

  private final Tasks tasks;

  Dismissing(Tasks tasks) {
    this.tasks = tasks;
  }

  /**
   * Dismisses all open tasks of some accounts, also of runs that have come to their end.
   *
   * @param closedAt product time, by persistence id
   */
  void dismiss(Connection connection, Map<String, Instant> closedAt) throws SQLException {
    if (closedAt.isEmpty()) {
      return;
    }
    List<Task> open =
        Tasks.select(
            connection,
            // Somebody may be changing one just now.
            "WHERE \"persistence_id\" = ANY (?) AND \"state\" = 'open' ORDER BY \"id\" FOR UPDATE",
            List.of(connection.createArrayOf("varchar", closedAt.keySet().toArray())));
    for (Task task : open) {
      tasks.change(connection, task.id(), CLOSED, closedAt.get(task.persistenceId()));
    }
  }
}
