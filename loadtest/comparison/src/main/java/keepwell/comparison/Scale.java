package keepwell.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.comparison.Pgbench.Way;
import keepwell.health.TypicalAccount;
import keepwell.journal.Database;
import keepwell.node.Node;

/**
 * What more accounts and more nodes cost, on one machine, where nodes add no cores: ingestion by
 * HTTP of all accounts at random, the memory of nodes, the lists, and the rows of the database.
 */
public final class Scale {
  private static final int PORT = 24_717;
  private static final int NODES_MAX = 3;

  /** For each node, as all share the cores. With less single signals still become faster. */
  private static final int WARM_SECONDS = 20;

  private static final int SINGLE_WARM_SECONDS = 45;

  /** A node that joins others has its share after some steps of ten seconds. */
  private static final Duration SHARING = Duration.ofSeconds(50);

  /** Shorter than where all accounts are in memory: here some must be read first. */
  private static final int STREAM = 20_000;

  private static final String RECOVERIES = "keepwell_accounts_recoveries_seconds_count";
  private static final List<String> TABLES = List.of("event_journal", "snapshot", "standing");

  private final Postgres postgres;
  private final Pgbench pgbench;
  private final Path distribution;
  private final Path logs;
  private final int rounds;
  private final int seconds;
  private final Figures figures = new Figures();

  private Scale(Postgres postgres, Path distribution, Path logs, int rounds, int seconds)
      throws IOException {
    this.postgres = postgres;
    this.pgbench = new Pgbench(postgres);
    this.distribution = distribution;
    this.logs = logs;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /**
   * @param args the distribution, the flags of the virtual machine, rounds, and seconds of each
   *     measurement
   */
  public static void main(String[] args) throws Exception {
    Path logs = Files.createTempDirectory("keepwell-scale-logs");
    System.out.println("Logs are in " + logs);
    try (Postgres postgres = new Postgres(PORT)) {
      Scale scale =
          new Scale(
              postgres,
              Path.of(args[0]),
              logs,
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]));
      for (String accounts : System.getProperty("scales").split(",")) {
        scale.measure(Integer.parseInt(accounts));
      }
      scale.figures.print();
    }
    System.exit(0); // whatever still listens
  }

  private void measure(int accounts) throws Exception {
    String ingested = "ingested_" + accounts;
    String listed = "listed_" + accounts;
    postgres.create(ingested);
    postgres.create(listed);
    try (Stored stored = new Stored(postgres, ingested)) {
      stored.seed(accounts, Integer.getInteger("since"), TypicalAccount.latest());
      Database.open(postgres.url(listed), postgres.user(), "", 2).close(); // makes the tables
      Lists.seed(postgres, listed, accounts);
      for (String table : TABLES) {
        noteRows(stored, accounts, table);
      }
      for (int count = 1; count <= NODES_MAX; count++) {
        String where = String.format(Locale.ROOT, "%,d accounts, nodes: %d: ", accounts, count);
        stored.startClock(Instant.now());
        try (Nodes nodes = new Nodes(ingested, count)) {
          nodes.share();
          ingest(where, accounts, nodes.all());
        }
        try (Nodes nodes = new Nodes(listed, count)) {
          new Lists(postgres, nodes.all().get(0)).measure(where, figures);
        }
      }
    }
  }

  /** How large a row of a table is, with its part of the indexes. */
  private void noteRows(Stored stored, int accounts, String table) throws SQLException {
    double rows = stored.number("SELECT COUNT(*) FROM \"" + table + '"');
    double bytes = stored.number("SELECT pg_total_relation_size('\"" + table + "\"')");
    figures.note(
        String.format(Locale.ROOT, "%,d accounts: B a row of %s", accounts, table), bytes / rows);
  }

  private void ingest(String where, int accounts, List<Node> nodes) throws Exception {
    double empty = heap(nodes);
    Door single = new Door("single signals", Requests.single(accounts), 1, 256);
    Door streams = new Door("NDJSON", Requests.streams(accounts, STREAM), STREAM, 4);
    new Door("", Requests.streams(accounts, STREAM), STREAM, nodes.size())
        .load(nodes, WARM_SECONDS * nodes.size());
    streams.load(nodes, WARM_SECONDS * nodes.size());
    single.load(nodes, SINGLE_WARM_SECONDS * nodes.size());
    for (int round = 0; round < rounds; round++) {
      load(where, single, Way.FOUR_ROUND_TRIPS, nodes);
      load(where, streams, Way.HUNDRED, nodes);
    }
    settle(nodes);
    double resident = sum("keepwell_accounts_resident", nodes);
    double full = heap(nodes);
    figures.note(where + "accounts in memory", resident);
    figures.note(where + "KB of heap for each of them", 1e3 * (full - empty) / resident);
    figures.note(where + "MB of heap of a node without accounts", empty / nodes.size());
    figures.note(where + "MB of heap of a node", full / nodes.size());
    figures.note(where + "MB of memory of a node (RSS)", rss(nodes) / nodes.size());
  }

  private void load(String where, Door door, Way yardstick, List<Node> nodes) throws Exception {
    double measure = pgbench.run(yardstick, seconds);
    double recovered = sum(RECOVERIES, nodes);
    Duration cpu = cpu(nodes);
    Duration databaseCpu = postgres.cpu();
    long start = System.nanoTime();
    double perSecond = door.load(nodes, seconds);
    double signals = perSecond * (System.nanoTime() - start) / 1e9;
    settle(nodes);
    String name = where + door.name();
    figures.compare(name, perSecond, "pgbench " + yardstick, measure);
    figures.note(
        name + ", % that woke an account", 100 * (sum(RECOVERIES, nodes) - recovered) / signals);
    figures.note(name + ", CPU us of nodes", micros(cpu(nodes), cpu) / signals);
    figures.note(name + ", CPU us of the database", micros(postgres.cpu(), databaseCpu) / signals);
  }

  private static Duration cpu(List<Node> nodes) {
    return nodes.stream().map(Node::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  private static double micros(Duration after, Duration before) {
    return after.minus(before).toNanos() / 1e3;
  }

  private static void settle(List<Node> nodes) throws IOException, InterruptedException {
    nodes.get(0).settle();
  }

  private static double sum(String metric, List<Node> nodes)
      throws IOException, InterruptedException {
    double sum = 0;
    for (Node node : nodes) {
      sum += node.metric(metric);
    }
    return sum;
  }

  /** What all of them reach, in MB. */
  private static double heap(List<Node> nodes) throws IOException {
    double live = 0;
    for (Node node : nodes) {
      try (Heap heap = new Heap(node.pid())) {
        live += heap.live();
      }
    }
    return live;
  }

  /** What all of them have of the machine's memory, in MB. */
  private static double rss(List<Node> nodes) throws IOException {
    double sum = 0;
    for (Node node : nodes) {
      try (Stream<String> lines = Files.lines(Path.of("/proc", node.pid() + "", "status"))) {
        sum +=
            lines
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
      }
    }
    return sum * 1_024 / 1e6;
  }

  /** Nodes on one database. */
  private final class Nodes implements AutoCloseable {
    private final List<Node> all = new ArrayList<>();

    Nodes(String database, int count) throws IOException, InterruptedException {
      for (int i : IntStream.rangeClosed(1, count).toArray()) {
        all.add(
            new Node(
                distribution,
                logs.resolve(database + "-" + count + "-" + i + ".log"),
                Map.of(
                    "KEEPWELL_JDBC_URL", postgres.url(database),
                    "KEEPWELL_JDBC_USER", postgres.user(),
                    "JAVA_OPTS", "-Xmx4g")));
      }
    }

    /** Waits until each has its share of the accounts. */
    void share() throws InterruptedException {
      if (all.size() > 1) {
        Thread.sleep(SHARING.toMillis());
      }
    }

    List<Node> all() {
      return all;
    }

    @Override
    public void close() {
      all.forEach(Node::close);
    }
  }
}
