package keepwell.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets clients send to an installation while something happens to it, and checks it then. */
final class Trial {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CLIENTS = 16;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Findings findings = new Findings();
  private final List<Door> doors = new CopyOnWriteArrayList<>();
  private final Map<String, Object> counts = new TreeMap<>();
  private final History history;
  private CompletableFuture<?> sent = new CompletableFuture<>();
  private final List<Host> hosts;
  private final String url;

  /** What happens meanwhile. At its end nothing is wrong any more. */
  interface Ordeal {
    void run() throws Exception;
  }

  /**
   * @param accounts how many there are
   * @param hosts of all nodes; none of them runs yet
   * @param url of their database
   */
  Trial(int accounts, List<Host> hosts, String url) {
    this.history = new History(accounts);
    this.hosts = hosts;
    this.url = url;
  }

  /** Runs it; returns what is wrong. */
  Findings run(long seed, Ordeal ordeal) throws Exception {
    count("seed", seed);
    hosts.forEach(Host::up);
    hosts.forEach(Host::untilReady);
    Standings.putScorecard(client, hosts.get(0).uri());
    hosts.forEach(host -> doors.add(new HttpDoor(client, host.uri(), findings)));
    List<URI> nodes = hosts.stream().map(Host::uri).toList();
    Clients clients = new Clients(history, doors, findings);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> healed = new CompletableFuture<>();
    sent = clients.start(CLIENTS, seed, enough::get, healed);
    try (Listener listener = new Listener(client, nodes)) {
      try {
        ordeal.run();
      } finally {
        enough.set(true);
        healed.complete(null);
      }
      sent.join();
      clients.conclude();
      Awaitility.await("the feed").atMost(PATIENCE).until(() -> listener.isUpToDate(nodes.get(0)));
      counts.putAll(new Checker(client, history, findings).check(hosts, url, listener::heard));
    }
    counts.putAll(history.counts());
    count("nodes started", hosts.stream().mapToInt(Host::starts).sum());
    counts.forEach((key, value) -> LOG.atInfo().addKeyValue(key, value).log("Counted"));
    return findings;
  }

  void count(String what, Object number) {
    counts.put(what, number);
  }

  /** Where clients hand in their signals. */
  List<Door> doors() {
    return doors;
  }

  /** How many signals were acknowledged. */
  long acknowledged() {
    return history.acknowledged();
  }

  /** Waits until so many more signals are acknowledged. */
  void untilMore(long signals) {
    long enough = history.acknowledged() + signals;
    until(() -> history.acknowledged() >= enough);
  }

  /** Waits for something that comes of the clients' sending. */
  void until(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> sent.isCompletedExceptionally() || condition.call());
    if (sent.isCompletedExceptionally()) {
      sent.join();
    }
  }
}
