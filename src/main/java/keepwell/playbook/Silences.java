package keepwell.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import keepwell.journal.Columns;
import keepwell.journal.ScorecardVersions;

/** Finds out which signals have all but ceased to come. */
final class Silences {
  /** The share of what came a week before that is left of one that has gone silent. */
  private static final double LEFT_MAX = 0.1;

  /** Of fewer signals a day nothing can be said. */
  private static final int COUNT_MIN = 50;

  private static final int WEEK_DAYS = 7;

  private final ScorecardVersions scorecards;

  Silences(ScorecardVersions scorecards) {
    this.scorecards = scorecards;
  }

  /**
   * A signal that scores depend on and that had, on a day, at most a tenth of its volume on the
   * same weekday before; of several the one that had most. Empty if there is none.
   */
  Optional<String> on(Connection connection, int day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT b."key" FROM "signal_volume" b
            LEFT JOIN "signal_volume" n ON n."key" = b."key" AND n."day" = ?
            WHERE b."key" = ANY (?) AND b."day" = ? AND b."count" >= ?
              AND COALESCE(n."count", 0) <= b."count" * ?
            ORDER BY b."count" DESC, b."key" LIMIT 1
            """)) {
      Object[] named =
          scorecards.current().signals().values().stream()
              .distinct()
              .map(Columns::utf8)
              .toArray(byte[][]::new);
      select.setInt(1, day);
      select.setArray(2, connection.createArrayOf("bytea", named));
      select.setInt(3, day - WEEK_DAYS);
      select.setInt(4, COUNT_MIN);
      select.setDouble(5, LEFT_MAX);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Columns.text(row.getBytes(1))) : Optional.empty();
      }
    }
  }
}
