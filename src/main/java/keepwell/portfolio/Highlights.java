package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Database;

/** The open accounts that a report tells of, as they published last. Each has a tier. */
public final class Highlights {
  private final Connection connection;

  /**
   * Some of the accounts that something is true of.
   *
   * @param first those that are told of
   * @param count how many there are
   * @param arr what all of them are worth a year
   */
  public record Some(List<Listed> first, long count, double arr) {}

  public Highlights(Connection connection) {
    this.connection = connection;
  }

  /**
   * Those that moved into a tier after an instant, and have not moved since; those worth most come
   * first. Neither a first tier is a move, nor what a backfill does.
   *
   * @param ownerKey only those of the owner that this stands for; see {@link Sums.Group}
   */
  public Some movedInto(String tier, Instant after, Optional<String> ownerKey, int max)
      throws SQLException {
    Where where = new Where();
    where.and(
        """
        s."tier" = ? AND s."tier_since" > ? AND s."closed_at" IS NULL
          AND s."previous_tier" IS NOT NULL
          AND NOT COALESCE((SELECT c."quiet" FROM "tier_change" c
            WHERE c."persistence_id" = s."persistence_id" ORDER BY c."ordering" DESC LIMIT 1), FALSE)
        """,
        tier,
        after.toEpochMilli());
    ownerKey.ifPresent(key -> where.and("s.\"owner\" = ?", key));
    String sums = "SELECT COUNT(*), SUM(s.\"arr\") FROM \"standing\" s WHERE " + where.sql();
    try (PreparedStatement select = Database.planned(connection, sums)) {
      where.set(select, 0);
      List<Listed> first =
          select(where, "s.\"arr\" DESC NULLS LAST, s.\"score\", s.\"account\"", max);
      return some(first, select);
    }
  }

  /**
   * Those that renew on these days, and are in one of these tiers; the first to renew come first.
   */
  public Some renewing(int from, int through, Collection<String> tiers, int max)
      throws SQLException {
    Object[] keys = tiers.toArray();
    Where where = new Where();
    where.and(
        "s.\"renewal_on\" BETWEEN ? AND ? AND s.\"closed_at\" IS NULL AND s.\"tier\" = ANY (?)",
        from,
        through,
        connection.createArrayOf("varchar", keys));
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT SUM("accounts"), SUM("arr") FROM "renewal"
            WHERE "group" = ? AND "day" BETWEEN ? AND ? AND "tier" = ANY (?)
            """)) {
      select.setString(1, Sums.Group.ALL.key());
      select.setInt(2, from);
      select.setInt(3, through);
      select.setArray(4, connection.createArrayOf("varchar", keys));
      return some(select(where, "s.\"renewal_on\", s.\"account\"", max), select);
    }
  }

  /**
   * Those whose score fell most in the seven days up to when they published last.
   *
   * @param since who has not published since then has not moved
   */
  public List<Listed> fell(Instant since, int max) throws SQLException {
    return moved("s.\"trend7\" < 0", "s.\"trend7\", s.\"persistence_id\"", since, max);
  }

  /** The same of those whose score rose most. */
  public List<Listed> rose(Instant since, int max) throws SQLException {
    return moved("s.\"trend7\" > 0", "s.\"trend7\" DESC, s.\"persistence_id\" DESC", since, max);
  }

  private List<Listed> moved(String direction, String order, Instant since, int max)
      throws SQLException {
    Where where = new Where();
    where.and(direction);
    where.and(
        "s.\"closed_at\" IS NULL AND s.\"tier\" IS NOT NULL AND s.\"published_at\" >= ?",
        since.toEpochMilli());
    return select(where, order, max);
  }

  private List<Listed> select(Where where, String order, int max) throws SQLException {
    String sql =
        "SELECT s.* FROM \"standing\" s WHERE %s ORDER BY %s LIMIT %d"
            .formatted(where.sql(), order, max);
    try (PreparedStatement select = Database.planned(connection, sql)) {
      where.set(select, 0);
      List<Listed> listed = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          listed.add(Standings.read(rows));
        }
      }
      return listed;
    }
  }

  private static Some some(List<Listed> first, PreparedStatement sums) throws SQLException {
    try (ResultSet row = sums.executeQuery()) {
      row.next();
      return new Some(first, row.getLong(1), row.getDouble(2));
    }
  }
}
