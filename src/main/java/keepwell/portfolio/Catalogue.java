package keepwell.portfolio;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Days;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Erasure;
import keepwell.journal.JournalFollower;

/**
 * The keys of all signals that were ever recorded, with what tells whether their source still
 * sends. It is derived from the journal and behind it by what has not been caught up with.
 */
public final class Catalogue implements AutoCloseable {
  /** How many keys a page has at most. */
  public static final int PAGE_MAX = 1000;

  private final Database database;
  private final Cataloguing cataloguing;

  /**
   * A key that was recorded.
   *
   * @param accounts how many have sent it
   * @param lastAt the latest instant that such a signal has
   * @param volume of the days asked for, without those that have none; the earliest first
   */
  public record Entry(String signal, long accounts, Instant lastAt, List<Volume> volume) {}

  /**
   * How many signals fell on a day.
   *
   * @param day counted from 1970-01-01
   */
  public record Volume(int day, long count) {}

  /**
   * Some keys, ascending by code point.
   *
   * @param next the key after which the next page begins; empty if this is the last
   * @param total how many keys there are on all pages
   */
  public record Page(List<Entry> entries, Optional<String> next, long total) {}

  /** The lists and the feed, which are made of events too: of those before they are overwritten. */
  @FunctionalInterface
  public interface Lists {
    /** Waits until everything that was acknowledged before is there; false if that takes longer. */
    boolean awaitCaughtUp(Duration patience) throws SQLException;
  }

  public Catalogue(
      Database database, JournalFollower journal, Erasure erasure, Lists lists, Days days) {
    this.database = database;
    this.cataloguing = new Cataloguing(database, journal, erasure, lists, days);
  }

  /**
   * Follows the journal until now, and finishes the erasure of accounts that it comes past. What
   * goes wrong is logged, and tried again the next time.
   *
   * @return whether it is up to what was acknowledged before, as it may not be if that takes longer
   *     than {@code patience}
   */
  public boolean catchUp(Duration patience) {
    return cataloguing.catchUp(patience);
  }

  /**
   * Follows the journal until now, and waits until nothing of the accounts that were erased is
   * left.
   *
   * @return whether that is so; it may not be if it takes longer than {@code patience}
   */
  public boolean finishErasures(Duration patience) {
    return cataloguing.finishErasures(patience);
  }

  /** The keys after one, with their volume from a day to a day. */
  public Page page(Optional<String> after, int fromDay, int toDay) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      List<Entry> entries = entries(connection, after.orElse(""), fromDay, toDay);
      boolean more = entries.size() > PAGE_MAX;
      List<Entry> page = more ? entries.subList(0, PAGE_MAX) : entries;
      return new Page(
          page,
          more ? Optional.of(page.get(PAGE_MAX - 1).signal()) : Optional.empty(),
          total(connection));
    }
  }

  /** One more than a page has, if there are so many. */
  private static List<Entry> entries(Connection connection, String after, int fromDay, int toDay)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT k.\"key\", \"accounts\", \"last_at\", \"day\", \"count\" FROM"
                + " (SELECT * FROM \"signal_key\" WHERE \"key\" > ? ORDER BY \"key\" LIMIT ?) k"
                + " LEFT JOIN \"signal_volume\" v"
                + " ON v.\"key\" = k.\"key\" AND \"day\" >= ? AND \"day\" <= ?"
                + " ORDER BY k.\"key\", \"day\"")) {
      select.setBytes(1, Columns.utf8(after));
      select.setInt(2, PAGE_MAX + 1);
      select.setInt(3, fromDay);
      select.setInt(4, toDay);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        for (String previous = ""; rows.next(); previous = Columns.text(rows.getBytes(1))) {
          if (!previous.equals(Columns.text(rows.getBytes(1)))) {
            entries.add(entry(rows));
          }
          int day = rows.getInt(4);
          if (!rows.wasNull()) {
            entries.get(entries.size() - 1).volume().add(new Volume(day, rows.getLong(5)));
          }
        }
      }
      return entries;
    }
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Columns.text(row.getBytes(1)),
        row.getLong(2),
        Instant.ofEpochMilli(row.getLong(3)),
        new ArrayList<>());
  }

  private static long total(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM \"signal_key\"");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Those of some keys that any account has ever sent. */
  public Set<String> seen(Set<String> keys) throws SQLException {
    Set<String> seen = new HashSet<>();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT \"key\" FROM \"signal_key\" WHERE \"key\" = ANY (?)")) {
      Array all =
          connection.createArrayOf(
              "bytea", keys.stream().map(Columns::utf8).toArray(byte[][]::new));
      select.setArray(1, all);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          seen.add(Columns.text(rows.getBytes(1)));
        }
      }
    }
    return seen;
  }

  @Override
  public void close() {
    cataloguing.close();
  }
}
