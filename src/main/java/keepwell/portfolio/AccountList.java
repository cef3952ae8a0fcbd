package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.portfolio.AccountQuery.Sort;

/**
 * A query for accounts as SQL. Accounts that have nothing to be sorted by come last, and are asked
 * for apart, so that an index gives the others in their order from any place on. It has the filters
 * too: only the rows of those that are listed are read.
 */
final class AccountList {
  private final Seal seal;
  private final AccountQuery query;
  private final int today;

  AccountList(Seal seal, AccountQuery query, int today) {
    this.seal = seal;
    this.query = query;
    this.today = today;
  }

  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** How many there are on all pages, up to a bound. */
  int count(Connection connection, int max) throws SQLException {
    OptionalLong summed = Totals.of(connection, seal, query, today);
    if (summed.isPresent()) {
      return (int) Math.min(max, summed.getAsLong());
    }
    return select(
        connection,
        "SELECT COUNT(*) FROM (%s) \"some\"",
        filters(),
        "\"persistence_id\"",
        " LIMIT " + max,
        rows -> {
          rows.next();
          return rows.getInt(1);
        });
  }

  /** Those after a place, one more than the limit if there are so many. */
  List<Listed> after(Connection connection, Optional<Place> place) throws SQLException {
    List<Listed> listed = new ArrayList<>();
    boolean amongLast = place.map(Place::isAmongLast).orElse(false);
    if (!amongLast) {
      listed.addAll(after(connection, false, place, query.limit() + 1));
    }
    if (listed.size() <= query.limit() && query.sorts().get(0).key() != AccountQuery.Key.NAME) {
      int max = query.limit() + 1 - listed.size();
      listed.addAll(after(connection, true, amongLast ? place : Optional.empty(), max));
    }
    return listed;
  }

  /**
   * @param last whether those are asked for that have nothing to be sorted by
   */
  private List<Listed> after(Connection connection, boolean last, Optional<Place> place, int max)
      throws SQLException {
    List<Sort> sorts = query.sorts();
    Where where = filters();
    where.and(sorts.get(0).key().column() + (last ? " IS NULL" : " IS NOT NULL"));
    place.ifPresent(from -> from.narrow(where, sorts, query.prefix().isPresent()));
    List<Sort> by = last ? sorts.subList(1, sorts.size()) : sorts;
    return select(
        connection,
        "SELECT s.* FROM (%s) \"found\" JOIN \"standing\" s"
            + " ON s.\"persistence_id\" = \"found\".\"persistence_id\""
            + order(by, "s."),
        where,
        by.stream()
            .map(sort -> ", " + sort.key().column())
            .collect(Collectors.joining("", "\"persistence_id\", \"account\"", "")),
        order(by, "") + " LIMIT " + max,
        rows -> {
          List<Listed> listed = new ArrayList<>();
          while (rows.next()) {
            listed.add(Standings.read(rows));
          }
          return listed;
        });
  }

  /** An index has nothing to say about where those come that have no value. */
  private String order(List<Sort> sorts, String table) {
    Sort first = query.sorts().get(0);
    return sorts.stream()
        .map(
            sort ->
                (sort.equals(first) ? "" : table + sort.key().column() + " IS NULL, ")
                    + table
                    + sort.key().column()
                    + direction(sort)
                    + ", ")
        .collect(
            Collectors.joining(
                "",
                " ORDER BY ",
                table + "\"account\"" + direction(query.sorts().get(query.sorts().size() - 1))));
  }

  private static String direction(Sort sort) {
    return sort.descending() ? " DESC" : "";
  }

  /** All that is asked for but a prefix. */
  private Where filters() {
    Where where = new Where();
    where.and(query.closed() ? "\"closed_at\" IS NOT NULL" : "\"closed_at\" IS NULL");
    query.tier().ifPresent(tier -> where.and("\"tier\" = ?", tier));
    query
        .labels()
        .forEach(
            (label, value) ->
                where.and("\"" + label + "\" = ?", Sums.Group.of(seal, label, value).key()));
    query.below().ifPresent(score -> where.and("\"score\" < ?", score));
    query
        .renewingWithinDays()
        .ifPresent(
            days -> where.and("\"renewal_on\" >= ? AND \"renewal_on\" <= ?", today, today + days));
    return where;
  }

  /**
   * Selects rows; of a prefix those whose name begins so and those whose id does, asked for apart:
   * an index gives either in its order, but not both in one.
   *
   * @param whole what is made of them, with a place for the statement
   * @param end of the statement, for each of the two and for both together
   */
  private <T> T select(
      Connection connection,
      String whole,
      Where where,
      String columns,
      String end,
      Reader<T> reader)
      throws SQLException {
    Where named = where.copy();
    Where called = where.copy();
    query.prefix().ifPresent(prefix -> begin(named, "name", Columns.folded(prefix)));
    query.prefix().ifPresent(prefix -> begin(called, "account", Columns.utf8(prefix)));
    String one = "SELECT " + columns + " FROM \"standing\" WHERE ";
    String sql =
        query.prefix().isEmpty()
            ? one + where.sql() + end
            : "SELECT * FROM ((%s) UNION (%s)) \"both\"%s"
                .formatted(one + named.sql() + end, one + called.sql() + end, end);
    try (PreparedStatement select = Database.planned(connection, whole.formatted(sql))) {
      int count = named.set(select, 0);
      if (query.prefix().isPresent()) {
        called.set(select, count);
      }
      try (ResultSet rows = select.executeQuery()) {
        return reader.read(rows);
      }
    }
  }

  private static void begin(Where where, String column, byte[] prefix) {
    byte[] beyond = prefix.clone();
    beyond[beyond.length - 1]++; // no byte of UTF-8 is the greatest
    where.and("\"%s\" >= ? AND \"%s\" < ?".formatted(column, column), prefix, beyond);
  }
}
