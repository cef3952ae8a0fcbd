package keepwell.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Connection connection;

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
