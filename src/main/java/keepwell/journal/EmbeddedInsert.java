package keepwell.journal;

import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Batches of rows, in a transaction: for a database in the same process, where calls are cheap. */
final class EmbeddedInsert implements JournalInsert {
  private static final String EVENT =
      """
      INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer", "write_timestamp",
        "adapter_manifest", "event_ser_id", "event_ser_manifest", "event_payload",
        "meta_ser_id", "meta_ser_manifest", "meta_payload")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String TAG =
      "INSERT INTO \"event_tag\" (\"event_id\", \"tag\") VALUES (?, ?)";

  @Override
  public void insert(Connection connection, List<JournalRow> rows) throws SQLException {
    connection.setAutoCommit(false);
    try {
      boolean tagged = rows.stream().anyMatch(row -> !row.tags().isEmpty());
      try (PreparedStatement event =
          tagged
              ? connection.prepareStatement(EVENT, new String[] {"ordering"})
              : connection.prepareStatement(EVENT)) {
        for (JournalRow row : rows) {
          bind(event, row);
          event.addBatch();
        }
        event.executeBatch();
        if (tagged) {
          tag(connection, event, rows);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void tag(Connection connection, PreparedStatement event, List<JournalRow> rows)
      throws SQLException {
    try (ResultSet orderings = event.getGeneratedKeys();
        PreparedStatement insert = connection.prepareStatement(TAG)) {
      for (JournalRow row : rows) {
        orderings.next();
        insert.setLong(1, orderings.getLong(1));
        for (String tag : row.tags()) {
          insert.setString(2, tag);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement insert, JournalRow row) throws SQLException {
    JournalAkkaSerializationRow event = row.event();
    insert.setString(1, event.persistenceId());
    insert.setLong(2, event.sequenceNumber());
    insert.setString(3, event.writer());
    insert.setLong(4, event.writeTimestamp());
    insert.setString(5, event.adapterManifest());
    insert.setInt(6, event.eventSerId());
    insert.setString(7, event.eventSerManifest());
    insert.setBytes(8, event.eventPayload());
    insert.setObject(9, row.metaSerializer());
    insert.setString(10, row.metaManifest());
    insert.setBytes(11, row.metaPayload());
  }
}
