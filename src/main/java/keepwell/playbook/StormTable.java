package keepwell.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Columns;

/** The table of storms. */
final class StormTable {
  private StormTable() {}

  static Storm add(
      Connection connection,
      Storm.Cause cause,
      Optional<String> signal,
      int day,
      Instant at,
      Instant noticedAt,
      long afterRun)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO "storm" ("cause", "signal", "day", "began_at", "state", "after_run",
              "noticed_at", "told")
            VALUES (?, ?, ?, ?, 'held', ?, ?, FALSE)
            """,
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, Runs.text(cause));
      insert.setBytes(2, signal.map(Columns::utf8).orElse(null));
      insert.setInt(3, day);
      insert.setLong(4, at.toEpochMilli());
      insert.setLong(5, afterRun);
      insert.setLong(6, noticedAt.toEpochMilli());
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return new Storm(
            key.getLong("id"),
            cause,
            signal,
            day,
            at,
            Storm.State.HELD,
            Optional.empty(),
            afterRun);
      }
    }
  }

  /** A storm holds the runs of a further day too. */
  static void prolong(Connection connection, long id, int day) throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"storm\" SET \"day\" = ? WHERE \"id\" = ? AND \"day\" < ?",
        List.<Object[]>of(new Object[] {day, id, day}));
  }

  /** People have been told. */
  static void told(Connection connection, long id) throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"storm\" SET \"told\" = TRUE WHERE \"id\" = ?",
        List.<Object[]>of(new Object[] {id}));
  }

  /**
   * It is over: what comes from now on is counted anew. False if it was already, or there is none
   * of this id.
   */
  static boolean end(Connection connection, long id, Storm.State state, Instant at)
      throws SQLException {
    return Columns.execute(
            connection,
            """
            UPDATE "storm" SET "state" = ?, "ended_at" = ?,
              "after_run" = (SELECT COALESCE(MAX("id"), 0) FROM "run")
            WHERE "id" = ? AND "state" = 'held'
            """,
            List.<Object[]>of(new Object[] {Runs.text(state), at.toEpochMilli(), id}))[0]
        > 0;
  }

  /**
   * Some storms.
   *
   * @param where a condition, perhaps with an order and a limit
   */
  static List<Storm> select(Connection connection, String where, Object... parameters)
      throws SQLException {
    return Columns.select(
        connection, "SELECT * FROM \"storm\" " + where, StormTable::read, parameters);
  }

  private static Storm read(ResultSet row) throws SQLException {
    return new Storm(
        row.getLong("id"),
        Runs.named(Storm.Cause.class, row.getString("cause")).orElseThrow(),
        Optional.ofNullable(row.getBytes("signal")).map(Columns::text),
        row.getInt("day"),
        Instant.ofEpochMilli(row.getLong("began_at")),
        Runs.named(Storm.State.class, row.getString("state")).orElseThrow(),
        Columns.instant(row, "ended_at"),
        row.getLong("after_run"));
  }
}
