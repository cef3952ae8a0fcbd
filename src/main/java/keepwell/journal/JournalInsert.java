package keepwell.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How a database stores events. */
interface JournalInsert {
  /**
   * Stores events with their tags, in their order: all of them, or none if it fails. Once it
   * returns they are committed.
   *
   * @param connection that commits by itself, as it is again afterwards
   */
  void insert(Connection connection, List<JournalRow> rows) throws SQLException;
}
