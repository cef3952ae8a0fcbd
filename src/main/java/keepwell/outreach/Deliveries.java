package keepwell.outreach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.outreach.Delivery.State;

/** The outbox: a table of the messages to each recipient. */
public final class Deliveries {
  /** The ids of all who may be told. */
  static final String RECIPIENTS =
      "SELECT \"id\" FROM \"webhook\" UNION ALL SELECT \"id\" FROM \"channel\"";

  private static final int PURGED_MAX = 1000;

  /** Beyond so many it does not matter how many more. */
  static final int COUNTED_MAX = 100_000;

  private final Database database;

  Deliveries(Database database) {
    this.database = database;
  }

  /** What became of a wish to try a message again. */
  public enum Retried {
    DONE,
    UNKNOWN,

    /** It was taken already. */
    DELIVERED
  }

  /** Puts messages into the outbox. */
  static void add(Connection connection, List<Delivery> deliveries) throws SQLException {
    Columns.execute(
        connection,
        """
        INSERT INTO "delivery" ("webhook", "change_id", "account", "event_type", "queued_at",
          "state", "due_at", "failures", "attempts")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        deliveries.stream()
            .map(
                delivery ->
                    new Object[] {
                      delivery.recipient(),
                      delivery.changeId(),
                      delivery.account(),
                      delivery.eventType(),
                      delivery.queuedAt().toEpochMilli(),
                      text(delivery.state()),
                      Columns.millis(delivery.dueAt()),
                      delivery.failures(),
                      AttemptsJson.text(delivery.attempts())
                    })
            .toList());
  }

  /** Stores what became of messages, as far as they are still there. */
  static void update(Connection connection, List<Delivery> deliveries, Instant now)
      throws SQLException {
    Columns.execute(
        connection,
        """
        UPDATE "delivery" SET "state" = ?, "due_at" = ?, "failures" = ?, "attempts" = ?,
          "ended_at" = ?
        WHERE "webhook" = ? AND "change_id" = ?
        """,
        deliveries.stream()
            .map(
                delivery ->
                    new Object[] {
                      text(delivery.state()),
                      Columns.millis(delivery.dueAt()),
                      delivery.failures(),
                      AttemptsJson.text(delivery.attempts()),
                      delivery.state() == State.WAITING ? null : now.toEpochMilli(),
                      delivery.recipient(),
                      delivery.changeId()
                    })
            .toList());
  }

  /**
   * The messages to a recipient that may be tried now, the longest waiting first: of each account
   * only its first that is waiting.
   */
  static List<Delivery> due(Connection connection, String recipient, Instant now, int max)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT * FROM "delivery" d
            WHERE "webhook" = ? AND "due_at" <= ? AND "change_id" = (
              SELECT MIN(e."change_id") FROM "delivery" e
              WHERE e."webhook" = d."webhook" AND e."account" = d."account"
                AND e."due_at" IS NOT NULL)
            ORDER BY "due_at", "change_id" LIMIT ?
            """)) {
      select.setString(1, recipient);
      select.setLong(2, now.toEpochMilli());
      select.setInt(3, max);
      return read(select);
    }
  }

  /** A recipient answers again: what it has refused waits no longer. */
  static void hasten(Connection connection, String recipient, Instant now) throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"delivery\" SET \"due_at\" = ? WHERE \"webhook\" = ? AND \"due_at\" > ?",
        List.<Object[]>of(new Object[] {now.toEpochMilli(), recipient, now.toEpochMilli()}));
  }

  /**
   * Deletes what was about accounts of which nothing may be kept.
   *
   * @param erased by account, up to which change
   */
  static void forget(Connection connection, Map<String, Long> erased) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"delivery\" WHERE \"account\" = ? AND \"change_id\" < ?",
        erased.entrySet().stream()
            .map(entry -> new Object[] {entry.getKey(), entry.getValue()})
            .toList());
  }

  /** Deletes messages that there is nothing to tell by any more. */
  static void delete(Connection connection, List<Delivery> deliveries) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"delivery\" WHERE \"webhook\" = ? AND \"change_id\" = ?",
        deliveries.stream()
            .map(delivery -> new Object[] {delivery.recipient(), delivery.changeId()})
            .toList());
  }

  /**
   * Deletes some of the messages that ended before an instant, or whose recipient is gone; returns
   * whether there may be more.
   */
  static boolean purge(Connection connection, Instant before) throws SQLException {
    int most = 0;
    for (String where :
        List.of(
            "\"ended_at\" < ?",
            "\"webhook\" NOT IN (%s) AND \"queued_at\" < ?".formatted(RECIPIENTS))) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              """
              DELETE FROM "delivery" WHERE ("webhook", "change_id") IN (
                SELECT "webhook", "change_id" FROM "delivery" WHERE %s LIMIT %d)
              """
                  .formatted(where, PURGED_MAX))) {
        delete.setLong(1, before.toEpochMilli());
        most = Math.max(most, delete.executeUpdate());
      }
    }
    return most == PURGED_MAX;
  }

  /**
   * The messages to a recipient, the newest first.
   *
   * @param beforeId of a change; only what is older
   */
  public List<Delivery> page(
      String recipient, Optional<State> state, Optional<Long> beforeId, int limit)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT * FROM "delivery" WHERE "webhook" = ? AND "change_id" < ?%s
                ORDER BY "change_id" DESC LIMIT ?
                """
                    .formatted(state.isPresent() ? " AND \"state\" = ?" : ""))) {
      int next = 1;
      select.setString(next++, recipient);
      select.setLong(next++, beforeId.orElse(Long.MAX_VALUE));
      if (state.isPresent()) {
        select.setString(next++, text(state.get()));
      }
      select.setInt(next, limit);
      return read(select);
    }
  }

  /** A message to a recipient. */
  public Optional<Delivery> get(String recipient, long changeId) throws SQLException {
    return page(recipient, Optional.empty(), Optional.of(changeId + 1), 1).stream()
        .filter(delivery -> delivery.changeId() == changeId)
        .findAny();
  }

  /** How many messages to a recipient are in a state, up to 100,000. */
  public long count(String recipient, State state) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM "delivery" WHERE "webhook" = ? AND "state" = ? LIMIT %d) AS "some"
                """
                    .formatted(COUNTED_MAX))) {
      select.setString(1, recipient);
      select.setString(2, text(state));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Lets a message that is parked or waiting be tried at once, and again by the schedule. */
  public Retried retry(String recipient, long changeId, Instant now) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                UPDATE "delivery" SET "state" = 'waiting', "due_at" = ?, "failures" = 0,
                  "ended_at" = NULL
                WHERE "webhook" = ? AND "change_id" = ? AND "state" <> 'delivered'
                """)) {
      update.setLong(1, now.toEpochMilli());
      update.setString(2, recipient);
      update.setLong(3, changeId);
      if (update.executeUpdate() > 0) {
        return Retried.DONE;
      }
    }
    return get(recipient, changeId).isPresent() ? Retried.DELIVERED : Retried.UNKNOWN;
  }

  private static List<Delivery> read(PreparedStatement select) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        deliveries.add(
            new Delivery(
                row.getString("webhook"),
                row.getLong("change_id"),
                row.getString("account"),
                row.getString("event_type"),
                Instant.ofEpochMilli(row.getLong("queued_at")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Columns.instant(row, "due_at"),
                row.getInt("failures"),
                AttemptsJson.read(row.getString("attempts"))));
      }
    }
    return deliveries;
  }

  private static String text(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
