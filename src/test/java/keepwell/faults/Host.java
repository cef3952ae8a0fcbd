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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import keepwell.NodeProcess;
import org.awaitility.Awaitility;

/** Where a node runs, and is started again whenever it ends, as a supervisor would do it. */
final class Host implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String HTTP_HOST = "KEEPWELL_HTTP_HOST";
  private static final String HTTP_PORT = "KEEPWELL_HTTP_PORT";
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What every node gets: quick to start, and with many snapshots. */
  private static final List<String> LEAN =
      List.of(
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dkeepwell.accounts.snapshot-every=10");

  private final Path data;
  private final Map<String, String> environment;
  private final List<String> jvmOptions;
  private final AtomicInteger starts = new AtomicInteger();
  private NodeProcess node;
  private CompletableFuture<Void> supervised = CompletableFuture.completedFuture(null);
  private Duration outage = PAUSE;
  private boolean wanted;
  private boolean running;

  Host(Path data, Map<String, String> environment, List<String> jvmOptions) {
    this.data = data;
    this.environment = new HashMap<>(environment);
    this.environment.put("KEEPWELL_CLOCK_START", Sent.TODAY + "T12:00:00Z");
    this.jvmOptions = Stream.concat(LEAN.stream(), jvmOptions.stream()).toList();
  }

  /** One with an embedded database in the folder. */
  static Host embedded(Path data, List<String> jvmOptions) {
    String port = Integer.toString(NodeProcess.freePort());
    return new Host(data, Map.of(HTTP_HOST, "127.0.0.1", HTTP_PORT, port), jvmOptions);
  }

  URI uri() {
    return URI.create("http://" + environment.get(HTTP_HOST) + ":" + environment.get(HTTP_PORT));
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
