package keepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on one database: however they start and stop, they are one cluster. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClusterTest {
  private static final int ACCOUNTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  private final ExecutorService starters = Executors.newCachedThreadPool();
  private final List<TestNode> nodes = new ArrayList<>();
  private String url;
  private int written;

  @BeforeEach
  void create() {
    url = TestDatabase.POSTGRESQL.url(data);
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
    starters.shutdown();
  }

  private TestNode start(Map<String, Object> more) {
    Map<String, Object> settings = new java.util.HashMap<>(more);
    settings.put("keepwell.jdbc.url", url);
    return TestNode.start(data, settings, InstantSource.system());
  }

  private TestNode started() {
    TestNode node = start(Map.of());
    nodes.add(node);
    return node;
  }

  private void startAtOnce(int count) {
    List<CompletableFuture<TestNode>> starting =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(Map.of()), starters))
            .limit(count)
            .toList();
    starting.forEach(node -> nodes.add(node.join()));
  }

  /**
   * In two clusters an account would be in memory twice, and the one would not know what the other
   * was sent. A request to an account that is just moving may have to be sent again.
   */
  private void areOneCluster() {
    for (int i = 0; i < ACCOUNTS; i++) {
      String path = "/v1/accounts/account-" + i;
      nodes.forEach(node -> answered(() -> get(node, path)));
      written++;
      Api sentTo = new Api(nodes.get(i % nodes.size()).uri());
      String label = "{\"name\": \"name-%d\"}".formatted(written);
      answered(() -> sentTo.put(path, label));
      for (TestNode node : nodes) {
        assertThat(answered(() -> get(node, path)).body()).contains("name-" + written);
      }
    }
  }

  private static HttpResponse<String> answered(Supplier<HttpResponse<String>> request) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(
            request::get, response -> response.statusCode() != 503 && response.statusCode() != 429);
  }

  private static HttpResponse<String> get(TestNode node, String path) {
    return new Api(node.uri()).get(path);
  }

  @Test
  void three_that_start_at_once_on_a_new_database_are_one() {
    startAtOnce(3);
    areOneCluster();
  }

  @Test
  void one_after_the_other_joins_and_the_first_may_leave_and_come_back() {
    started();
    started();
    areOneCluster();
    started();
    areOneCluster();
    nodes.remove(0).close();
    areOneCluster();
    started();
    areOneCluster();
  }

  @Test
  void all_may_stop_and_start_again() {
    startAtOnce(2);
    areOneCluster();
    nodes.forEach(TestNode::close);
    nodes.clear();
    startAtOnce(2);
    areOneCluster();
  }

  @Test
  void a_second_node_at_the_same_address_is_refused() {
    int port = NodeProcess.freePort();
    nodes.add(start(elsewhere("127.0.0.2", port)));
    assertThatThrownBy(() -> start(elsewhere("127.0.0.3", port)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("KEEPWELL_REMOTE_HOST");
    areOneCluster();
  }

  /** On a host of its own, but it says that it is reached at 127.0.0.1, as all do by default. */
  private static Map<String, Object> elsewhere(String host, int port) {
    return Map.of(
        "keepwell.remote.port", port,
        "akka.remote.artery.bind.hostname", host,
        "akka.remote.artery.bind.port", port);
  }

  /** Also where the cluster lets a node in sooner, as here, than it next moves its beat. */
  @Test
  void a_node_is_written_down_as_one_of_the_cluster_before_it_serves() throws SQLException {
    started();
    while (nodes.size() < 4) {
      nodes.add(
          start(
              Map.of(
                  "akka.cluster.gossip-interval", "20ms",
                  "akka.cluster.leader-actions-interval", "20ms")));
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet joined =
              statement.executeQuery("SELECT COUNT(*) FROM \"node\" WHERE \"joined\"")) {
        joined.next();
        assertThat(joined.getInt(1)).isEqualTo(nodes.size());
      }
    }
  }

  @Test
  void scorecards_that_were_put_at_one_node_are_in_force_at_all() {
    startAtOnce(2);
    Api sentTo = new Api(nodes.get(0).uri());
    String body = "{\"account\": \"acme\", \"signal\": \"login\"}";
    answered(() -> sentTo.post("/v1/signals", "application/json", body));
    for (int points = 10; points <= 50; points += 10) {
      put(nodes.get(points / 10 % 2), points);
      for (TestNode node : nodes) {
        assertThat(points(node)).isEqualTo(points);
        HttpResponse<String> acme = answered(() -> get(node, "/v1/accounts/acme"));
        assertThat(Api.json(acme).get("score").asInt()).isEqualTo(points);
      }
    }
  }

  /** Puts scorecards by which a login is worth so much. */
  private static void put(TestNode node, int points) {
    String document =
        """
        {"scorecards": [{"key": "logins", "tiers": [{"key": "red", "from": 0}], "adjustments": [
          {"key": "login", "signal": "login", "points": %d, "window": "P7D"}]}]}
        """;
    HttpResponse<String> answer =
        new Api(node.uri()).put("/v1/scorecards", document.formatted(points));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /** What a login is worth by the scorecards that a node goes by. */
  private static int points(TestNode node) {
    return Api.json(get(node, "/v1/scorecards")).at("/scorecards/0/adjustments/0/points").asInt();
  }

  @Test
  void a_node_that_stops_in_order_costs_no_request() {
    startAtOnce(3);
    AtomicBoolean stopped = new AtomicBoolean();
    List<TestNode> rest = List.of(nodes.get(0), nodes.get(1));
    List<CompletableFuture<Integer>> clients =
        IntStream.range(0, 6)
            .mapToObj(
                client ->
                    CompletableFuture.supplyAsync(
                        () -> sendUntil(stopped, rest.get(client % 2), client), starters))
            .toList();
    nodes.remove(2).close();
    stopped.set(true);
    int sent = clients.stream().mapToInt(CompletableFuture::join).sum();
    assertThat(sent).isPositive();
    areOneCluster();
  }

  /** Sends signals, which must all be taken, and returns how many there were. */
  private static int sendUntil(AtomicBoolean stopped, TestNode node, int client) {
    Api api = new Api(node.uri());
    int sent = 0;
    while (!stopped.get() || sent == 0) {
      String body =
          "{\"account\": \"client-%d-%d\", \"signal\": \"login\", \"id\": \"%d\"}"
              .formatted(client, sent % 20, sent);
      assertThat(api.post("/v1/signals", "application/json", body).statusCode()).isEqualTo(200);
      sent++;
    }
    return sent;
  }
}
