package keepwell.journal;

import akka.serialization.Serialization;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import keepwell.health.AccountEvent.AccountErased;

/**
 * Takes what is stored of an erased account out of journal and snapshots. Its events are not
 * deleted but overwritten, each by the same empty one: an actor of it elsewhere that has slept
 * through the erasure is still refused by the key of the event that it would write next.
 */
public final class Erasure {
  private static final int SWEPT_AT_A_TIME = 500;

  private final Serialization serialization;

  /** The account whose snapshots were looked at last. */
  private String swept = "";

  /**
   * @param serialization of the actor system that writes the events
   */
  public Erasure(Serialization serialization) {
    this.serialization = serialization;
  }

  /**
   * Overwrites the events of an account up to its erasure, deletes the snapshots before it and
   * leaves a tombstone, all in the transaction of the connection. Done again it changes nothing;
   * nor is anything done for the empty events, which look like erasures themselves.
   *
   * @param sequenceNumber of the event of the erasure
   * @param at product time
   */
  public void erase(Connection connection, String account, long sequenceNumber, Instant at)
      throws SQLException {
    long erasedBefore = tombstone(connection, account);
    if (erasedBefore < sequenceNumber) {
      overwrite(connection, account, erasedBefore, sequenceNumber, at);
      execute(
          connection,
          "DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" < ?",
          account,
          sequenceNumber);
      execute(
          connection,
          "UPDATE \"audit\" SET \"target\" = NULL, \"before\" = NULL, \"after\" = NULL"
              + " WHERE \"persistence_id\" = ?",
          account);
      execute(
          connection,
          erasedBefore == 0
              ? "INSERT INTO \"tombstone\" (\"sequence_number\", \"erased_at\", \"persistence_id\")"
                  + " VALUES (?, ?, ?)"
              : "UPDATE \"tombstone\" SET \"sequence_number\" = ?, \"erased_at\" = ?"
                  + " WHERE \"persistence_id\" = ?",
          sequenceNumber,
          at.toEpochMilli(),
          account);
    }
  }

  /** Up to which of its events an account is erased already; 0 if it never was. */
  private static long tombstone(Connection connection, String account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"sequence_number\" FROM \"tombstone\" WHERE \"persistence_id\" = ?")) {
      select.setString(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** The writers stay, as the plugin refuses to replay events whose writers are out of order. */
  private void overwrite(Connection connection, String account, long after, long last, Instant at)
      throws SQLException {
    AccountErased empty = new AccountErased(at, Set.of());
    Serializer serializer = serialization.findSerializerFor(empty);
    execute(
        connection,
        """
        UPDATE "event_journal" SET
          "event_ser_id" = ?, "event_ser_manifest" = ?, "event_payload" = ?,
          "meta_ser_id" = NULL, "meta_ser_manifest" = NULL, "meta_payload" = NULL,
          "write_timestamp" = (SELECT erasure."write_timestamp" FROM "event_journal" erasure
            WHERE erasure."persistence_id" = ? AND erasure."sequence_number" = ?)
        WHERE "persistence_id" = ? AND "sequence_number" > ? AND "sequence_number" <= ?
        """,
        serializer.identifier(),
        Serializers.manifestFor(serializer, empty),
        serializer.toBinary(empty),
        account,
        last,
        account,
        after,
        last);
  }

  /**
   * Deletes the snapshots that an actor which slept through an erasure has stored since: no key
   * refuses those. Looks at some tombstones after the other, so that it costs the same however many
   * there are. Not for two threads at once.
   */
  public void sweep(Connection connection) throws SQLException {
    int tombstones = 0;
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT t."persistence_id", t."sequence_number", s."sequence_number"
                FROM (SELECT * FROM "tombstone" WHERE "persistence_id" > ?
                  ORDER BY "persistence_id" LIMIT ?) t
                LEFT JOIN "snapshot" s ON s."persistence_id" = t."persistence_id"
                  AND s."sequence_number" < t."sequence_number"
                ORDER BY t."persistence_id"
                """);
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM \"snapshot\""
                    + " WHERE \"persistence_id\" = ? AND \"sequence_number\" < ?")) {
      select.setString(1, swept);
      select.setInt(2, SWEPT_AT_A_TIME);
      try (ResultSet rows = select.executeQuery()) {
        for (; rows.next(); tombstones++) {
          swept = rows.getString(1);
          if (rows.getObject(3) != null) {
            delete.setString(1, swept);
            delete.setLong(2, rows.getLong(2));
            delete.executeUpdate();
          }
        }
      }
    }
    if (tombstones < SWEPT_AT_A_TIME) {
      swept = "";
    }
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
