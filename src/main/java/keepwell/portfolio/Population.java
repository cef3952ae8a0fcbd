package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import keepwell.journal.Columns;

/** The accounts that a survey asks: those of which a table has a row that fulfils a condition. */
public final class Population {
  private final String table;
  private final String counted;
  private final String condition;
  private final Object[] parameters;

  /**
   * @param counted what of the rows is counted
   */
  private Population(String table, String counted, String condition, Object... parameters) {
    this.table = table;
    this.counted = counted;
    this.condition = condition;
    this.parameters = parameters;
  }

  /** Those that are open. */
  public static Population open() {
    return new Population("standing", "*", "\"closed_at\" IS NULL");
  }

  /** Those that have been open at an instant or later. */
  public static Population openSince(Instant instant) {
    return new Population(
        "standing", "*", "(\"closed_at\" IS NULL OR \"closed_at\" >= ?)", instant.toEpochMilli());
  }

  /**
   * Those with an outcome on one of some days, closed ones too.
   *
   * @param from the first day, counted from 1970-01-01
   * @param to the last one
   */
  public static Population withOutcome(int from, int to) {
    return new Population(
        "outcome", "DISTINCT \"persistence_id\"", "\"day\" BETWEEN ? AND ?", from, to);
  }

  /** How many they are. */
  long count(Connection connection) throws SQLException {
    return Columns.select(
            connection,
            "SELECT COUNT(" + counted + ") FROM \"" + table + "\" WHERE " + condition,
            row -> row.getLong(1),
            parameters)
        .get(0);
  }

  /**
   * The persistence ids of the next ones, in their order: one at least if there is any.
   *
   * @param after the last one so far; empty for the first
   */
  List<String> next(Connection connection, String after, int limit) throws SQLException {
    List<Object> all = new ArrayList<>(List.of(after));
    all.addAll(Arrays.asList(parameters));
    all.add(limit);
    List<String> rows =
        Columns.select(
            connection,
            "SELECT \"persistence_id\" FROM \""
                + table
                + "\" WHERE \"persistence_id\" > ? AND "
                + condition
                + " ORDER BY \"persistence_id\" LIMIT ?",
            row -> row.getString(1),
            all.toArray());
    return List.copyOf(new LinkedHashSet<>(rows)); // an account has several outcomes
  }
}
