package keepwell.journal;

import akka.serialization.Serialization;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import keepwell.health.AccountEvent;
import scala.util.Try;

/**
 * Reads the journal's events in the order of their ordering, and never passes one that is still to
 * come. Orderings are given when an event is written, but an event is seen when its transaction
 * ends; so whoever reads no further than to the {@link #horizon} misses nothing.
 */
public final class JournalFollower {
  private static final long PAUSE_MILLIS = 2;

  /** Rows that are fetched at a time; payloads may be large. */
  private static final int FETCHED = 50;

  private static final String COLUMNS =
      "\"ordering\", \"event_ser_id\", \"event_ser_manifest\", \"event_payload\","
          + " \"persistence_id\", \"sequence_number\", \"write_timestamp\"";

  private static final String ALL =
      "SELECT "
          + COLUMNS
          + " FROM \"event_journal\" WHERE \"ordering\" > ? AND \"ordering\" <= ?"
          + " ORDER BY \"ordering\" LIMIT ?";

  /** Signals are most of the journal, and not decoded for nothing. */
  private static final String LISTED =
      "SELECT "
          + COLUMNS
          + " FROM \"event_journal\" WHERE \"persistence_id\" = ANY (?) AND \"ordering\" <= ?"
          + " AND \"event_ser_manifest\" NOT LIKE '%$SignalsRecorded'"
          + " AND \"event_ser_manifest\" NOT LIKE '%$Override%'"
          + " ORDER BY \"persistence_id\", \"sequence_number\"";

  private static final String LATEST =
      "SELECT "
          + COLUMNS
          + " FROM \"event_journal\" WHERE \"persistence_id\" = ? AND \"sequence_number\" < ?"
          + " ORDER BY \"sequence_number\" DESC LIMIT ?";

  private static final String TAGGED =
      "SELECT "
          + COLUMNS
          + " FROM \"event_tag\" JOIN \"event_journal\" ON \"ordering\" = \"event_id\""
          + " WHERE \"tag\" = ? AND \"event_id\" > ? AND \"event_id\" <= ?"
          + " ORDER BY \"event_id\" LIMIT ?";

  private final Database database;
  private final Serialization serialization;

  /**
   * An event, and where it stands.
   *
   * @param account its persistence id
   * @param sequenceNumber among the events of that account
   * @param writtenAt real time, in epoch milliseconds
   */
  public record Entry(
      long ordering, String account, long sequenceNumber, AccountEvent event, long writtenAt) {}

  /**
   * @param serialization of the actor system that writes the events
   */
  public JournalFollower(Database database, Serialization serialization) {
    this.database = database;
    this.serialization = serialization;
  }

  /**
   * The ordering up to which every event is visible from now on, or never will be. Whatever was
   * acknowledged before this is called is not beyond it.
   *
   * <p>It is the last ordering given, once all who were writing then have ended. Nothing is
   * remembered from one call to the next: after a crash the database may give an ordering again.
   *
   * @param connection at read committed
   * @return empty if they take longer than {@code patience}
   */
  public OptionalLong horizon(Connection connection, Duration patience) throws SQLException {
    long start = System.nanoTime();
    long last =
        database.lastOrdering(connection); // first, as writers who come later get higher ones
    Set<String> writers = database.journalWriters(connection);
    while (!writers.isEmpty() && !haveEnded(writers, database.journalWriters(connection))) {
      if (System.nanoTime() - start >= patience.toNanos() || !pause()) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(last);
  }

  /**
   * Whether none of some transactions holds a lock any more. While one ends it is called {@code
   * backend/0} for a moment: what it has written is seen then, but where the tables are spread over
   * several servers (Citus) not yet on the others, which it tells to commit just then.
   *
   * @param writers as {@code backend/number}
   * @param now those that do
   */
  static boolean haveEnded(Set<String> writers, Set<String> now) {
    return writers.stream()
        .noneMatch(writer -> now.contains(writer) || now.contains(ending(writer)));
  }

  private static String ending(String writer) {
    return writer.substring(0, writer.indexOf('/') + 1) + "0";
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Hands on the next events.
   *
   * @param connection without auto-commit, so that not all rows are fetched at once
   * @param after the ordering that was read last; 0 at first
   * @param horizon the last ordering to read
   * @param max how many events to read
   * @return the ordering up to which there is nothing more to read
   * @throws IllegalStateException if an event cannot be read
   */
  public long read(
      Connection connection, long after, long horizon, int max, Consumer<Entry> entries)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setLong(1, after);
      select.setLong(2, horizon);
      select.setInt(3, max);
      long[] last = {after};
      int read =
          read(
              select,
              entry -> {
                last[0] = entry.ordering();
                entries.accept(entry);
              });
      return read < max ? horizon : last[0];
    }
  }

  /**
   * The events of some accounts but their signals and overrides, whatever their tags, account by
   * account in their order.
   *
   * @param horizon the last ordering to read
   */
  public List<Entry> listed(Connection connection, Collection<String> accounts, long horizon)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LISTED)) {
      select.setArray(1, connection.createArrayOf("varchar", accounts.toArray()));
      select.setLong(2, horizon);
      List<Entry> entries = new ArrayList<>();
      read(select, entries::add);
      return entries;
    }
  }

  /**
   * The last events of an account that were stored before one of them, the newest first.
   *
   * @param before the sequence number of that one
   */
  public List<Entry> latest(Connection connection, String account, long before, int max)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LATEST)) {
      select.setString(1, account);
      select.setLong(2, before);
      select.setInt(3, max);
      List<Entry> entries = new ArrayList<>();
      read(select, entries::add);
      return entries;
    }
  }

  /** As {@link #read}, of the events that have a tag. */
  List<Entry> tagged(Connection connection, String tag, long after, long horizon, int max)
      throws SQLException {
    try (PreparedStatement select = Database.planned(connection, TAGGED)) {
      select.setString(1, tag);
      select.setLong(2, after);
      select.setLong(3, horizon);
      select.setInt(4, max);
      List<Entry> entries = new ArrayList<>();
      read(select, entries::add);
      return entries;
    }
  }

  private int read(PreparedStatement select, Consumer<Entry> entries) throws SQLException {
    select.setFetchSize(FETCHED);
    int read = 0;
    try (ResultSet rows = select.executeQuery()) {
      for (; rows.next(); read++) {
        entries.accept(
            new Entry(
                rows.getLong(1), rows.getString(5), rows.getLong(6), event(rows), rows.getLong(7)));
      }
    }
    return read;
  }

  private AccountEvent event(ResultSet row) throws SQLException {
    Try<Object> event = serialization.deserialize(row.getBytes(4), row.getInt(2), row.getString(3));
    if (event.isFailure()) {
      throw new IllegalStateException(
          "the event of ordering " + row.getLong(1) + " cannot be read", event.failed().get());
    }
    return (AccountEvent) event.get();
  }
}
