package keepwell.portfolio;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.journal.Columns;

/** What is to be added to a table of sums, by its key. A sum of no accounts is not kept. */
final class SumTable {
  private final List<String> columns;
  private final List<String> summed;
  private final String table;
  private final Map<List<Object>, Sum> sums = new HashMap<>();

  private record Sum(long accounts, BigDecimal arr) {
    Sum plus(Sum other) {
      return new Sum(accounts + other.accounts, arr.add(other.arr));
    }

    boolean isNothing() {
      return accounts == 0 && arr.signum() == 0;
    }
  }

  /**
   * @param withArr whether it has a sum of what the accounts are worth
   * @param columns its key
   */
  SumTable(String table, boolean withArr, String... columns) {
    this.table = table;
    this.columns = List.of(columns);
    this.summed = withArr ? List.of("accounts", "arr") : List.of("accounts");
  }

  void add(long accounts, BigDecimal arr, Object... key) {
    sums.merge(List.of(key), new Sum(accounts, arr), Sum::plus);
  }

  /** How many sums are not nothing. */
  long count() {
    return sums.values().stream().filter(sum -> !sum.isNothing()).count();
  }

  void write(Connection connection) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> lowered = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          if (!sum.isNothing()) {
            Stream<Object> numbers =
                summed.size() > 1 ? Stream.of(sum.accounts, sum.arr) : Stream.of(sum.accounts);
            rows.add(Stream.concat(numbers, key.stream()).toArray());
          }
          if (sum.accounts < 0) {
            lowered.add(key.toArray());
          }
        });
    Columns.upsert(connection, update(), insert(), rows);
    Columns.execute(
        connection,
        "DELETE FROM \"%s\" WHERE %s AND \"accounts\" = 0".formatted(table, key()),
        lowered);
  }

  private String key() {
    return columns.stream().map("\"%s\" = ?"::formatted).collect(Collectors.joining(" AND "));
  }

  private String update() {
    return "UPDATE \"%s\" SET %s WHERE %s"
        .formatted(
            table,
            summed.stream()
                .map(column -> "\"%s\" = \"%s\" + ?".formatted(column, column))
                .collect(Collectors.joining(", ")),
            key());
  }

  private String insert() {
    List<String> all = Stream.concat(summed.stream(), columns.stream()).toList();
    return "INSERT INTO \"%s\" (%s) VALUES (%s)"
        .formatted(table, named(all), String.join(", ", all.stream().map(each -> "?").toList()));
  }

  private static String named(List<String> columns) {
    return columns.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
  }

  /** Takes away what is in the table: what is left is what it lacks. */
  void subtractStored(Connection connection) throws SQLException {
    List<String> all = Stream.concat(columns.stream(), summed.stream()).toList();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT %s FROM \"%s\"".formatted(named(all), table));
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Object[] key = new Object[columns.size()];
        for (int i = 0; i < key.length; i++) {
          key[i] = rows.getObject(i + 1);
        }
        BigDecimal arr = summed.size() > 1 ? rows.getBigDecimal(all.size()) : BigDecimal.ZERO;
        add(-rows.getLong(key.length + 1), arr.negate(), key);
      }
    }
  }
}
