package keepwell.outreach;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import keepwell.journal.Database;

/** What is told of the outbox: the same by every node. */
public final class Backlog {
  private static final String COUNT =
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM "delivery" d WHERE d."state" = ? AND d."webhook" IN (%s) LIMIT %d) AS "some"
      """
          .formatted(Deliveries.RECIPIENTS, Deliveries.COUNTED_MAX);

  /** For each recipient a look into the index. */
  private static final String FIRST_DUE =
      """
      SELECT MIN("due_at") FROM (
        SELECT (SELECT MIN(d."due_at") FROM "delivery" d
          WHERE d."webhook" = r."id" AND d."state" = 'waiting') AS "due_at"
        FROM (SELECT "id" FROM "webhook" WHERE "disabled_at" IS NULL UNION ALL
          SELECT "id" FROM "channel") AS r) AS "first"
      """;

  private final Database database;
  private final InstantSource realClock;
  private volatile long waiting;
  private volatile long parked;
  private volatile double overdueSeconds;

  public Backlog(Database database, InstantSource realClock, MeterRegistry meters) {
    this.database = database;
    this.realClock = realClock;
    Gauge.builder("keepwell.outbox.messages", () -> waiting)
        .tag("state", "waiting")
        .description("Messages to webhooks and channels, up to 100,000; the same at every node")
        .register(meters);
    Gauge.builder("keepwell.outbox.messages", () -> parked)
        .tag("state", "parked")
        .description("Messages to webhooks and channels, up to 100,000; the same at every node")
        .register(meters);
    Gauge.builder("keepwell.outbox.overdue", () -> overdueSeconds)
        .baseUnit("seconds")
        .description("How long the first message has been due; the same at every node")
        .register(meters);
  }

  /** Counts anew. */
  public void count() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      waiting = count(connection, "waiting");
      parked = count(connection, "parked");
      try (PreparedStatement select = connection.prepareStatement(FIRST_DUE);
          ResultSet row = select.executeQuery()) {
        row.next();
        long dueAt = row.getLong(1);
        overdueSeconds = row.wasNull() ? 0 : Math.max(0, realClock.millis() - dueAt) / 1000.0;
      }
    }
  }

  private static long count(Connection connection, String state) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COUNT)) {
      select.setString(1, state);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
