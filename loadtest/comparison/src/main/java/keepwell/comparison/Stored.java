package keepwell.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import keepwell.health.TypicalAccount;
import keepwell.health.TypicalScorecard;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.ScorecardVersions;

/**
 * A database of typical accounts, settled and reviewed on the day that all of them have lived, by
 * version 1 of the scorecards.
 */
final class Stored implements AutoCloseable {
  private final Database database;

  Stored(Postgres postgres, String name) throws SQLException {
    this.database = Database.open(postgres.url(name), postgres.user(), "", 2);
  }

  /**
   * Stores accounts, all of them due at the end of that day.
   *
   * @param since how many events each has had since its snapshot
   * @param now product time
   */
  void seed(int accounts, int since, Instant now) throws SQLException {
    Installation installation =
        Installation.settle(
            database, new Installation(ZoneOffset.UTC, Instant.now(), now, 1, Hosted.SECRET));
    ScorecardVersions.load(database, TypicalScorecard.document(), TypicalAccount.latest());
    new Sleepers(database, installation).store(accounts, since);
    execute(
        "INSERT INTO \"review\" VALUES (1, %d, 0, %d, '')"
            .formatted(TypicalAccount.days().of(TypicalAccount.latest()) - 1, Integer.MIN_VALUE));
    execute("UPDATE \"rescoring\" SET \"version\" = 1, \"ended_at\" = 0");
    Followers.passOver(database);
    execute("VACUUM ANALYZE");
    execute("CHECKPOINT");
  }

  /** Lets product time run on from a real instant. */
  void startClock(Instant at) throws SQLException {
    execute("UPDATE \"installation\" SET \"clock_origin\" = %d".formatted(at.toEpochMilli()));
  }

  Database database() {
    return database;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      waitForever(connection);
      statement.execute(sql);
    }
  }

  /** Some statements take longer than those of a node may. */
  static void waitForever(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 0);
  }

  double number(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getDouble(1);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
