package keepwell.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import keepwell.comparison.Versions.Status;
import keepwell.node.Node;

/**
 * How long it takes until all accounts are rescored by a new version of the scorecards, by a node
 * that has none of them in memory; then what that takes from ingestion by HTTP, in rounds without
 * and with it. It stands still while its row is locked.
 */
final class Rescorings {
  private static final int[] UNDER_WAY = {500, 5_000};
  private static final int WARM_SECONDS = 60;
  private static final long POLL_MILLIS = 20;

  private final Postgres postgres;
  private final Stored stored;
  private final Node node;
  private final Versions versions;

  Rescorings(Postgres postgres, Stored stored, Node node) {
    this.postgres = postgres;
    this.stored = stored;
    this.node = node;
    this.versions = new Versions(node);
  }

  /** All of them, as fast as the settings allow. */
  void measure(int accounts) throws IOException, InterruptedException, SQLException {
    System.out.printf("%nRescoring%n");
    try (Heap heap = new Heap(node.pid())) {
      double before = heap.live();
      double unused = heap.peak();
      Duration cpu = node.cpu();
      Duration databaseCpu = postgres.cpu();
      double logged = number("SELECT pg_current_wal_lsn() - '0/0'");
      long start = System.nanoTime();
      int version = versions.put();
      versions.awaitEnded(version);
      double seconds = (System.nanoTime() - start) / 1e9;
      awaitFollowed();
      double listed = (System.nanoTime() - start) / 1e9;
      tell("minutes until rescored", seconds / 60);
      tell("minutes until in the lists", listed / 60);
      tell("accounts a second", accounts / seconds);
      tell(
          "accounts that changed their tier",
          number("SELECT COUNT(*) FROM \"tier_change\" WHERE \"version\" = " + version));
      tell("CPU ms of the node, of an account", millis(node.cpu(), cpu) / accounts);
      tell("CPU ms of the database, of an account", millis(postgres.cpu(), databaseCpu) / accounts);
      tell(
          "B of write-ahead log, of an account",
          (number("SELECT pg_current_wal_lsn() - '0/0'") - logged) / accounts);
      tell("MB of heap at most", heap.peak());
      tell("MB of heap that it has left reached", heap.live() - before);
    }
  }

  private void awaitFollowed() throws SQLException, InterruptedException {
    double last = number("SELECT COALESCE(MAX(\"event_id\"), 0) FROM \"event_tag\"");
    while (number("SELECT \"ordering\" FROM \"projection\" WHERE \"name\" = 'portfolio'") < last) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Beside ingestion of some of the accounts, which stay in memory. */
  void measureBeside(int rounds, int seconds) throws Exception {
    System.out.printf("%nSignals a second by HTTP, beside rescoring%n");
    for (Door door : Door.ALL) {
      ensureUnderWay(WARM_SECONDS);
      door.load(node, WARM_SECONDS);
    }
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      for (Door door : Door.ALL) {
        double before = alone(door, seconds);
        ensureUnderWay(seconds);
        Status from = versions.status();
        long start = System.nanoTime();
        double beside = door.load(node, seconds);
        double took = (System.nanoTime() - start) / 1e9;
        Status to = versions.status();
        double after = alone(door, seconds);
        note(figures, door.name(), before, beside, after);
        noteRescored(figures, door.name(), (to.rescored() - from.rescored()) / took, to.ended());
      }
    }
    figures.print();
  }

  /**
   * The same without HTTP.
   *
   * @param settled a {@link Settled}
   */
  static void measureInside(InsideProcess settled, int rounds, int seconds) throws IOException {
    System.out.printf("%nSignals a second inside a node, beside rescoring%n");
    for (int underWay : UNDER_WAY) {
      settled.measure("beside %d %d".formatted(WARM_SECONDS, underWay));
    }
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      for (int underWay : UNDER_WAY) {
        double before = settled.measure("alone %d %d".formatted(seconds, underWay))[0];
        double[] beside = settled.measure("beside %d %d".formatted(seconds, underWay));
        double after = settled.measure("alone %d %d".formatted(seconds, underWay))[0];
        note(figures, underWay + " under way", before, beside[0], after);
        noteRescored(figures, underWay + " under way", beside[1], beside[2] > 0);
      }
    }
    figures.print();
  }

  private static void note(
      Figures figures, String name, double before, double beside, double after) {
    figures.note(name + ", without rescoring, before", before);
    figures.note(name + ", without rescoring, after", after);
    figures.compare(name + ", beside it", beside, "without", (before + after) / 2);
  }

  private static void noteRescored(Figures figures, String name, double perSecond, boolean ended) {
    figures.note(name + ", rescored meanwhile, a second", perSecond);
    if (ended) {
      System.out.println("Rescoring had ended before: take more accounts, or less seconds");
    }
  }

  private double alone(Door door, int seconds) throws SQLException, IOException {
    try (Connection connection = stored.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      statement.execute("SELECT * FROM \"rescoring\" FOR UPDATE");
      double perSecond = door.load(node, seconds);
      connection.rollback();
      return perSecond;
    }
  }

  private void ensureUnderWay(int seconds) throws IOException, InterruptedException {
    Status now = versions.status();
    if (now.ended() || now.left() < (long) Versions.PER_SECOND_MAX * seconds) {
      versions.put();
    }
    versions.awaitUnderWay();
  }

  private double number(String sql) throws SQLException {
    return stored.number(sql);
  }

  private static double millis(Duration after, Duration before) {
    return after.minus(before).toNanos() / 1e6;
  }

  private static void tell(String name, double value) {
    System.out.printf(Locale.ROOT, "%-64s %,12.3f%n", name, value);
  }
}
