package keepwell.outreach;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.outreach.Webhook.Disabled;
import keepwell.outreach.Webhook.Previous;

/** All subscribers, in a table; their secrets are sealed. */
public final class Webhooks {
  /** All of them, disabled ones too. */
  public static final int COUNT_MAX = 100;

  /** How long messages are signed by the secret before too. */
  private static final Duration PREVIOUS_KEPT = Duration.ofDays(1);

  private final Database database;
  private final Seal seal;

  Webhooks(Database database, Seal seal) {
    this.database = database;
    this.seal = seal;
  }

  /**
   * Adds a subscriber; empty if there are too many.
   *
   * @param afterId of the feed; what comes after it is told
   * @param now real time
   */
  public Optional<Webhook> add(
      URI url,
      Set<EventType> eventTypes,
      String description,
      Secret secret,
      long afterId,
      Instant now)
      throws SQLException {
    String id = UUID.randomUUID().toString();
    try (Connection connection = database.dataSource().getConnection()) {
      if (all(connection).size() >= COUNT_MAX) {
        return Optional.empty();
      }
      Columns.execute(
          connection,
          """
          INSERT INTO "webhook" ("id", "url", "event_types", "description", "created_at",
            "after_id", "secret")
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          List.<Object[]>of(
              new Object[] {
                id,
                url.toString(),
                Columns.json(eventTypes.stream().map(EventType::toString).toList()),
                description,
                now.toEpochMilli(),
                afterId,
                seal.close(secret.bytes())
              }));
    }
    return get(id);
  }

  /** All, the oldest first. */
  public List<Webhook> all() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return all(connection);
    }
  }

  List<Webhook> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM \"webhook\" ORDER BY \"created_at\", \"id\"");
        ResultSet rows = select.executeQuery()) {
      List<Webhook> all = new ArrayList<>();
      while (rows.next()) {
        all.add(read(rows));
      }
      return all;
    }
  }

  public Optional<Webhook> get(String id) throws SQLException {
    return all().stream().filter(webhook -> webhook.id().equals(id)).findAny();
  }

  /** Deletes a subscriber, who is told nothing more; false if there is none. */
  public boolean delete(String id) throws SQLException {
    return execute("DELETE FROM \"webhook\" WHERE \"id\" = ?", id);
  }

  /**
   * Gives a subscriber another secret; messages are signed by the one before too for a day. False
   * if there is no such subscriber.
   */
  public boolean rotate(String id, Secret secret, Instant now) throws SQLException {
    return execute(
        """
        UPDATE "webhook" SET "previous_secret" = "secret", "previous_until" = ?, "secret" = ?
        WHERE "id" = ?
        """,
        now.plus(PREVIOUS_KEPT).toEpochMilli(),
        seal.close(secret.bytes()),
        id);
  }

  /**
   * Tells a subscriber again: what waits, and what comes from now on. False if there is none.
   *
   * @param afterId of the feed; what came before it while the subscriber was disabled is not told
   */
  public boolean enable(String id, long afterId) throws SQLException {
    return execute(
        """
        UPDATE "webhook" SET "disabled_at" = NULL, "disabled_why" = NULL, "failing_since" = NULL,
          "after_id" = CASE WHEN "disabled_at" IS NULL THEN "after_id" ELSE ? END
        WHERE "id" = ?
        """,
        afterId,
        id);
  }

  static void disable(Connection connection, String id, Disabled disabled) throws SQLException {
    execute(
        connection,
        "UPDATE \"webhook\" SET \"disabled_at\" = ?, \"disabled_why\" = ? WHERE \"id\" = ?",
        disabled.at().toEpochMilli(),
        disabled.why(),
        id);
  }

  static void failing(Connection connection, String id, Optional<Instant> since)
      throws SQLException {
    execute(
        connection,
        "UPDATE \"webhook\" SET \"failing_since\" = ? WHERE \"id\" = ?",
        Columns.millis(since),
        id);
  }

  private boolean execute(String sql, Object... values) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return execute(connection, sql, values);
    }
  }

  private static boolean execute(Connection connection, String sql, Object... values)
      throws SQLException {
    return Columns.execute(connection, sql, Collections.singletonList(values))[0] > 0;
  }

  private Webhook read(ResultSet row) throws SQLException {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Arrays.stream(Columns.read(row.getString("event_types"), String[].class))
        .forEach(name -> EventType.named(name).ifPresent(types::add));
    return new Webhook(
        row.getString("id"),
        URI.create(row.getString("url")),
        types,
        row.getString("description"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getLong("after_id"),
        secret(row.getBytes("secret")),
        Columns.instant(row, "previous_until").isPresent()
            ? Optional.of(
                new Previous(
                    secret(row.getBytes("previous_secret")),
                    Columns.instant(row, "previous_until").get()))
            : Optional.empty(),
        Columns.instant(row, "failing_since"),
        Columns.instant(row, "disabled_at").isPresent()
            ? Optional.of(
                new Disabled(
                    Columns.instant(row, "disabled_at").get(), row.getString("disabled_why")))
            : Optional.empty());
  }

  private Secret secret(byte[] sealed) {
    return new Secret(seal.open(sealed).orElseThrow());
  }
}
