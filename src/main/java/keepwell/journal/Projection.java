package keepwell.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import keepwell.journal.JournalFollower.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on the events that have a tag, in the order of their ordering, each exactly once: what a
 * handler makes of some events and how far it has come are committed together. Every node runs it;
 * whoever gets the lock on the row of {@code projection} goes on, so that no node is waited for.
 *
 * <p>None is ever passed over: an event whose transaction has not ended yet holds up those after
 * it, one that was rolled back nothing.
 */
public final class Projection implements AutoCloseable {
  /** The tag of the events that change what the portfolio knows of an account. */
  public static final String LISTED = "listed";

  private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

  /** Between two looks: what comes meanwhile shares a transaction. */
  private static final Duration PAUSE = Duration.ofMillis(25);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  /** How long a look waits for transactions to end. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int ENTRIES_MAX = 500;

  private final Database database;
  private final JournalFollower journal;
  private final String name;
  private final String tag;
  private final Handler handler;
  private final Limit limit;
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  /** Up to where there was nothing more, on whatever node. */
  private long reached;

  /** What is made of events. */
  public interface Handler {
    /**
     * Takes the next events.
     *
     * @param entries in their order; never empty
     * @param connection whose transaction is committed afterwards, or rolled back if this fails:
     *     then the same events come again
     */
    void handle(Connection connection, List<Entry> entries) throws SQLException;

    /** Learns that what it made last is committed. */
    void committed();
  }

  /** Up to which ordering it goes. */
  @FunctionalInterface
  private interface Limit {
    /** Empty if that can't be told now. */
    OptionalLong read(Connection connection) throws SQLException;
  }

  private Projection(
      Database database,
      JournalFollower journal,
      String name,
      String tag,
      Handler handler,
      Limit limit) {
    this.database = database;
    this.journal = journal;
    this.name = name;
    this.tag = tag;
    this.handler = handler;
    this.limit = limit;
    this.thread = new Thread(this::run, "projection-" + name);
    thread.setDaemon(true);
  }

  /**
   * Begins to hand on what is new.
   *
   * @param name of its row in {@code projection}
   */
  public static Projection start(
      Database database, JournalFollower journal, String name, String tag, Handler handler) {
    return started(
        new Projection(
            database,
            journal,
            name,
            tag,
            handler,
            connection -> journal.horizon(connection, PATIENCE)));
  }

  /**
   * Begins to hand on what another one has come past, which has its tag.
   *
   * @param other its name
   * @param name of the new one's row in {@code projection}
   */
  public static Projection startAfter(
      String other,
      Database database,
      JournalFollower journal,
      String name,
      String tag,
      Handler handler) {
    return started(
        new Projection(
            database,
            journal,
            name,
            tag,
            handler,
            connection -> OptionalLong.of(Offset.read(connection, other))));
  }

  private static Projection started(Projection projection) {
    projection.thread.start();
    return projection;
  }

  private void run() {
    while (!closed) {
      Duration pause = Duration.ZERO;
      try {
        pause = step() ? Duration.ZERO : PAUSE;
        failing = false;
      } catch (SQLException | RuntimeException e) {
        if (!failing && !closed) {
          LOG.atWarn()
              .addKeyValue("projection", name)
              .addKeyValue("problem", told(e))
              .setCause(e instanceof SQLException ? null : e) // that of a database says all
              .log("Projection falls behind");
        }
        failing = true;
        pause = PAUSE_AFTER_FAILURE;
      }
      sleep(pause);
    }
  }

  /** A database tells of a row that it does not take what is in it. */
  private static String told(Exception e) {
    String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return state.startsWith("22") || state.startsWith("23") ? "SQL state " + state : e.getMessage();
  }

  /** Hands on some events, and says whether there may be more. */
  private boolean step() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        return isThereMore(connection) && step(connection);
      } finally {
        connection.rollback();
      }
    }
  }

  private boolean step(Connection connection) throws SQLException {
    OptionalLong offset = Offset.lockedIfFree(connection, name);
    OptionalLong horizon = offset.isEmpty() ? offset : limit.read(connection);
    if (horizon.isEmpty()) {
      return false;
    }
    List<Entry> entries =
        journal.tagged(connection, tag, offset.getAsLong(), horizon.getAsLong(), ENTRIES_MAX);
    boolean more = entries.size() == ENTRIES_MAX;
    long upTo = more ? entries.get(entries.size() - 1).ordering() : horizon.getAsLong();
    if (!entries.isEmpty()) {
      handler.handle(connection, entries);
      Offset.store(connection, name, upTo);
      connection.commit();
      handler.committed();
    }
    reached = upTo;
    return more;
  }

  private boolean isThereMore(Connection connection) throws SQLException {
    // The order makes it a look into the index, whatever is known of the table.
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"event_id\" FROM \"event_tag\" WHERE \"tag\" = ? AND \"event_id\" > ?"
                + " ORDER BY \"event_id\" LIMIT 1")) {
      select.setString(1, tag);
      select.setLong(2, reached);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * Waits until everything that was acknowledged before this was called is handed on.
   *
   * @return whether it is; not if that takes longer than {@code patience}
   */
  public boolean awaitCaughtUp(Duration patience) throws SQLException {
    return await(acknowledged(), patience);
  }

  /** Up to where everything is acknowledged that is to be handed on. */
  public long acknowledged() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement last =
            connection.prepareStatement(
                "SELECT COALESCE(MAX(\"event_id\"), 0) FROM \"event_tag\" WHERE \"tag\" = ?")) {
      last.setString(1, tag);
      return number(last);
    }
  }

  /**
   * Waits until everything is handed on up to a place that was {@link #acknowledged}.
   *
   * @return whether it is; not if that takes longer than {@code patience}
   */
  public boolean await(long place, Duration patience) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement offset =
            connection.prepareStatement(
                "SELECT \"ordering\" FROM \"projection\" WHERE \"name\" = ?")) {
      offset.setString(1, name);
      while (number(offset) < place) {
        if (closed || System.nanoTime() >= deadline || !sleep(PAUSE)) {
          return false;
        }
      }
      return true;
    }
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private boolean sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed |= Thread.currentThread() == thread;
      return false;
    }
  }

  /** Ends it; waits for the transaction that is under way. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
