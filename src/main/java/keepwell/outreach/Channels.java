package keepwell.outreach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.journal.Columns;
import keepwell.journal.Database;

/** Slack and e-mail: whether they are there, and how they are. */
public final class Channels {
  private final Database database;
  private final Set<String> configured;

  /**
   * @param configured their ids
   */
  Channels(Database database, Set<String> configured) {
    this.database = database;
    this.configured = Set.copyOf(configured);
  }

  /** Whether messages go by {@link Channel#SLACK} or {@link Channel#EMAIL}. */
  public boolean has(String id) {
    return configured.contains(id);
  }

  /** All, also those by which nothing goes. */
  public List<Channel> all() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return all(connection);
    }
  }

  List<Channel> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT * FROM \"channel\" ORDER BY \"id\" DESC");
        ResultSet row = select.executeQuery()) {
      List<Channel> all = new ArrayList<>();
      while (row.next()) {
        String id = row.getString("id");
        all.add(new Channel(id, has(id), Columns.instant(row, "failing_since")));
      }
      return all;
    }
  }

  static void failing(Connection connection, String id, Optional<Instant> since)
      throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"channel\" SET \"failing_since\" = ? WHERE \"id\" = ?",
        List.<Object[]>of(new Object[] {Columns.millis(since), id}));
  }
}
