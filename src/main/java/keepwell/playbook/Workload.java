package keepwell.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.journal.Columns;

/** What is to be done about open accounts, what was done, and what playbooks began. */
public final class Workload {
  /**
   * Tasks are dismissed a moment after their account is listed as closed; what somebody opens again
   * is still none of an open account, nor is what was done.
   */
  static final String OF_OPEN_ACCOUNTS =
      """
       AND NOT EXISTS (SELECT 1 FROM "standing" s
        WHERE s."persistence_id" = "task"."persistence_id" AND s."closed_at" IS NOT NULL)
      """;

  private static final String OVERDUE =
      "WHERE \"state\" = 'open' AND \"due_at\" < ?" + OF_OPEN_ACCOUNTS;

  private static final String DONE =
      "WHERE \"state\" = 'done' AND \"ended_at\" >= ?" + OF_OPEN_ACCOUNTS;

  /** More open tasks than anybody looks at one by one. */
  public static final int OPEN_MAX = 10_000;

  private final Connection connection;

  /**
   * How much somebody has to do.
   *
   * @param owner empty: nobody yet
   * @param open tasks
   * @param overdue of them
   * @param today of them that are due today and not overdue yet
   */
  public record Open(Optional<String> owner, long open, long overdue, long today) {}

  public Workload(Connection connection) {
    this.connection = connection;
  }

  /** The tasks that were to be done before an instant, the oldest first. */
  public List<Task> overdue(Instant now, int max) throws SQLException {
    return Tasks.select(
        connection,
        OVERDUE + " ORDER BY \"due_at\", \"id\" LIMIT ?",
        List.of(now.toEpochMilli(), max));
  }

  /**
   * How much each owner has to do, of the first {@value #OPEN_MAX} open tasks in the order in which
   * they are due; who has most comes first.
   */
  public List<Open> open(Instant now, Instant endOfToday) throws SQLException {
    return Columns.select(
        connection,
        """
        SELECT MIN("owner"), COUNT(*), SUM(CASE WHEN "due_at" < ? THEN 1 ELSE 0 END),
          SUM(CASE WHEN "due_at" >= ? AND "due_at" <= ? THEN 1 ELSE 0 END)
        FROM (SELECT "owner", "owner_key", "due_at" FROM "task" WHERE "state" = 'open'
          ORDER BY "due_at", "id" LIMIT ?) t
        GROUP BY "owner_key" ORDER BY 2 DESC, 1
        """,
        row ->
            new Open(
                Optional.ofNullable(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4)),
        now.toEpochMilli(),
        now.toEpochMilli(),
        endOfToday.toEpochMilli(),
        OPEN_MAX);
  }

  /** How many there are. */
  public long overdueCount(Instant now) throws SQLException {
    return count(OVERDUE, now);
  }

  /** How many tasks were done since an instant. */
  public long doneCount(Instant since) throws SQLException {
    return count(DONE, since);
  }

  private long count(String where, Instant instant) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT COUNT(*) FROM \"task\" " + where)) {
      select.setLong(1, instant.toEpochMilli());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * How many runs of each playbook began from a day on, whatever has become of them; most first.
   *
   * @param day counted from 1970-01-01
   */
  public Map<String, Long> begun(int day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT "playbook", COUNT(*) FROM "run" WHERE "began_on" >= ? AND "state" <> 'suspected'
            GROUP BY "playbook" ORDER BY 2 DESC, 1
            """)) {
      select.setInt(1, day);
      Map<String, Long> runs = new LinkedHashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.put(rows.getString(1), rows.getLong(2));
        }
      }
      return runs;
    }
  }
}
