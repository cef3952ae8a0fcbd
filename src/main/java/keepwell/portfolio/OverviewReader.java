package keepwell.portfolio;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import keepwell.journal.Seal;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;
import keepwell.portfolio.Overview.Renewal;

/** Reads the tables of sums. */
final class OverviewReader {
  private final Connection connection;
  private final Seal seal;
  private final int today;

  OverviewReader(Connection connection, Seal seal, int today) {
    this.connection = connection;
    this.seal = seal;
    this.today = today;
  }

  Overview read(Optional<String> by) throws SQLException {
    Group all = groups(List.of(Sums.Group.ALL), Overview.DAYS).get(0);
    if (by.isEmpty()) {
      return new Overview(today, all, List.of(), 0);
    }
    int[] count = {0};
    List<Sums.Group> largest = largest(by.get(), total -> count[0] = total);
    return new Overview(today, all, groups(largest, Overview.GROUP_DAYS), count[0]);
  }

  /** Of one group. */
  Group read(String dimension, String value) throws SQLException {
    Sums.Group group = Sums.Group.of(seal, dimension, value);
    return groups(List.of(group), Overview.DAYS).get(0);
  }

  List<String> values(String dimension) throws SQLException {
    return largest(dimension, total -> {}).stream().map(Sums.Group::value).toList();
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void select(String sql, Row reader, Object... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof Collection<?> texts) {
          select.setArray(i + 1, connection.createArrayOf("varchar", texts.toArray()));
        } else {
          select.setObject(i + 1, parameters[i]);
        }
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  /**
   * Those worth most.
   *
   * @param total told how many there are, if there are any
   */
  private List<Sums.Group> largest(String dimension, IntConsumer total) throws SQLException {
    List<Sums.Group> largest = new ArrayList<>();
    select(
        "SELECT \"value\", COUNT(*) OVER () FROM \"band\" WHERE \"dimension\" = ? GROUP BY \"value\""
            + " HAVING SUM(\"accounts\") > 0"
            + " ORDER BY SUM(\"arr\") DESC, SUM(\"accounts\") DESC, \"value\" LIMIT ?",
        row -> {
          largest.add(Sums.Group.of(seal, dimension, row.getString(1)));
          total.accept(row.getInt(2));
        },
        dimension,
        Overview.GROUPS_MAX);
    return largest;
  }

  private List<Group> groups(List<Sums.Group> groups, int dayCount) throws SQLException {
    List<String> keys = groups.stream().map(Sums.Group::key).toList();
    Map<String, List<Band>> bands = new HashMap<>();
    select(
        "SELECT * FROM \"band\" WHERE \"group\" = ANY (?) ORDER BY \"tier\"",
        row -> of(bands, row).add(band(row)),
        keys);
    Map<String, List<Move>> moves = moves(keys);
    Map<String, List<Renewal>> renewals = renewals(keys);
    Map<String, List<Day>> days = days(keys, dayCount);
    return groups.stream()
        .map(
            group ->
                new Group(
                    group.value(),
                    bands.getOrDefault(group.key(), List.of()),
                    moves.getOrDefault(group.key(), List.of()),
                    days.getOrDefault(group.key(), List.of()),
                    renewals.getOrDefault(group.key(), List.of())))
        .toList();
  }

  private static <T> List<T> of(Map<String, List<T>> byGroup, ResultSet row) throws SQLException {
    return byGroup.computeIfAbsent(row.getString("group"), first -> new ArrayList<>());
  }

  private static Band band(ResultSet row) throws SQLException {
    BigDecimal arr = row.getBigDecimal("arr");
    return new Band(
        Optional.of(row.getString("tier")).filter(tier -> !tier.isEmpty()),
        row.getLong("accounts"),
        arr.doubleValue());
  }

  private Map<String, List<Move>> moves(List<String> keys) throws SQLException {
    Map<String, List<Move>> moves = new HashMap<>();
    select(
        """
        SELECT "group", "from_tier", "to_tier", SUM("accounts") AS "month",
          SUM(CASE WHEN "day" > ? THEN "accounts" ELSE 0 END) AS "week"
        FROM "move" WHERE "group" = ANY (?) AND "day" > ?
        GROUP BY "group", "from_tier", "to_tier" ORDER BY "from_tier", "to_tier"
        """,
        row ->
            of(moves, row)
                .add(
                    new Move(
                        row.getString("from_tier"),
                        row.getString("to_tier"),
                        row.getLong("week"),
                        row.getLong("month"))),
        today - 7,
        keys,
        today - 30);
    return moves;
  }

  private Map<String, List<Renewal>> renewals(List<String> keys) throws SQLException {
    Map<String, List<Renewal>> renewals = new HashMap<>();
    select(
        """
        SELECT "group", "within", "tier", SUM("accounts") AS "accounts", SUM("arr") AS "arr"
        FROM "renewal" JOIN (VALUES %s) "horizon" ("within") ON "day" <= ? + "within"
        WHERE "group" = ANY (?) AND "day" >= ?
        GROUP BY "group", "within", "tier" ORDER BY "within", "tier"
        """
            .formatted(
                Overview.RENEWALS_WITHIN_DAYS.stream()
                    .map("(%d)"::formatted)
                    .collect(Collectors.joining(", "))),
        row -> of(renewals, row).add(new Renewal(row.getInt("within"), band(row))),
        today,
        keys,
        today);
    return renewals;
  }

  /** A band is stored for the days on which it changed. */
  private Map<String, List<Day>> days(List<String> keys, int count) throws SQLException {
    int[] through = {Integer.MIN_VALUE};
    select("SELECT \"day\" FROM \"review\"", row -> through[0] = row.getInt(1));
    int from = today - count;
    Map<String, TreeMap<Integer, Map<String, Band>>> changed = new HashMap<>();
    Row reader =
        row ->
            changed
                .computeIfAbsent(row.getString("group"), first -> new TreeMap<>())
                .computeIfAbsent(row.getInt("day"), first -> new TreeMap<>())
                .put(row.getString("tier"), band(row));
    select(
        """
        SELECT "group", "tier", "day", "accounts", "arr" FROM "band_day"
        WHERE "group" = ANY (?) AND "day" > ?
        """,
        reader,
        keys,
        from);
    // What it was before: a look into the key for each. No group has a tier that all accounts lack.
    String last =
        """
        (SELECT "%s" FROM "band_day" d WHERE d."group" = g."group" AND d."tier" = t."tier"
          AND d."day" <= ? ORDER BY d."day" DESC LIMIT 1)
        """;
    select(
        "SELECT * FROM (SELECT g.\"group\", t.\"tier\", CAST(? AS INTEGER) AS \"day\", "
            + (last.formatted("accounts") + " AS \"accounts\", ")
            + (last.formatted("arr") + " AS \"arr\"")
            + " FROM UNNEST(CAST(? AS VARCHAR ARRAY)) g (\"group\") CROSS JOIN"
            + " (SELECT DISTINCT \"tier\" FROM \"band_day\" WHERE \"group\" = ?) t)"
            + " \"before\" WHERE \"accounts\" IS NOT NULL",
        reader,
        from,
        from,
        from,
        keys,
        Sums.Group.ALL.key());
    Map<String, List<Day>> days = new HashMap<>();
    changed.forEach(
        (value, byDay) -> {
          Map<String, Band> bands = new TreeMap<>();
          List<Day> all = new ArrayList<>();
          for (int day = byDay.firstKey(); day <= through[0]; day++) {
            bands.putAll(byDay.getOrDefault(day, Map.of()));
            all.add(new Day(day, bands.values().stream().filter(b -> b.accounts() > 0).toList()));
          }
          days.put(value, all);
        });
    return days;
  }
}
