package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import keepwell.journal.Columns;

/**
 * How far the rescoring is: the one row of {@code rescoring}.
 *
 * @param version of the scorecards by which accounts are settled
 * @param thresholds the version of those that accounts tell of
 * @param afterId up to where it is, by persistence id
 * @param rescored how many accounts have been settled
 * @param accounts how many there are, as far as is known
 * @param beganAt real time
 * @param endedAt real time; empty while it goes on
 */
public record RescoringProgress(
    int version,
    int thresholds,
    String afterId,
    long rescored,
    long accounts,
    Instant beganAt,
    Optional<Instant> endedAt) {

  /** The first accounts take longer, as nothing is warm. */
  private static final Duration PACE_KNOWN_AFTER = Duration.ofSeconds(5);

  static final RescoringProgress NONE =
      new RescoringProgress(0, 0, "", 0, 0, Instant.EPOCH, Optional.empty());

  /** Whether all accounts have been settled by these versions, or later ones. */
  boolean covers(int version, int thresholds) {
    return endedAt.isPresent() && !precedes(version, thresholds);
  }

  /** Whether it is of an earlier version of one of the two. */
  boolean precedes(int version, int thresholds) {
    return this.version < version || this.thresholds < thresholds;
  }

  /** Begins anew, by these versions or those that it had if they are later. */
  RescoringProgress anew(int version, int thresholds, long accounts, Instant now) {
    return new RescoringProgress(
        Math.max(this.version, version),
        Math.max(this.thresholds, thresholds),
        "",
        0,
        accounts,
        now,
        Optional.empty());
  }

  RescoringProgress after(String persistenceId, int more) {
    long done = rescored + more;
    return new RescoringProgress(
        version, thresholds, persistenceId, done, Math.max(accounts, done), beganAt, endedAt);
  }

  RescoringProgress ended(Instant now) {
    return new RescoringProgress(
        version, thresholds, afterId, rescored, rescored, beganAt, Optional.of(now));
  }

  /** How many accounts are still to be settled. */
  public long left() {
    return accounts - rescored;
  }

  /**
   * How long it goes on, at the pace that it has had; empty before that can be said.
   *
   * @param perSecondMax how many accounts it may settle a second
   */
  Optional<Duration> remaining(Instant now, int perSecondMax) {
    if (endedAt.isPresent()) {
      return Optional.of(Duration.ZERO);
    }
    Duration since = Duration.between(beganAt, now);
    if (rescored == 0 || since.compareTo(PACE_KNOWN_AFTER) < 0) {
      return Optional.empty();
    }
    Duration least = Duration.ofSeconds(left() / perSecondMax);
    Duration paced = since.multipliedBy(left()).dividedBy(rescored);
    return Optional.of(paced.compareTo(least) > 0 ? paced : least);
  }

  /** Not while another node has it. */
  static boolean lock(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT \"id\" FROM \"rescoring\" FOR UPDATE SKIP LOCKED");
        ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  static RescoringProgress read(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM \"rescoring\"");
        ResultSet row = select.executeQuery()) {
      row.next();
      return new RescoringProgress(
          row.getInt("version"),
          row.getInt("thresholds"),
          row.getString("after_id"),
          row.getLong("rescored"),
          row.getLong("accounts"),
          Instant.ofEpochMilli(row.getLong("began_at")),
          Columns.instant(row, "ended_at"));
    }
  }

  void store(Connection connection) throws SQLException {
    Columns.execute(
        connection,
        """
        UPDATE "rescoring" SET "version" = ?, "thresholds" = ?, "after_id" = ?, "rescored" = ?,
          "accounts" = ?, "began_at" = ?, "ended_at" = ?
        """,
        Collections.singletonList(
            new Object[] {
              version,
              thresholds,
              afterId,
              rescored,
              accounts,
              beganAt.toEpochMilli(),
              Columns.millis(endedAt)
            }));
  }
}
