package keepwell.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import keepwell.health.TypicalAccount;
import keepwell.journal.Database;
import keepwell.node.Node;

/**
 * What it costs to know of all accounts at once: how late tier changes are told, how long lists
 * take, what ingestion loses to the read side, how many accounts can be reviewed in a night, and
 * how long it takes until all are previewed or rescored.
 */
public final class ReadSide {
  private static final int PORT = 24_716;
  private static final int[] SIGNALS_TO_A_CHANGE = {20, 1};

  private final Postgres postgres;
  private final Path distribution;
  private final List<String> flags;
  private final Path logs;

  private ReadSide(Postgres postgres, Path distribution, List<String> flags, Path logs) {
    this.postgres = postgres;
    this.distribution = distribution;
    this.flags = flags;
    this.logs = logs;
  }

  /**
   * @param args the distribution, and the flags of the virtual machine
   */
  public static void main(String[] args) throws Exception {
    Path logs = Files.createTempDirectory("keepwell-read-side-logs");
    System.out.println("Logs are in " + logs);
    Set<String> parts = Set.of(System.getProperty("parts").split(","));
    try (Postgres postgres = new Postgres(PORT, Postgres.EXPLAINING)) {
      ReadSide readSide =
          new ReadSide(postgres, Path.of(args[0]), List.of(args[1].split(" ")), logs);
      if (parts.contains("feed")) {
        readSide.feed(Integer.getInteger("feedSeconds"));
      }
      if (parts.contains("webhooks")) {
        readSide.webhooks();
      }
      if (parts.contains("lists")) {
        readSide.lists(Integer.getInteger("listed"));
      }
      if (parts.contains("ingestion")) {
        readSide.ingestion(Integer.getInteger("rounds"), Integer.getInteger("seconds"));
      }
      if (parts.contains("doors")) {
        readSide.doors(Integer.getInteger("rounds"), Integer.getInteger("seconds"));
      }
      if (parts.contains("partitions")) {
        readSide.partitions(Integer.getInteger("rounds"), Integer.getInteger("seconds"));
      }
      if (parts.contains("entrances")) {
        readSide.entrances(Integer.getInteger("rounds"), Integer.getInteger("seconds"));
      }
      if (parts.contains("reviews")) {
        readSide.reviews(Integer.getInteger("reviewed"));
      }
      if (parts.contains("preview") || parts.contains("rescoring")) {
        readSide.scorecards(parts, Integer.getInteger("accounts"), Integer.getInteger("since"));
      }
    }
    System.exit(0); // whatever still listens
  }

  private void feed(int seconds) throws Exception {
    for (int every : SIGNALS_TO_A_CHANGE) {
      String name = "feed" + every;
      postgres.create(name);
      try (Node one = node(name, name + "-1.log", "");
          Node other = node(name, name + "-2.log", "")) {
        new FeedLatency(one, other).measure(every, seconds);
      }
    }
  }

  private void webhooks() throws Exception {
    postgres.create("webhooks");
    try (Node node = node("webhooks", "webhooks.log", "")) {
      new Deliveries().measure(node);
    }
  }

  private void lists(int accounts) throws Exception {
    postgres.create("lists");
    Database.open(postgres.url("lists"), postgres.user(), "", 2).close(); // makes the tables
    Lists.seed(postgres, "lists", accounts);
    try (Node node = node("lists", "lists.log", "")) {
      new Lists(postgres, node).measure();
    }
  }

  private void ingestion(int rounds, int seconds) throws Exception {
    postgres.create("ingestion");
    try (InsideProcess moving = inside(Moving.class, "ingestion", "ingestion.log")) {
      Ingestion.measure(moving, rounds, seconds);
    }
  }

  private void doors(int rounds, int seconds) throws Exception {
    postgres.create("doors");
    try (Node node = node("doors", "doors.log", "");
        Doors doors = new Doors(postgres, "doors", node)) {
      doors.measure(rounds, seconds);
    }
  }

  private void partitions(int rounds, int seconds) throws Exception {
    postgres.create("whole");
    postgres.create("partitioned");
    Database.open(postgres.url("partitioned"), postgres.user(), "", 2).close(); // makes the tables
    postgres.run("partitioned", "/partitioned.sql", Map.of());
    try (Node whole = node("whole", "whole.log", "");
        Node partitioned = node("partitioned", "partitioned.log", "")) {
      new Partitions(whole, partitioned).measure(rounds, seconds);
    }
  }

  private void entrances(int rounds, int seconds) throws Exception {
    Path certificate = logs.resolve("certificate.pem");
    Path key = logs.resolve("key.pem");
    run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                + " -subj /CN=localhost -keyout %s -out %s")
            .formatted(key, certificate));
    String apiKey =
        run(
            distribution.resolve("bin/keepwell")
                + " key crm --scopes ingest --file "
                + logs
                + "/keys");
    Map<String, String> keys = Map.of("KEEPWELL_API_KEYS", logs + "/keys");
    Map<String, String> tls =
        Map.of(
            "KEEPWELL_HTTP_TLS_CERTIFICATE",
            certificate.toString(),
            "KEEPWELL_HTTP_TLS_KEY",
            key.toString());
    try (Node plain = entrance("plain", Map.of(), Map.of());
        Node keyed = entrance("keyed", keys, Map.of());
        Node secure = entrance("secure", Map.of(), tls);
        Node both = entrance("keyed_secure", keys, tls)) {
      new Entrances(
              List.of(
                  new Entrances.Entrance("without keys or TLS", plain, "", false),
                  new Entrances.Entrance("with keys", keyed, apiKey, false),
                  new Entrances.Entrance("with TLS", secure, "", true),
                  new Entrances.Entrance("with both", both, apiKey, true)))
          .measure(rounds, seconds);
    }
  }

  private Node entrance(String name, Map<String, String> one, Map<String, String> other)
      throws Exception {
    postgres.create(name);
    Map<String, String> settings = new HashMap<>(one);
    settings.putAll(other);
    settings.put("KEEPWELL_JDBC_URL", postgres.url(name));
    settings.put("KEEPWELL_JDBC_USER", postgres.user());
    return new Node(distribution, logs.resolve(name + ".log"), settings);
  }

  /** What a program writes. */
  private String run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectError(logs.resolve("programs.log").toFile())
            .start();
    String written = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + command);
    }
    return written;
  }

  private void reviews(int accounts) throws Exception {
    postgres.create("reviews");
    try (Night night = new Night(postgres, "reviews")) {
      night.seed(accounts);
      try (Node node =
          node("reviews", "reviews.log", "-Dkeepwell.reviews.per-second-max=1000000")) {
        night.measure(node, accounts);
      }
    }
  }

  /** On the same accounts, each by a node that has none of them in memory. */
  private void scorecards(Set<String> parts, int accounts, int since) throws Exception {
    postgres.create("scorecards");
    try (Stored stored = new Stored(postgres, "scorecards")) {
      stored.seed(accounts, since, TypicalAccount.latest());
      stored.startClock(Instant.now());
      System.out.printf(
          Locale.ROOT, "%n%,d accounts with %d events since their snapshots%n", accounts, since);
      if (parts.contains("preview")) {
        try (Node node = node("scorecards", "preview.log", "")) {
          new Previews(postgres, node).measure();
        }
      }
      if (parts.contains("rescoring")) {
        try (Node node = node("scorecards", "rescoring.log", "")) {
          Rescorings rescorings = new Rescorings(postgres, stored, node);
          rescorings.measure(accounts);
          rescorings.measureBeside(Integer.getInteger("rounds"), Integer.getInteger("seconds"));
        }
        try (InsideProcess settled = inside(Settled.class, "scorecards", "settled.log")) {
          Rescorings.measureInside(
              settled, Integer.getInteger("rounds"), Integer.getInteger("seconds"));
        }
      }
    }
  }

  private InsideProcess inside(Class<?> main, String database, String log) throws IOException {
    return new InsideProcess(
        main, flags, logs.resolve(log), postgres.url(database), postgres.user());
  }

  private Node node(String database, String log, String javaOptions) throws Exception {
    return new Node(
        distribution,
        logs.resolve(log),
        Map.of(
            "KEEPWELL_JDBC_URL",
            postgres.url(database),
            "KEEPWELL_JDBC_USER",
            postgres.user(),
            "KEEPWELL_WEBHOOKS_ALLOW_PRIVATE",
            "true",
            "JAVA_OPTS",
            javaOptions));
  }
}
