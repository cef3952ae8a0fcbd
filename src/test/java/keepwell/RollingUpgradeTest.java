package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of the previous release are replaced by nodes of this one, while clients go on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RollingUpgradeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 4;
  private static final int ACCOUNTS = 400;

  /** Signals before, between and after the steps. */
  private static final int BETWEEN = 1000;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path data;

  private final String url = TestDatabase.POSTGRESQL.url(null);
  private final List<NodeProcess> nodes = new ArrayList<>();

  /** Those that are sent to, as a load balancer knows them. */
  private final List<NodeProcess> inService = new CopyOnWriteArrayList<>();

  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @AfterEach
  void stop() {
    enough.set(true);
    nodes.forEach(NodeProcess::close);
  }

  @Test
  void no_request_is_refused_and_no_signal_lost() throws Exception {
    String previous = PreviousRelease.classPath();
    String present = System.getProperty("java.class.path");
    NodeProcess first = join(previous);
    NodeProcess second = join(previous);
    CompletableFuture<?> clients = clients();
    untilMore();
    for (NodeProcess old : List.of(first, second)) {
      join(present);
      untilMore();
      leave(old);
      untilMore();
    }
    enough.set(true);
    clients.join();
    assertThat(refused).isEmpty();
    JsonNode again =
        JSON.readTree(
            nodes
                .get(2)
                .post("/v1/signals", "application/x-ndjson", String.join("\n", acknowledged))
                .body());
    assertThat(again.get("accepted").asInt()).isZero();
    assertThat(again.get("duplicates").asInt()).isEqualTo(acknowledged.size());
  }

  private NodeProcess join(String classPath) {
    NodeProcess node =
        NodeProcess.of(classPath, data, Map.of("KEEPWELL_JDBC_URL", url)).untilReady();
    nodes.add(node);
    inService.add(node);
    return node;
  }

  /** Nothing more is sent to it, then it is stopped: so it is done wherever nodes are replaced. */
  private void leave(NodeProcess node) throws InterruptedException {
    inService.remove(node);
    assertThat(node.stop()).isEqualTo(143);
  }

  private void untilMore() {
    int until = count.get() + BETWEEN;
    Awaitility.await().atMost(PATIENCE).until(() -> count.get() >= until);
  }

  private CompletableFuture<?> clients() {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    CompletableFuture<?>[] all =
        IntStream.range(0, CLIENTS)
            .mapToObj(client -> CompletableFuture.runAsync(() -> send(client), threads))
            .toArray(CompletableFuture[]::new);
    threads.shutdown();
    return CompletableFuture.allOf(all);
  }

  /** Sends a signal to one node, and then asks the next for its account. */
  private void send(int client) {
    try {
      for (int i = 0; !enough.get(); i++) {
        String account = "account-" + (client + i * CLIENTS) % ACCOUNTS;
        String signal =
            "{\"account\": \"%s\", \"signal\": \"login\", \"id\": \"%d-%d\"}"
                .formatted(account, client, i);
        if (taken(node(i).post("/v1/signals", "application/json", signal))) {
          acknowledged.add(signal);
          count.incrementAndGet();
        }
        taken(node(i + 1).get("/v1/accounts/" + account));
      }
    } catch (IOException e) {
      refused.add(e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private NodeProcess node(int turn) {
    List<NodeProcess> now = List.copyOf(inService);
    return now.get(turn % now.size());
  }

  private boolean taken(HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      return true;
    }
    refused.add(response.statusCode() + " " + response.body());
    return false;
  }
}
