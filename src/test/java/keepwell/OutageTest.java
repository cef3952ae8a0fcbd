package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.faults.Cable;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node whose PostgreSQL goes away, and comes back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutageTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path data;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.argumentSet("it refuses", (Consumer<Cable>) Cable::cut),
        Arguments.argumentSet("it hangs", (Consumer<Cable>) Cable::hold));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void while_the_database_is_away_all_is_refused_at_once_and_afterwards_nothing_is_missing(
      Consumer<Cable> outage) throws Exception {
    try (Cable cable = new Cable(TestDatabase.postgresPort());
        Node node = new Node(TestDatabase.throughPort(cable.port()))) {
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(200);
      List<CompletableFuture<Integer>> clients =
          IntStream.range(0, 8)
              .mapToObj(
                  c -> CompletableFuture.supplyAsync(() -> send(node, c, begun, stop), threads))
              .toList();
      begun.await();
      outage.accept(cable);
      Awaitility.await().atMost(PATIENCE).until(() -> node.status("/ready") == 503);
      Awaitility.await().atMost(PATIENCE).until(() -> isRefused(node, "/v1/accounts/account-0"));
      assertThat(node.api().get("/v1/signals").statusCode()).isEqualTo(503);
      assertThat(node.status("/alive")).isEqualTo(200);
      cable.mend();
      Awaitility.await().atMost(PATIENCE).until(() -> node.status("/ready") == 200);
      stop.set(true);
      for (int c = 0; c < clients.size(); c++) {
        int stored = clients.get(c).join();
        String account = "/v1/accounts/account-" + c;
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> node.api().get(account).statusCode() == 200);
        assertThat(Api.json(node.api().get(account)).at("/adjustments/0/value").asInt())
            .isEqualTo(stored);
      }
    }
  }

  private static boolean isRefused(Node node, String path) {
    HttpResponse<String> answer = node.api().get(path);
    return answer.statusCode() == 503
        && answer.headers().firstValue("Retry-After").equals(Optional.of("1"));
  }

  /** Sends signals, each again until it is answered, and returns how many were. */
  private static int send(Node node, int client, CountDownLatch begun, AtomicBoolean stop) {
    int stored = 0;
    while (!stop.get()) {
      String signal =
          "{\"account\":\"account-%d\",\"signal\":\"login\",\"id\":\"%d\"}"
              .formatted(client, stored);
      int status = 0;
      while (status != 200) {
        status = node.api().post("/v1/signals", "application/json", signal).statusCode();
        assertThat(status).isIn(200, 429, 503);
      }
      stored++;
      begun.countDown();
    }
    return stored;
  }

  /** With its management, and a scorecard that counts logins. */
  private final class Node implements AutoCloseable {
    private final int managementPort = NodeProcess.freePort();
    private final TestNode node;
    private final Api api;

    Node(String url) {
      Map<String, Object> settings =
          Map.of("keepwell.jdbc.url", url, "keepwell.management.port", managementPort);
      node = TestNode.start(data, settings, InstantSource.system());
      api = new Api(node.uri());
      api.put(
          "/v1/scorecards",
          """
              {"scorecards": [{"key": "logins", "tiers": [{"key": "red", "from": 0}],
                "adjustments": [{"key": "login", "signal": "login", "points": 1, "window": "P7D"}]}]}
              """);
    }

    Api api() {
      return api;
    }

    int status(String path) throws Exception {
      URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
      return CLIENT
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }

    @Override
    public void close() {
      node.close();
    }
  }
}
