package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New scorecards and drafts where accounts are on two nodes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorecardsOnTwoNodesTest {
  private static final int ACCOUNTS = 400;
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir Path data;
  private final List<TestNode> nodes = new ArrayList<>();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private String url;

  @BeforeEach
  void start() {
    url = TestDatabase.POSTGRESQL.url(data);
    join(5000);
    join(5000);
    put(0, 60);
    String csv =
        IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> "a%d,login\n".formatted(i))
            .collect(Collectors.joining("", "account,signal\n", ""));
    HttpResponse<String> sent = answered(() -> api(0).post("/v1/signals", "text/csv", csv));
    assertThat(Api.json(sent).get("accepted").asInt()).isEqualTo(ACCOUNTS);
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
    clients.shutdown();
  }

  private void join(int perSecondMax) {
    nodes.add(
        TestNode.start(
            data,
            Map.of("keepwell.jdbc.url", url, "keepwell.rescoring.per-second-max", perSecondMax),
            NOON));
  }

  private Api api(int node) {
    return new Api(nodes.get(node).uri());
  }

  /** What an account that is just moving answers may have to be asked for again. */
  private static HttpResponse<String> answered(Supplier<HttpResponse<String>> request) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .until(request::get, answer -> answer.statusCode() != 503 && answer.statusCode() != 429);
  }

  /** By which a login is worth so much; green from 50 on. */
  private static String scorecards(int points) {
    return """
        {"scorecards": [{"key": "logins", "tiers": [{"key": "green", "from": 50},
          {"key": "red", "from": 0}], "adjustments": [
          {"key": "login", "signal": "login", "points": %d, "cap": %d, "window": "P7D"}]}]}
        """
        .formatted(points, points);
  }

  private int put(int node, int points) {
    HttpResponse<String> answer =
        answered(() -> api(node).put("/v1/scorecards", scorecards(points)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Integer.parseInt(answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
  }

  private JsonNode rescoring(int node) {
    return Api.json(answered(() -> api(node).get("/v1/scorecards/rescoring")));
  }

  private void awaitRescored(int version) {
    Awaitility.await()
        .until(
            () -> rescoring(0),
            now -> now.get("version").asInt() == version && !now.get("endedAt").isNull());
  }

  /** The versions that changed each account's tier, in the order of the feed. */
  private Map<String, List<Integer>> versions() {
    Map<String, List<Integer>> versions = new HashMap<>();
    long after = 0;
    while (true) {
      long id = after;
      JsonNode page =
          Api.json(answered(() -> api(0).get("/v1/tier-changes?limit=1000&after=" + id)));
      for (JsonNode change : page.get("items")) {
        versions
            .computeIfAbsent(change.get("account").asText(), account -> new ArrayList<>())
            .add(change.at("/scorecard/version").asInt());
      }
      if (page.get("items").isEmpty()) {
        return versions;
      }
      after = page.get("next").asLong();
    }
  }

  /** Every version moves every account from the one tier to the other. */
  @Test
  void no_account_settles_by_a_lower_version_than_it_has_seen() {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> senders =
        IntStream.range(0, 2)
            .mapToObj(node -> CompletableFuture.runAsync(() -> sendUntil(over, node), clients))
            .toList();
    int version = 0;
    for (int i = 0; i < 6; i++) {
      version = put(i % 2, i % 2 == 0 ? 10 : 60);
    }
    awaitRescored(version);
    over.set(true);
    senders.forEach(CompletableFuture::join);
    int last = version;
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(versions())
                    .hasSize(ACCOUNTS)
                    .allSatisfy(
                        (account, versions) ->
                            assertThat(versions)
                                .isSorted()
                                .doesNotHaveDuplicates()
                                .endsWith(last)));
    for (int node = 0; node < 2; node++) {
      int asked = node;
      HttpResponse<String> standing = answered(() -> api(asked).get("/v1/accounts/a7"));
      assertThat(Api.json(standing).at("/scorecard/version").asInt()).isEqualTo(version);
    }
  }

  private void sendUntil(AtomicBoolean over, int node) {
    for (int i = 0; !over.get(); i++) {
      String body = "{\"account\": \"a%d\", \"signal\": \"smile\"}".formatted(i % ACCOUNTS);
      assertThat(
              answered(() -> api(node).post("/v1/signals", "application/json", body)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void a_node_goes_on_where_the_one_was_that_stops() {
    nodes.forEach(TestNode::close);
    nodes.clear();
    join(5);
    join(5);
    int version = put(0, 10);
    Awaitility.await()
        .until(
            () -> rescoring(1),
            now -> now.get("version").asInt() == version && now.get("rescored").asInt() > 0);
    int rescored = rescoring(1).get("rescored").asInt();
    assertThat(rescored).isLessThan(ACCOUNTS);
    nodes.remove(0).close();
    Awaitility.await().until(() -> rescoring(0).get("rescored").asInt(), now -> now > rescored + 5);
    nodes.remove(0).close();
    join(5000);
    awaitRescored(version);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(versions())
                    .hasSize(ACCOUNTS)
                    .allSatisfy(
                        (account, versions) -> assertThat(versions).isSorted().endsWith(version)));
  }

  @Test
  void both_answer_the_same_preview_of_all_accounts() {
    List<JsonNode> previews = new ArrayList<>();
    for (int node = 0; node < 2; node++) {
      int asked = node;
      HttpResponse<String> answer =
          answered(
              () -> api(asked).post("/v1/scorecards/preview", "application/json", scorecards(10)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      previews.add(Api.json(answer));
    }
    assertThat(previews.get(0)).isEqualTo(previews.get(1));
    assertThat(previews.get(0).get("accounts").asInt()).isEqualTo(ACCOUNTS);
    assertThat(previews.get(0).at("/comparisons/0/migration"))
        .singleElement()
        .satisfies(
            all -> {
              assertThat(all.get("from").asText()).isEqualTo("green");
              assertThat(all.get("to").asText()).isEqualTo("red");
            });
  }
}
