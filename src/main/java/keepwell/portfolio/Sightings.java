package keepwell.portfolio;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Days;
import keepwell.health.Signal;

/** What some events add to the catalogue, summed up so that it is written with few statements. */
final class Sightings {
  private static final int ROWS_PER_STATEMENT_BATCH = 1000;

  private final Days days;
  private final Map<String, Sighting> byKey = new HashMap<>();

  /** Keys that an account has taken back, perhaps the only one that sent them. */
  private final Set<String> lowered = new HashSet<>();

  /** Of one key. */
  private static final class Sighting {
    private long accounts;
    private long lastAtMillis = Long.MIN_VALUE;
    private final Map<Integer, Long> countByDay = new HashMap<>();
  }

  Sightings(Days days) {
    this.days = days;
  }

  void add(AccountEvent event) {
    if (event instanceof SignalsRecorded recorded) {
      for (Signal signal : recorded.signals()) {
        Sighting sighting = of(signal.key());
        sighting.lastAtMillis = Math.max(sighting.lastAtMillis, signal.at().toEpochMilli());
        sighting.countByDay.merge(days.of(signal.at()), 1L, Long::sum);
      }
      recorded.newKeys().forEach(key -> of(key).accounts++);
    } else if (event instanceof AccountErased erased) {
      erased.keys().forEach(key -> of(key).accounts--);
      lowered.addAll(erased.keys());
    }
  }

  private Sighting of(String key) {
    return byKey.computeIfAbsent(key, first -> new Sighting());
  }

  /** Adds them to the tables. There must be no other who does so at the same time. */
  void write(Connection connection) throws SQLException {
    List<Object[]> keys = new ArrayList<>();
    List<Object[]> volumes = new ArrayList<>();
    byKey.forEach(
        (key, sighting) -> {
          byte[] utf8 = utf8(key);
          keys.add(new Object[] {sighting.accounts, sighting.lastAtMillis, utf8});
          sighting.countByDay.forEach((day, count) -> volumes.add(new Object[] {count, utf8, day}));
        });
    write(
        connection,
        "UPDATE \"signal_key\" SET \"accounts\" = \"accounts\" + ?,"
            + " \"last_at\" = GREATEST(\"last_at\", ?) WHERE \"key\" = ?",
        "INSERT INTO \"signal_key\" (\"accounts\", \"last_at\", \"key\") VALUES (?, ?, ?)",
        keys);
    write(
        connection,
        "UPDATE \"signal_volume\" SET \"count\" = \"count\" + ? WHERE \"key\" = ? AND \"day\" = ?",
        "INSERT INTO \"signal_volume\" (\"count\", \"key\", \"day\") VALUES (?, ?, ?)",
        volumes);
    forgetUnused(connection);
  }

  private void forgetUnused(Connection connection) throws SQLException {
    List<Object[]> keys = lowered.stream().map(key -> new Object[] {utf8(key)}).toList();
    int[] deleted =
        execute(
            connection, "DELETE FROM \"signal_key\" WHERE \"key\" = ? AND \"accounts\" <= 0", keys);
    List<Object[]> unused =
        IntStream.range(0, deleted.length).filter(i -> deleted[i] > 0).mapToObj(keys::get).toList();
    execute(connection, "DELETE FROM \"signal_volume\" WHERE \"key\" = ?", unused);
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  /** Updates the rows that are there, and inserts the others: both statements take the same. */
  private static void write(
      Connection connection, String update, String insert, List<Object[]> rows)
      throws SQLException {
    for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT_BATCH) {
      List<Object[]> some =
          rows.subList(from, Math.min(from + ROWS_PER_STATEMENT_BATCH, rows.size()));
      int[] updated = execute(connection, update, some);
      List<Object[]> missing = new ArrayList<>();
      for (int i = 0; i < updated.length; i++) {
        if (updated[i] == 0) {
          missing.add(some.get(i));
        }
      }
      execute(connection, insert, missing);
    }
  }

  private static int[] execute(Connection connection, String sql, List<Object[]> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }
}
