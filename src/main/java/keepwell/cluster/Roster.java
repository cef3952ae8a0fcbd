package keepwell.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import keepwell.journal.Database;

/**
 * The table in which the nodes of an installation write themselves down, as one of them uses it.
 * What must not be decided twice is decided in it, under a lock that all nodes share.
 */
final class Roster {
  private final Database database;
  private final String host;
  private final int port;
  private final long incarnation;

  /**
   * A node as it has written itself down.
   *
   * @param incarnation one start of it
   * @param joined whether it is in the cluster
   * @param arbiter whether it is the one that may decide a split
   * @param beat moves on while it lives
   */
  record Entry(
      String host, int port, long incarnation, boolean joined, boolean arbiter, long beat) {
    String name() {
      return host + ":" + port;
    }
  }

  /** A statement on the locked table. */
  private interface Step<T> {
    T on(Connection connection) throws SQLException;
  }

  /** The roster as it is used by the node at an address. */
  Roster(Database database, String host, int port, long incarnation) {
    this.database = database;
    this.host = host;
    this.port = port;
    this.incarnation = incarnation;
  }

  /** Writes this node down, in place of whoever was at its address before. */
  void register() throws SQLException {
    locked(
        connection -> {
          execute(connection, "DELETE FROM \"node\" WHERE \"host\" = ? AND \"port\" = ?");
          return execute(
              connection,
              "INSERT INTO \"node\" (\"joined\", \"arbiter\", \"beat\", \"host\", \"port\","
                  + " \"incarnation\") VALUES (FALSE, FALSE, 0, ?, ?, ?)",
              incarnation);
        });
  }

  /**
   * Shows that this node lives.
   *
   * @param joined whether it is in the cluster
   * @return whether it is still written down; if it is not, others have gone on without it
   */
  boolean beat(boolean joined) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return own(connection, "SET \"beat\" = \"beat\" + 1, \"joined\" = " + joined);
    }
  }

  /** All nodes. */
  List<Entry> all() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return all(connection);
    }
  }

  /** The other nodes. */
  List<Entry> others() throws SQLException {
    return all().stream().filter(entry -> !atOurAddress(entry)).toList();
  }

  /** Whether it is this node, or another start of a node at its address. */
  boolean atOurAddress(Entry entry) {
    return entry.host().equals(host) && entry.port() == port;
  }

  /**
   * Makes this node the first of a new cluster, unless somebody in a cluster may still live.
   *
   * @param gone who does not
   * @return whether it is
   */
  boolean found(Predicate<Entry> gone) throws SQLException {
    return locked(
        connection -> {
          if (anyOther(connection, other -> other.joined() && !gone.test(other))) {
            return false;
          }
          for (Entry other : all(connection)) {
            if (!atOurAddress(other) && gone.test(other)) { // who waits to join is not
              strike(connection, other.host(), other.port(), other.incarnation());
            }
          }
          return own(connection, "SET \"joined\" = TRUE");
        });
  }

  /**
   * Makes this node the only one that may decide a split.
   *
   * @param gone who may not any more
   * @return whether it is
   */
  boolean arbitrate(Predicate<Entry> gone) throws SQLException {
    return locked(
        connection -> {
          if (anyOther(connection, other -> other.arbiter() && !gone.test(other))) {
            return false;
          }
          execute(connection, "UPDATE \"node\" SET \"arbiter\" = (\"host\" = ? AND \"port\" = ?)");
          return own(connection, "SET \"arbiter\" = TRUE");
        });
  }

  /** Lets another one decide the next split. */
  void release() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      own(connection, "SET \"arbiter\" = FALSE");
    }
  }

  /** Strikes this node out. */
  void strikeSelf() throws SQLException {
    strike(host, port, incarnation);
  }

  /** Strikes a start of a node out that the cluster has removed. */
  void strike(String host, int port, long incarnation) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      strike(connection, host, port, incarnation);
    }
  }

  private static void strike(Connection connection, String host, int port, long incarnation)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM \"node\" WHERE \"host\" = ? AND \"port\" = ?"
                + " AND \"incarnation\" = ?")) {
      delete.setString(1, host);
      delete.setInt(2, port);
      delete.setLong(3, incarnation);
      delete.executeUpdate();
    }
  }

  /**
   * Strikes a node out that seems to have ended.
   *
   * @return whether it is, by this node: not if its beat has moved, or if this one was struck out
   */
  boolean strike(Entry ended) throws SQLException {
    return locked(
        connection -> {
          boolean still = all(connection).contains(ended);
          if (still && own(connection, "SET \"joined\" = TRUE")) {
            strike(connection, ended.host(), ended.port(), ended.incarnation());
            return true;
          }
          return false;
        });
  }

  private boolean anyOther(Connection connection, Predicate<Entry> test) throws SQLException {
    return all(connection).stream().anyMatch(entry -> !atOurAddress(entry) && test.test(entry));
  }

  private static List<Entry> all(Connection connection) throws SQLException {
    List<Entry> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"host\", \"port\", \"incarnation\", \"joined\", \"arbiter\", \"beat\""
                    + " FROM \"node\" ORDER BY \"host\", \"port\"")) {
      while (rows.next()) {
        all.add(
            new Entry(
                rows.getString(1),
                rows.getInt(2),
                rows.getLong(3),
                rows.getBoolean(4),
                rows.getBoolean(5),
                rows.getLong(6)));
      }
    }
    return all;
  }

  /** Changes this node's own entry, and says whether there is one. */
  private boolean own(Connection connection, String set) throws SQLException {
    String update =
        "UPDATE \"node\" " + set + " WHERE \"host\" = ? AND \"port\" = ? AND \"incarnation\" = ?";
    return execute(connection, update, incarnation) == 1;
  }

  /** Executes a statement whose first parameters are this node's address. */
  private int execute(Connection connection, String sql, Object... more) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, host);
      statement.setInt(2, port);
      for (int i = 0; i < more.length; i++) {
        statement.setObject(i + 3, more[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Does something while no other node does: the row of the installation is what all lock. */
  private <T> T locked(Step<T> step) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement lock = connection.createStatement()) {
        lock.executeQuery("SELECT \"id\" FROM \"installation\" FOR UPDATE");
        T result = step.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
