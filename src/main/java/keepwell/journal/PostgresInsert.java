package keepwell.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One statement, and so one round trip and one transaction, however many rows and tags: each column
 * is an array.
 */
final class PostgresInsert implements JournalInsert {
  /** No tag of ours holds it. */
  private static final String TAG_SEPARATOR = "\n";

  private static final String COLUMNS =
      """
      "persistence_id", "sequence_number", "writer", "write_timestamp", "adapter_manifest",
      "event_ser_id", "event_ser_manifest", "event_payload",
      "meta_ser_id", "meta_ser_manifest", "meta_payload"
      """;

  private static final String ARRAYS =
      "?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::text[],"
          + " ?::bytea[], ?::integer[], ?::text[], ?::bytea[]";

  private static final String UNTAGGED =
      "INSERT INTO \"event_journal\" (%s) SELECT * FROM unnest(%s)".formatted(COLUMNS, ARRAYS);

  /**
   * The orderings are taken first, so that tags need not be joined with the rows that were stored:
   * a plan for few would be slow for many.
   */
  private static final String TAGGED =
      """
      WITH "row" AS MATERIALIZED (
        SELECT nextval('"event_journal_ordering_seq"') AS "ordering", * FROM
          unnest(%s, ?::text[]) AS "column" (%s, "tags")),
      "stored" AS (
        INSERT INTO "event_journal" ("ordering", %s) SELECT "ordering", %s FROM "row")
      INSERT INTO "event_tag" ("event_id", "tag")
        SELECT "ordering", unnest(string_to_array("tags", E'\\n')) FROM "row"
      """
          .formatted(ARRAYS, COLUMNS, COLUMNS, COLUMNS);

  @Override
  public void insert(Connection connection, List<JournalRow> rows) throws SQLException {
    boolean tagged = rows.stream().anyMatch(row -> !row.tags().isEmpty());
    try (PreparedStatement insert = connection.prepareStatement(tagged ? TAGGED : UNTAGGED)) {
      Columns columns = new Columns(connection, insert, rows);
      columns.add("text", row -> row.event().persistenceId(), new String[rows.size()]);
      columns.add("int8", row -> row.event().sequenceNumber(), new Long[rows.size()]);
      columns.add("text", row -> row.event().writer(), new String[rows.size()]);
      columns.add("int8", row -> row.event().writeTimestamp(), new Long[rows.size()]);
      columns.add("text", row -> row.event().adapterManifest(), new String[rows.size()]);
      columns.add("int4", row -> row.event().eventSerId(), new Integer[rows.size()]);
      columns.add("text", row -> row.event().eventSerManifest(), new String[rows.size()]);
      columns.add("bytea", row -> row.event().eventPayload(), new byte[rows.size()][]);
      columns.add("int4", JournalRow::metaSerializer, new Integer[rows.size()]);
      columns.add("text", JournalRow::metaManifest, new String[rows.size()]);
      columns.add("bytea", JournalRow::metaPayload, new byte[rows.size()][]);
      if (tagged) {
        columns.add("text", PostgresInsert::tags, new String[rows.size()]);
      }
      insert.executeUpdate();
    }
  }

  private static String tags(JournalRow row) {
    return row.tags().isEmpty()
        ? null
        : row.tags().stream().collect(Collectors.joining(TAG_SEPARATOR));
  }

  /** The arrays of a statement, one after the other. */
  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement insert;
    private final List<JournalRow> rows;
    private int count;

    Columns(Connection connection, PreparedStatement insert, List<JournalRow> rows) {
      this.connection = connection;
      this.insert = insert;
      this.rows = rows;
    }

    <T> void add(String type, Function<JournalRow, T> value, T[] column) throws SQLException {
      for (int i = 0; i < column.length; i++) {
        column[i] = value.apply(rows.get(i));
      }
      insert.setArray(++count, connection.createArrayOf(type, column));
    }
  }
}
