package keepwell.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import keepwell.comparison.HttpLoad.Result;
import keepwell.comparison.Pgbench.Way;
import keepwell.node.Node;

/**
 * Compares Keepwell with what would otherwise be written, on one machine and in one run: everything
 * in turn, in several rounds, on one PostgreSQL.
 */
public final class Comparison {
  private static final int PORT = 54_715;

  /** Until the compiler of the virtual machine has done most of its work. */
  private static final int WARM_SECONDS = 30;

  /** Singles are measured with each; the best counts. */
  private static final int[] CONNECTIONS = {32, 64, 128, 256};

  private static final int[] MIXED_CONNECTIONS = {64, 256, 512, 1_024};

  /** Signals inside the JVM. */
  private static final int[] UNDER_WAY = {500, 5_000, 10_000};

  private static final int[] TAGGED_PERCENT = {2, 10};
  private static final int CONFLICTS_PER_SECOND = 50;
  private static final String UNTAGGED = "untagged";

  private final int seconds;
  private final Figures figures = new Figures();

  /** Something that is done for some time. */
  private interface Measurement {
    double perSecond() throws IOException;
  }

  /** Measures signals a second, and tells them as a figure. */
  private interface Taker {
    double take(String figure, Way yardstick, Measurement measurement) throws IOException;
  }

  private Comparison(int seconds) {
    this.seconds = seconds;
  }

  /**
   * @param args the distribution, the flags of the virtual machine, rounds, and seconds of each
   *     measurement
   */
  public static void main(String[] args) throws Exception {
    Path distribution = Path.of(args[0]);
    List<String> flags = List.of(args[1].split(" "));
    Comparison comparison = new Comparison(Integer.parseInt(args[3]));
    Path logs = Files.createTempDirectory("keepwell-comparison-logs");
    System.out.println("Logs are in " + logs);
    int rounds = Integer.parseInt(args[2]);
    try (Postgres postgres = new Postgres(PORT)) {
      postgres.create("keepwell");
      postgres.create("inside");
      Pgbench pgbench = new Pgbench(postgres);
      Journal journal = new Journal(postgres);
      try (Node node =
              new Node(
                  distribution,
                  logs.resolve("node.log"),
                  Map.of(
                      "KEEPWELL_JDBC_URL", postgres.url("keepwell"),
                      "KEEPWELL_JDBC_USER", postgres.user()));
          InsideProcess inside =
              new InsideProcess(
                  Inside.class,
                  flags,
                  logs.resolve("inside.log"),
                  postgres.url("inside"),
                  postgres.user())) {
        for (int underWay : UNDER_WAY) {
          inside.measure("record " + WARM_SECONDS + " 1 0 " + underWay);
        }
        comparison.warm(node);
        for (int round = 0; round < rounds; round++) {
          comparison.plain(pgbench, journal);
          comparison.inside(pgbench, inside);
          comparison.http("PostgreSQL", node, comparison.beside(pgbench));
        }
      }
    }
    comparison.figures.print();
    // Alone, as its file is compacted whenever there is nothing else to do.
    try (Node embedded =
        new Node(
            distribution,
            logs.resolve("embedded.log"),
            Map.of("KEEPWELL_DATA_DIR", logs.resolve("data").toString()))) {
      comparison.warm(embedded);
      for (int round = 0; round < rounds; round++) {
        comparison.http("H2", embedded, comparison.alone());
      }
    }
    comparison.figures.print();
  }

  private void warm(Node node) throws IOException, InterruptedException {
    load(node, Requests.single(Requests.ACCOUNTS), "\"accepted\":1,", 128, WARM_SECONDS);
    load(node, Requests.mixed(), "\"accepted\":100,", 512, WARM_SECONDS);
    load(node, Requests.mixed(), "\"accepted\":100,", 1_024, WARM_SECONDS / 2);
    load(node, Requests.batches(), "\"accepted\":100,", 32, WARM_SECONDS / 2);
    node.settle();
  }

  /** Requests a second, as many as are answered. */
  private static double load(
      Node node, Requests requests, String expected, int connections, int seconds)
      throws IOException {
    Result result =
        new HttpLoad(requests, expected)
            .run(
                List.of(node.address()),
                connections,
                Duration.ofSeconds(seconds),
                Double.POSITIVE_INFINITY);
    if (result.refused() > 0) {
      System.out.println("Not counted, as they were refused: " + result.refused());
    }
    return result.perSecond();
  }

  /** Compares each figure with pgbench's just before. */
  private Taker beside(Pgbench pgbench) {
    return (figure, yardstick, measurement) -> {
      double measure = pgbench.run(yardstick, seconds);
      figures.note("pgbench " + yardstick, measure);
      double perSecond = measurement.perSecond();
      figures.compare(figure, perSecond, "pgbench " + yardstick, measure);
      return perSecond;
    };
  }

  /** Compares with nothing. */
  private Taker alone() {
    return (figure, yardstick, measurement) -> {
      double perSecond = measurement.perSecond();
      figures.note(figure, perSecond);
      return perSecond;
    };
  }

  private void plain(Pgbench pgbench, Journal journal) throws IOException {
    Taker taker = beside(pgbench);
    taker.take(
        "pgbench " + Way.ONE_STATEMENT,
        Way.FOUR_ROUND_TRIPS,
        () -> pgbench.run(Way.ONE_STATEMENT, seconds));
    taker.take("raw JDBC batches into the journal", Way.HUNDRED, () -> journal.run(seconds));
  }

  private void inside(Pgbench pgbench, InsideProcess inside) throws IOException {
    for (int underWay : UNDER_WAY) {
      String name = "inside, " + underWay + " under way";
      beside(pgbench).take(name, Way.FOUR_ROUND_TRIPS, () -> untagged(inside, underWay));
      double before = untagged(inside, underWay); // another, as that one came just after pgbench
      for (int percent : TAGGED_PERCENT) {
        double tagged = record(inside, percent, 0, underWay)[0];
        double after = untagged(inside, underWay);
        figures.compare(
            name + ", " + percent + " % tagged", tagged, UNTAGGED, (before + after) / 2);
        before = after;
      }
      double[] conflicts = record(inside, 0, CONFLICTS_PER_SECOND, underWay);
      figures.compare(
          name + ", " + CONFLICTS_PER_SECOND + " conflicts a second",
          conflicts[0],
          UNTAGGED,
          before);
      figures.note(name + ", conflicts: accounts of which a write failed", conflicts[1]);
      figures.note(name + ", conflicts: of these, of others than the guilty", conflicts[2]);
      figures.note(name + ", conflicts: guilty accounts", conflicts[3]);
      untagged(inside, underWay); // what is left of the conflicts
    }
    for (String rolledBack : List.of("none", "rollback")) {
      double[] latency = inside.measure("follow " + seconds + " 5 " + rolledBack);
      figures.note("to the handler, ms, p50, rolled back: " + rolledBack, latency[0]);
      figures.note("to the handler, ms, p99, rolled back: " + rolledBack, latency[1]);
    }
  }

  private double untagged(InsideProcess inside, int underWay) throws IOException {
    return record(inside, 0, 0, underWay)[0];
  }

  private double[] record(
      InsideProcess inside, int taggedPercent, int conflictsPerSecond, int underWay)
      throws IOException {
    return inside.measure(
        "record %d %d %d %d".formatted(seconds, taggedPercent, conflictsPerSecond, underWay));
  }

  private void http(String database, Node node, Taker taker)
      throws IOException, InterruptedException {
    String on = " by HTTP on " + database;
    double best = 0;
    for (int connections : CONNECTIONS) {
      double perSecond =
          taker.take(
              "single signals" + on + ", connections: " + connections,
              Way.FOUR_ROUND_TRIPS,
              () ->
                  load(
                      node,
                      Requests.single(Requests.ACCOUNTS),
                      "\"accepted\":1,",
                      connections,
                      seconds));
      best = Math.max(best, perSecond);
    }
    node.settle();
    Result half =
        new HttpLoad(Requests.single(Requests.ACCOUNTS), "\"accepted\":1,")
            .run(List.of(node.address()), 64, Duration.ofSeconds(seconds), best / 2);
    figures.note(
        "single signals" + on + ", ms, p99 at half",
        half.latencies().getValueAtPercentile(99) / 1e6);
    node.settle();
    for (int connections : MIXED_CONNECTIONS) {
      taker.take(
          "100 signals of 100 accounts" + on + ", connections: " + connections,
          Way.HUNDRED,
          () ->
              Requests.BATCH
                  * load(node, Requests.mixed(), "\"accepted\":100,", connections, seconds));
      node.settle();
    }
    taker.take(
        "100 signals of one account" + on,
        Way.HUNDRED,
        () -> Requests.BATCH * load(node, Requests.batches(), "\"accepted\":100,", 32, seconds));
    node.settle();
    taker.take(
        "NDJSON streams of mixed accounts" + on,
        Way.HUNDRED,
        () ->
            Requests.STREAM
                * load(
                    node,
                    Requests.streams(Requests.ACCOUNTS, Requests.STREAM),
                    "\"accepted\":" + Requests.STREAM + ",",
                    4,
                    seconds));
    node.settle();
  }
}
