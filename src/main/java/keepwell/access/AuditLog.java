package keepwell.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.journal.Columns;
import keepwell.journal.Database;

/**
 * Who has changed what, in a table. What was about an account that is erased goes with it: only who
 * did what when is left.
 */
public final class AuditLog {
  private final Database database;
  private final Duration kept;
  private final InstantSource realClock;

  /**
   * A call that changes something.
   *
   * @param call its method and path, with {@code {id}} where an id is
   * @param target that id
   * @param persistenceId if the target is an account
   */
  public record Call(String call, Optional<String> target, Optional<String> persistenceId) {}

  /**
   * A call that was made.
   *
   * @param at real time
   * @param key the name of who made it
   * @param status of the answer; empty while there is none, and if the node has died over it
   * @param before what was changed, as it was before; JSON
   * @param after the same afterwards
   */
  public record Entry(
      long id,
      Instant at,
      String key,
      String call,
      Optional<String> target,
      OptionalInt status,
      Optional<String> before,
      Optional<String> after) {}

  /**
   * @param kept how long an entry is kept
   */
  public AuditLog(Database database, Duration kept, InstantSource realClock) {
    this.database = database;
    this.kept = kept;
    this.realClock = realClock;
  }

  /** Stores that a call is about to be made, and returns the id of the entry. */
  public long begin(ApiKey key, Call call, Optional<String> before) throws SQLException {
    Instant now = realClock.instant();
    try (Connection connection = database.dataSource().getConnection()) {
      Columns.execute(
          connection,
          "DELETE FROM \"audit\" WHERE \"at\" < ?",
          List.<Object[]>of(new Object[] {now.minus(kept).toEpochMilli()}));
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO "audit" ("at", "key", "call", "target", "persistence_id", "before")
              VALUES (?, ?, ?, ?, ?, ?)
              """,
              new String[] {"id"})) {
        insert.setLong(1, now.toEpochMilli());
        insert.setString(2, key.name());
        insert.setString(3, call.call());
        insert.setBytes(4, call.target().map(Columns::utf8).orElse(null));
        insert.setString(5, call.persistenceId().orElse(null));
        insert.setString(6, before.orElse(null));
        insert.executeUpdate();
        try (ResultSet ids = insert.getGeneratedKeys()) {
          ids.next();
          return ids.getLong(1);
        }
      }
    }
  }

  /**
   * Stores what became of a call. Of one that did nothing the target is forgotten: it may be an
   * account that there is none of, and so none that could be erased.
   */
  public void end(long id, int status, boolean done, Optional<String> after) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Columns.execute(
          connection,
          done
              // Without a target it is about an account that was erased meanwhile.
              ? """
                UPDATE "audit" SET "status" = ?, "after" =
                  CASE WHEN "target" IS NULL AND "persistence_id" IS NOT NULL THEN NULL ELSE ? END
                WHERE "id" = ?
                """
              : """
                UPDATE "audit" SET "status" = ?, "after" = ?, "target" = NULL, "before" = NULL
                WHERE "id" = ?
                """,
          List.<Object[]>of(new Object[] {status, after.orElse(null), id}));
    }
  }

  /**
   * The newest entries first.
   *
   * @param beforeId only those before it
   */
  public List<Entry> page(long beforeId, int limit) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM \"audit\" WHERE \"id\" < ? ORDER BY \"id\" DESC LIMIT ?")) {
      select.setLong(1, beforeId);
      select.setInt(2, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(read(row));
        }
      }
      return entries;
    }
  }

  private static Entry read(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    return new Entry(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("key"),
        row.getString("call"),
        Optional.ofNullable(row.getBytes("target")).map(Columns::text),
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        Optional.ofNullable(row.getString("before")),
        Optional.ofNullable(row.getString("after")));
  }
}
