package keepwell.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import keepwell.NodeProcess;
import org.awaitility.Awaitility;

/** Where a node runs, and is started again whenever it ends, as a supervisor would do it. */
final class Host implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int HTTP_PORT = 8080;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What every node gets: quick to start, and with many snapshots. */
  private static final List<String> LEAN =
      List.of("-XX:+UseSerialGC", "-Dkeepwell.accounts.snapshot-every=10");

  private final Path data;
  private final URI uri;
  private final Map<String, String> environment;
  private final List<String> jvmOptions;
  private final AtomicInteger starts = new AtomicInteger();
  private NodeProcess node;
  private CompletableFuture<Void> supervised = CompletableFuture.completedFuture(null);
  private Duration outage = PAUSE;
  private boolean wanted;
  private boolean running;

  /**
   * @param address of its own
   */
  Host(Path data, String address, Map<String, String> environment, List<String> jvmOptions) {
    this.data = data;
    this.uri = URI.create("http://" + address + ":" + HTTP_PORT);
    this.environment = new HashMap<>(environment);
    this.environment.put("KEEPWELL_HTTP_HOST", address);
    this.environment.put("KEEPWELL_HTTP_PORT", Integer.toString(HTTP_PORT));
    this.environment.put("KEEPWELL_CLOCK_START", Sent.TODAY + "T12:00:00Z");
    this.jvmOptions = Stream.concat(LEAN.stream(), jvmOptions.stream()).toList();
  }

  /** One with an embedded database in the folder. */
  static Host embedded(Path data, List<String> jvmOptions) {
    return new Host(data, freeSubnet() + "1", Map.of(), jvmOptions);
  }

  /** Three numbers of loopback addresses that nobody else uses. */
  static String freeSubnet() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(256));
  }

  URI uri() {
    return uri;
  }

  /** Starts a node unless there is one. */
  synchronized void up() {
    if (!wanted) {
      wanted = true;
      launch();
    }
  }

  private synchronized void launch() {
    if (wanted && !running) {
      running = true;
      node = NodeProcess.start(data, environment, jvmOptions.toArray(String[]::new));
      starts.incrementAndGet();
      outage = PAUSE;
      supervised = node.ended().thenRun(this::relaunch);
    }
  }

  private synchronized void relaunch() {
    running = false;
    CompletableFuture.delayedExecutor(outage.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::launch);
  }

  /** Kills the node, and starts another one after a while. */
  synchronized void kill(Duration outage) {
    this.outage = outage;
    signal("KILL");
  }

  synchronized void signal(String name) {
    try {
      node.signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized NodeProcess node() {
    return node;
  }

  boolean isReady() throws InterruptedException {
    return node().isReady();
  }

  void untilReady() {
    Awaitility.await().atMost(PATIENCE).until(this::isReady);
  }

  /** How many nodes were started here. */
  int starts() {
    return starts.get();
  }

  /** Kills the node for good. */
  @Override
  public void close() {
    NodeProcess last;
    synchronized (this) {
      wanted = false;
      last = node;
    }
    if (last != null) {
      last.kill();
      supervised.join();
    }
  }
}
