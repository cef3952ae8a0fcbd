package keepwell.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * How far something has come that is derived: its row of {@code projection}. Stored with what was
 * made, in the same transaction, while its lock is held.
 */
public final class Offset {
  private Offset() {}

  /** Without the lock. */
  public static long read(Connection connection, String name) throws SQLException {
    return select(connection, name, "").orElseThrow();
  }

  /** Waits for the lock. */
  public static long locked(Connection connection, String name) throws SQLException {
    return select(connection, name, " FOR UPDATE").orElseThrow();
  }

  /** Empty while somebody else has the lock. */
  public static OptionalLong lockedIfFree(Connection connection, String name) throws SQLException {
    return select(connection, name, " FOR UPDATE SKIP LOCKED");
  }

  private static OptionalLong select(Connection connection, String name, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"ordering\" FROM \"projection\" WHERE \"name\" = ?" + lock)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  public static void store(Connection connection, String name, long offset) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE \"projection\" SET \"ordering\" = ? WHERE \"name\" = ?")) {
      update.setLong(1, offset);
      update.setString(2, name);
      update.executeUpdate();
    }
  }
}
