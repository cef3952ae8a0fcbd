package keepwell.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An event that is stored.
 *
 * @param tags in their order, with a comma between
 */
record Stored(String account, long sequenceNumber, String tags) {
  Stored(String account, long sequenceNumber) {
    this(account, sequenceNumber, null);
  }

  /** A journal in the order of its orderings. */
  static List<Stored> in(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT "persistence_id", "sequence_number",
                  (SELECT string_agg("tag", ',' ORDER BY "tag") FROM "event_tag"
                    WHERE "event_id" = "ordering")
                FROM "event_journal" ORDER BY "ordering"
                """);
        ResultSet rows = select.executeQuery()) {
      List<Stored> stored = new ArrayList<>();
      while (rows.next()) {
        stored.add(new Stored(rows.getString(1), rows.getLong(2), rows.getString(3)));
      }
      return stored;
    }
  }
}
