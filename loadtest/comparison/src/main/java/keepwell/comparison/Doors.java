package keepwell.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import keepwell.journal.Database;
import keepwell.node.Node;

/**
 * What the read side takes from ingestion by HTTP, where every twentieth signal moves a standing:
 * rounds with it and without it in turn, by one node. It does nothing while its rows are locked,
 * and what it has missed then is passed over.
 */
final class Doors implements AutoCloseable {
  private static final int WARM_SECONDS = 20;
  private static final long POLL_MILLIS = 10;

  private final Database database;
  private final Node node;

  /**
   * @param node that nobody has used yet
   */
  Doors(Postgres postgres, String name, Node node) throws SQLException {
    this.database = Database.open(postgres.url(name), postgres.user(), "", 2);
    this.node = node;
  }

  void measure(int rounds, int seconds) throws Exception {
    node.put("/v1/scorecards", Moving.SCORECARDS);
    System.out.printf("%nSignals a second by HTTP that move standings%n");
    for (Door door : Door.ALL) {
      door.load(node, WARM_SECONDS);
    }
    awaitFollowed();
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      for (Door door : Door.ALL) {
        double before = alone(door, seconds);
        double events = number("SELECT COUNT(*) FROM \"event_tag\"");
        long start = System.nanoTime();
        double followed = door.load(node, seconds);
        double answered = System.nanoTime() - start;
        awaitFollowed();
        double untilFollowed = followed * answered / (System.nanoTime() - start);
        events = number("SELECT COUNT(*) FROM \"event_tag\"") - events;
        double alone = (before + alone(door, seconds)) / 2;
        figures.note(door.name() + ", without the read side", alone);
        figures.compare(door.name() + ", with it", followed, "without", alone);
        figures.compare(
            door.name() + ", with it, until it has followed", untilFollowed, "without", alone);
        figures.note(
            door.name() + ", % of signals with an event for it",
            events * 1e11 / (followed * answered));
      }
    }
    figures.print();
  }

  private double alone(Door door, int seconds) throws SQLException, IOException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      statement.execute("SELECT * FROM \"projection\" FOR UPDATE");
      double perSecond = door.load(node, seconds);
      statement.execute(
          "UPDATE \"projection\" SET \"ordering\" ="
              + " (SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\")");
      connection.commit();
      return perSecond;
    }
  }

  private void awaitFollowed() throws SQLException, InterruptedException {
    double last = number("SELECT MAX(\"event_id\") FROM \"event_tag\"");
    while (number("SELECT MIN(\"ordering\") FROM \"projection\"") < last) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private double number(String sql) throws SQLException {
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
