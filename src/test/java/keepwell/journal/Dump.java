package keepwell.journal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a database can be asked for, and snapshots that are on their way: each table's
 * rows, with bytes as Latin-1.
 */
public record Dump(Map<String, List<String>> rowsByTable) {

  public static Dump of(Database database) throws SQLException {
    database.snapshots().flush();
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.tables"
                  + " WHERE table_schema IN ('public', 'PUBLIC')")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + name + "\"")) {
          tables.put(name, rows(rows));
        }
      }
    }
    return new Dump(tables);
  }

  private static List<String> rows(ResultSet rows) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        Object value = rows.getObject(i);
        text.append(
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value))
            .append('|');
      }
      texts.add(text.toString());
    }
    return texts.stream().sorted().toList();
  }

  /** The rows of a table in which a text stands, or stands not. */
  public List<String> rows(String table, String text, boolean stands) {
    return rowsByTable.get(table).stream().filter(row -> row.contains(text) == stands).toList();
  }

  /** The tables in which a text of ASCII stands. */
  public List<String> tablesWith(String text) {
    return rowsByTable.keySet().stream()
        .filter(table -> !rows(table, text, true).isEmpty())
        .toList();
  }
}
