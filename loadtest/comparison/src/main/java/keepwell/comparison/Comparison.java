package keepwell.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import keepwell.comparison.HttpLoad.Result;
import keepwell.comparison.Pgbench.Way;

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

  private final int seconds;
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();
  private final Set<String> rates = new HashSet<>();

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
                  flags, logs.resolve("inside.log"), postgres.url("inside"), postgres.user())) {
        for (int underWay : UNDER_WAY) {
          inside.measure("record " + WARM_SECONDS + " 1 0 " + underWay);
        }
        comparison.warm(node);
        for (int round = 0; round < rounds; round++) {
          comparison.plain(pgbench, journal);
          comparison.inside(inside);
          comparison.http("PostgreSQL", node);
        }
      }
    }
    comparison.print();
    // Alone, as its file is compacted whenever there is nothing else to do.
    try (Node embedded =
        new Node(
            distribution,
            logs.resolve("embedded.log"),
            Map.of("KEEPWELL_DATA_DIR", logs.resolve("data").toString()))) {
      comparison.warm(embedded);
      for (int round = 0; round < rounds; round++) {
        comparison.http("H2", embedded);
      }
    }
    comparison.print();
  }

  /** Something a second. */
  private void rate(String figure, double perSecond) {
    rates.add(figure);
    note(figure, perSecond);
  }

  private void note(String figure, double value) {
    figures.computeIfAbsent(figure, first -> new ArrayList<>()).add(value);
    System.out.printf(Locale.ROOT, "%-64s %,12.1f%n", figure, value);
  }

  private void warm(Node node) throws IOException, InterruptedException {
    load(node, Requests.single(), "\"accepted\":1,", 128, WARM_SECONDS);
    load(node, Requests.mixed(), "\"accepted\":100,", 512, WARM_SECONDS);
    load(node, Requests.mixed(), "\"accepted\":100,", 1_024, WARM_SECONDS / 2);
    load(node, Requests.batches(), "\"accepted\":100,", 32, WARM_SECONDS / 2);
    node.settle();
  }

  private static Result load(
      Node node, Requests requests, String expected, int connections, int seconds)
      throws IOException {
    Result result =
        new HttpLoad(requests, expected)
            .run(
                node.address(), connections, Duration.ofSeconds(seconds), Double.POSITIVE_INFINITY);
    if (result.refused() > 0) {
      System.out.println("Not counted, as they were refused: " + result.refused());
    }
    return result;
  }

  private void plain(Pgbench pgbench, Journal journal) throws IOException {
    for (Way way : Way.values()) {
      rate("pgbench " + way, pgbench.run(way, seconds));
    }
    rate("raw JDBC batches into the journal", journal.run(seconds));
  }

  private void inside(InsideProcess inside) throws IOException {
    String work = "record " + seconds;
    for (int underWay : UNDER_WAY) {
      String name = "inside, " + underWay + " under way";
      rate(name, inside.measure(work + " 0 0 " + underWay)[0]);
      rate(name + ", 2 % tagged", inside.measure(work + " 2 0 " + underWay)[0]);
      rate(name + ", 10 % tagged", inside.measure(work + " 10 0 " + underWay)[0]);
      double[] conflicts = inside.measure(work + " 0 50 " + underWay);
      rate(name + ", 50 conflicts a second", conflicts[0]);
      note(name + ", conflicts: accounts of which a write failed", conflicts[1]);
      note(name + ", conflicts: of these, of others than the guilty", conflicts[2]);
      note(name + ", conflicts: guilty accounts", conflicts[3]);
      inside.measure(work + " 0 0 " + underWay); // what is left of the conflicts
    }
    for (String rolledBack : List.of("none", "rollback")) {
      double[] latency = inside.measure("follow " + seconds + " 5 " + rolledBack);
      note("to the handler, ms, p50, rolled back: " + rolledBack, latency[0]);
      note("to the handler, ms, p99, rolled back: " + rolledBack, latency[1]);
    }
  }

  private void http(String database, Node node) throws IOException, InterruptedException {
    String on = " by HTTP on " + database;
    double best = 0;
    for (int connections : CONNECTIONS) {
      Result result = load(node, Requests.single(), "\"accepted\":1,", connections, seconds);
      rate("single signals" + on + ", connections: " + connections, result.perSecond());
      best = Math.max(best, result.perSecond());
    }
    rate("single signals" + on + ", best", best);
    node.settle();
    Result half =
        new HttpLoad(Requests.single(), "\"accepted\":1,")
            .run(node.address(), 64, Duration.ofSeconds(seconds), best / 2);
    note(
        "single signals" + on + ", ms, p99 at half",
        half.latencies().getValueAtPercentile(99) / 1e6);
    node.settle();
    for (int connections : MIXED_CONNECTIONS) {
      Result mixed = load(node, Requests.mixed(), "\"accepted\":100,", connections, seconds);
      rate(
          "100 signals of 100 accounts" + on + ", connections: " + connections,
          mixed.perSecond() * Requests.BATCH);
      node.settle();
    }
    Result batches = load(node, Requests.batches(), "\"accepted\":100,", 32, seconds);
    rate("100 signals of one account" + on, batches.perSecond() * Requests.BATCH);
    node.settle();
    Result streams =
        load(node, Requests.streams(), "\"accepted\":" + Requests.STREAM + ",", 4, seconds);
    rate("NDJSON streams of mixed accounts" + on, streams.perSecond() * Requests.STREAM);
    node.settle();
  }

  private void print() {
    double four = median("pgbench " + Way.FOUR_ROUND_TRIPS);
    double hundred = median("pgbench " + Way.HUNDRED);
    System.out.printf("%n%-64s %12s %8s %8s%n", "median", "", "to four", "to 100");
    for (String figure : figures.keySet()) {
      double median = median(figure);
      System.out.printf(
          Locale.ROOT,
          rates.contains(figure) ? "%-64s %,12.1f %8.2f %8.2f%n" : "%-64s %,12.1f%n",
          figure,
          median,
          median / four,
          median / hundred);
    }
  }

  private double median(String figure) {
    double[] sorted = figures.get(figure).stream().mapToDouble(value -> value).sorted().toArray();
    return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
  }
}
