package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import keepwell.journal.Columns;

/**
 * How far the reviews are: the one row of {@code review}.
 *
 * @param day the last that is done
 * @param pass how often the accounts of the next day have been gone through
 * @param afterOn up to where this time, by the day of the review and the persistence id
 */
record Progress(int day, int pass, int afterOn, String afterId) {
  static Progress done(int day) {
    return new Progress(day, 0, Integer.MIN_VALUE, "");
  }

  Progress after(int reviewOn, String persistenceId) {
    return new Progress(day, pass, reviewOn, persistenceId);
  }

  Progress again() {
    return new Progress(day, pass + 1, Integer.MIN_VALUE, "");
  }

  /** Makes the row if there is none yet. */
  static void begin(Connection connection, int day) throws SQLException {
    Columns.execute(
        connection,
        """
        INSERT INTO "review" ("id", "day", "pass", "after_on", "after_id")
        SELECT 1, CAST(? AS INTEGER), 0, CAST(? AS INTEGER), ''
        WHERE NOT EXISTS (SELECT 1 FROM "review")
        """,
        List.<Object[]>of(new Object[] {day, Integer.MIN_VALUE}));
  }

  /** Null while another node has it. */
  static Progress locked(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT \"day\", \"pass\", \"after_on\", \"after_id\" FROM \"review\""
                    + " FOR UPDATE SKIP LOCKED");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? new Progress(row.getInt(1), row.getInt(2), row.getInt(3), row.getString(4))
          : null;
    }
  }

  void store(Connection connection) throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"review\" SET \"day\" = ?, \"pass\" = ?, \"after_on\" = ?, \"after_id\" = ?",
        List.<Object[]>of(new Object[] {day, pass, afterOn, afterId}));
  }
}
