package keepwell.portfolio;

import java.sql.Connection;
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
import keepwell.journal.Columns;

/** What some events add to the catalogue, summed up so that it is written with few statements. */
final class Sightings {
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
          byte[] utf8 = Columns.utf8(key);
          keys.add(new Object[] {sighting.accounts, sighting.lastAtMillis, utf8});
          sighting.countByDay.forEach((day, count) -> volumes.add(new Object[] {count, utf8, day}));
        });
    Columns.upsert(
        connection,
        "UPDATE \"signal_key\" SET \"accounts\" = \"accounts\" + ?,"
            + " \"last_at\" = GREATEST(\"last_at\", ?) WHERE \"key\" = ?",
        "INSERT INTO \"signal_key\" (\"accounts\", \"last_at\", \"key\") VALUES (?, ?, ?)",
        keys);
    Columns.upsert(
        connection,
        "UPDATE \"signal_volume\" SET \"count\" = \"count\" + ? WHERE \"key\" = ? AND \"day\" = ?",
        "INSERT INTO \"signal_volume\" (\"count\", \"key\", \"day\") VALUES (?, ?, ?)",
        volumes);
    forgetUnused(connection);
  }

  private void forgetUnused(Connection connection) throws SQLException {
    List<Object[]> keys = lowered.stream().map(key -> new Object[] {Columns.utf8(key)}).toList();
    int[] deleted =
        Columns.execute(
            connection, "DELETE FROM \"signal_key\" WHERE \"key\" = ? AND \"accounts\" <= 0", keys);
    List<Object[]> unused =
        IntStream.range(0, deleted.length).filter(i -> deleted[i] > 0).mapToObj(keys::get).toList();
    Columns.execute(connection, "DELETE FROM \"signal_volume\" WHERE \"key\" = ?", unused);
  }
}
