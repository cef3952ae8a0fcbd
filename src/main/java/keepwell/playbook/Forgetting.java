package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import keepwell.journal.Columns;
import keepwell.outreach.Messages;

/** Deletes what playbooks have of accounts of which nothing may be kept. */
final class Forgetting {
  private static final List<String> DELETES =
      List.of(
          """
          DELETE FROM "task_change" WHERE "task" IN (
            SELECT "id" FROM "task" WHERE "persistence_id" = ?)
          """,
          "DELETE FROM \"task\" WHERE \"persistence_id\" = ?",
          """
          DELETE FROM "run_step" WHERE "run" IN (
            SELECT "id" FROM "run" WHERE "persistence_id" = ?)
          """,
          "DELETE FROM \"run\" WHERE \"persistence_id\" = ?");

  private Forgetting() {}

  static void forget(Connection connection, Collection<String> persistenceIds) throws SQLException {
    List<Object[]> rows = persistenceIds.stream().map(id -> new Object[] {id}).toList();
    for (String delete : DELETES) {
      Columns.execute(connection, delete, rows);
    }
    Messages.forget(connection, persistenceIds);
  }
}
