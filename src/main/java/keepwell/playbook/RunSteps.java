package keepwell.playbook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.journal.Columns;

/** The table of the steps of runs. */
final class RunSteps {
  /** Follows the path of a task's step: what is done if the task is overdue. */
  static final String ESCALATE = ".escalate";

  private RunSteps() {}

  /** A step that is due, or was done. */
  record Row(
      long run,
      String step,
      Optional<Instant> dueAt,
      String state,
      Optional<Instant> endedAt,
      Optional<String> note) {}

  /** Adds all steps of a run. */
  static void add(Connection connection, Run run, Playbook playbook, Instant from)
      throws SQLException {
    Columns.execute(
        connection,
        "INSERT INTO \"run_step\" (\"run\", \"step\", \"due_at\", \"state\") VALUES (?, ?, ?, 'waiting')",
        playbook.placed().stream()
            .map(
                placed ->
                    new Object[] {
                      run.id(),
                      placed.path(),
                      from.plus(Duration.ofDays(placed.afterDays())).toEpochMilli()
                    })
            .toList());
  }

  /** Adds a step of a run for later. */
  static void add(Connection connection, long run, String step, Instant dueAt) throws SQLException {
    Columns.execute(
        connection,
        """
        INSERT INTO "run_step" ("run", "step", "due_at", "state") VALUES (?, ?, ?, 'waiting')
        """,
        List.<Object[]>of(new Object[] {run, step, dueAt.toEpochMilli()}));
  }

  /** A step that is waiting waits for longer. */
  static void postpone(Connection connection, long run, String step, Duration by)
      throws SQLException {
    Columns.execute(
        connection,
        """
        UPDATE "run_step" SET "due_at" = "due_at" + ? WHERE "run" = ? AND "step" = ?
        """,
        List.<Object[]>of(new Object[] {by.toMillis(), run, step}));
  }

  /** Writes down that a step is done, or why not; false if it was not waiting any more. */
  static boolean end(
      Connection connection, long run, String step, Optional<String> skipped, Instant now)
      throws SQLException {
    return Columns.execute(
            connection,
            """
            UPDATE "run_step" SET "state" = ?, "note" = ?, "ended_at" = ?, "due_at" = NULL
            WHERE "run" = ? AND "step" = ? AND "state" = 'waiting'
            """,
            List.<Object[]>of(
                new Object[] {
                  skipped.isPresent() ? "skipped" : "done",
                  skipped.orElse(null),
                  now.toEpochMilli(),
                  run,
                  step
                }))[0]
        > 0;
  }

  /** The steps of some runs that are waiting are not done any more; tasks that were given are. */
  static void skip(Connection connection, List<Long> runs, String why) throws SQLException {
    Columns.execute(
        connection,
        """
        UPDATE "run_step" SET "state" = 'skipped', "note" = ?, "due_at" = NULL
        WHERE "run" = ? AND "state" = 'waiting' AND "step" NOT LIKE '%.escalate'
        """,
        runs.stream().map(run -> new Object[] {why, run}).toList());
  }

  /** Deletes all steps of some runs. */
  static void delete(Connection connection, Collection<Run> runs) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"run_step\" WHERE \"run\" = ?",
        runs.stream().map(run -> new Object[] {run.id()}).toList());
  }

  /**
   * The first steps that are due.
   *
   * @param now product time
   * @param noticedBefore real time: runs that were noticed later may still be held
   * @param unanswered persistence ids of accounts that are left alone
   */
  static List<Row> due(
      Connection connection, Instant now, Instant noticedBefore, Array unanswered, int max)
      throws SQLException {
    return select( // from 0 on: else H2 passes over all that are done, whose instant is null
        connection,
        """
        WHERE s."due_at" BETWEEN 0 AND ? AND EXISTS (
          SELECT 1 FROM "run" r WHERE r."id" = s."run" AND r."noticed_at" <= ?
            AND NOT r."persistence_id" = ANY (?))
        ORDER BY s."due_at", s."run", s."step" LIMIT ?
        """,
        now.toEpochMilli(),
        noticedBefore.toEpochMilli(),
        unanswered,
        max);
  }

  /** Those of the runs of some steps that have done any. */
  static Set<Long> touched(Connection connection, List<Row> steps) throws SQLException {
    Object[] ids = steps.stream().map(Row::run).distinct().toArray();
    return select(
            connection,
            "WHERE s.\"run\" = ANY (?) AND s.\"state\" = 'done'",
            connection.createArrayOf("bigint", ids))
        .stream()
        .map(Row::run)
        .collect(Collectors.toSet());
  }

  /** Those of a run, in the order of their paths. */
  static List<Row> of(Connection connection, long run) throws SQLException {
    return select(connection, "WHERE s.\"run\" = ? ORDER BY s.\"step\"", run);
  }

  private static List<Row> select(Connection connection, String where, Object... parameters)
      throws SQLException {
    return Columns.select(
        connection, "SELECT * FROM \"run_step\" s " + where, RunSteps::read, parameters);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("run"),
        row.getString("step"),
        Columns.instant(row, "due_at"),
        row.getString("state"),
        Columns.instant(row, "ended_at"),
        Optional.ofNullable(row.getString("note")));
  }
}
