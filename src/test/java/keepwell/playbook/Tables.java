package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts rows into the tables of playbooks, for who counts them. */
final class Tables {
  private Tables() {}

  /**
   * An account.
   *
   * @param closedAt in epoch milliseconds, or {@code NULL}
   */
  static void standing(Connection connection, String id, String closedAt) throws SQLException {
    execute(
        connection,
        "INSERT INTO \"standing\" (\"persistence_id\", \"account\", \"name\", \"labels\","
            + " \"review_on\", \"closed_at\") VALUES ('%s', ''::BYTEA, ''::BYTEA, '{}', 0, %s)"
                .formatted(id, closedAt));
  }

  /**
   * A task.
   *
   * @param account its persistence id
   * @param endedAt in epoch milliseconds, or {@code NULL}
   */
  static void task(Connection connection, String account, String state, long due, String endedAt)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"task\" (\"run\", \"step\", \"playbook\", \"persistence_id\", \"account\","
            + " \"title\", \"owner_key\", \"given_at\", \"due_at\", \"state\", \"ended_at\","
            + " \"situation\") VALUES (1, 's', 'p', '%s', ''::BYTEA, 't', '', 0, %d, '%s', %s, '{}')"
                .formatted(account, due, state, endedAt));
  }

  /** All tasks so far are somebody's. */
  static void own(Connection connection, String owner) throws SQLException {
    execute(
        connection,
        "UPDATE \"task\" SET \"owner\" = '%1$s', \"owner_key\" = '%1$s'".formatted(owner));
  }

  /**
   * A run.
   *
   * @param on a day, counted from 1970-01-01
   */
  static void run(Connection connection, String playbook, int on, String state)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"run\" (\"playbook\", \"version\", \"persistence_id\", \"account\","
            + " \"cause\", \"began_at\", \"began_on\", \"noticed_at\", \"state\")"
            + " VALUES ('%s', 1, 'a', ''::BYTEA, '{}', 0, %d, 0, '%s')"
                .formatted(playbook, on, state));
  }

  /**
   * A step.
   *
   * @param dueAt in epoch milliseconds, or {@code NULL}
   */
  static void step(Connection connection, String step, String dueAt, String state)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO \"run_step\" (\"run\", \"step\", \"due_at\", \"state\")"
            + " VALUES (1, '%s', %s, '%s')".formatted(step, dueAt, state));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
