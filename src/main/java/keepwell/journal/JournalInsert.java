package keepwell.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How a database stores events. */
interface JournalInsert {
  /** What tells one event from all others. */
  record EventKey(String persistenceId, long sequenceNumber) {
    static EventKey of(JournalRow row) {
      return new EventKey(row.event().persistenceId(), row.event().sequenceNumber());
    }
  }

  /**
   * Stores events with their tags, in their order: all of them, or none if it fails. Once it
   * returns they are committed.
   *
   * @param connection that commits by itself, as it is again afterwards
   */
  void insert(Connection connection, List<JournalRow> rows) throws SQLException;

  /** The keys of some events that are stored already. */
  default Set<EventKey> taken(Connection connection, List<JournalRow> rows) throws SQLException {
    Set<EventKey> taken = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT "persistence_id", "sequence_number"
            FROM UNNEST(CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY)) AS "key" ("p", "s")
            JOIN "event_journal" ON "persistence_id" = "p" AND "sequence_number" = "s"
            """)) {
      select.setArray(
          1,
          connection.createArrayOf(
              "varchar", rows.stream().map(row -> row.event().persistenceId()).toArray()));
      select.setArray(
          2,
          connection.createArrayOf(
              "bigint", rows.stream().map(row -> row.event().sequenceNumber()).toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          taken.add(new EventKey(found.getString(1), found.getLong(2)));
        }
      }
    }
    return taken;
  }
}
