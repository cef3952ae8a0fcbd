package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import keepwell.TestNode;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code GET /v1/signals}, and what {@code PUT /v1/scorecards} warns of. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CatalogueRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path data;
  private String url;
  private TestNode node;
  private Api api;

  private void start(TestDatabase kind) {
    url = kind.url(data);
    start();
  }

  private void start() {
    node = TestNode.start(data, Map.of("keepwell.jdbc.url", url), () -> NOW);
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void sent(String csv) {
    HttpResponse<String> answer =
        api.post("/v1/signals", "text/csv", "account,signal,at,id\n" + csv);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private String catalogue(String query) {
    HttpResponse<String> answer = api.get("/v1/signals" + query);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @ParameterizedTest
  @EnumSource
  void the_catalogue_has_every_signal_that_was_answered_once(TestDatabase kind) {
    start(kind);
    assertThat(catalogue("")).isEqualTo("{\"signals\":[],\"next\":null,\"total\":0}");
    sent(
        """
        acme,login,2026-03-01T08:00:00Z,a
        acme,login,2026-03-01T08:00:00Z,a
        acme,seats,2026-01-01,b
        """);
    sent("globex,login,2026-02-28T09:00:00Z,a\n");
    sent("acme,login,2026-03-01T08:00:00Z,a\n"); // a duplicate

    String expected =
        """
        {"signals":[\
        {"signal":"login","accounts":2,"lastAt":"2026-03-01T08:00:00Z","volume":\
        [{"day":"2026-02-28","count":1},{"day":"2026-03-01","count":1}]},\
        {"signal":"seats","accounts":1,"lastAt":"2026-01-01T00:00:00Z","volume":[]}],\
        "next":null,"total":2}""";
    Awaitility.await().untilAsserted(() -> assertThat(catalogue("")).isEqualTo(expected));
    assertThat(catalogue("?days=30")).isEqualTo(expected);
    node.close();
    start();
    assertThat(catalogue("")).isEqualTo(expected);
    assertThat(catalogue("?days=60")).contains("{\"day\":\"2026-01-01\",\"count\":1}");
    assertThat(catalogue("?days=1&after=k"))
        .contains("{\"day\":\"2026-03-01\",\"count\":1}")
        .doesNotContain("2026-02-28");
    assertThat(catalogue("?after=login"))
        .startsWith("{\"signals\":[{\"signal\":\"seats\"")
        .endsWith("\"total\":2}");
  }

  @ParameterizedTest
  @EnumSource
  void whoever_sent_many_at_once_finds_all_of_them(TestDatabase kind) {
    start(kind);
    int clients = 8;
    int requests = 25;
    ExecutorService threads = Executors.newFixedThreadPool(clients); // the common one is the node's
    CompletableFuture.allOf(
            IntStream.range(0, clients)
                .mapToObj(
                    client ->
                        CompletableFuture.runAsync(() -> sendOneByOne(client, requests), threads))
                .toArray(CompletableFuture[]::new))
        .join();
    threads.shutdown();
    Awaitility.await()
        .untilAsserted(
            () -> {
              JsonNode all = Api.json(api.get("/v1/signals"));
              assertThat(all.at("/signals/0/accounts").asInt()).isEqualTo(clients * 5);
              assertThat(all.at("/signals/0/volume/0/count").asInt()).isEqualTo(clients * requests);
              assertThat(all.get("total").asInt()).isEqualTo(1 + clients);
            });
  }

  private void sendOneByOne(int client, int requests) {
    for (int i = 0; i < requests; i++) {
      sent("account-%d-%d,login,2026-03-01,%d\n".formatted(client, i % 5, i));
      String own = "of-client-" + client;
      if (i == 7) {
        sent("account-%d-0,%s,2026-03-01,own\n".formatted(client, own));
        awaitSeen(own);
      }
    }
  }

  /** A catalogue that can't follow within two seconds answers what it has. */
  private void awaitSeen(String signal) {
    Awaitility.await().until(() -> catalogue("").contains("\"" + signal + "\""));
  }

  @Test
  void parameters_that_are_wrong_are_refused_by_name() {
    start(TestDatabase.EMBEDDED);
    Map.of(
            "?days=0",
            "days",
            "?days=366",
            "days",
            "?days=-1",
            "days",
            "?days=ten",
            "days",
            "?days=",
            "days",
            "?days=99999999999",
            "days",
            "?after=",
            "after",
            "?after=a%00b",
            "after",
            "?after=" + "x".repeat(101),
            "after",
            "?days=1&days=2",
            "days")
        .forEach((query, field) -> assertThat(refusedField(query)).as(query).isEqualTo(field));
    assertThat(refusedField("?limit=5")).isEqualTo("limit");
    catalogue("?days=365&after=" + Api.encoded("😀".repeat(100)));
  }

  private String refusedField(String query) {
    HttpResponse<String> answer = api.get("/v1/signals" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    return Api.json(answer).get("field").asText();
  }

  @ParameterizedTest
  @EnumSource
  void a_scorecard_that_names_a_signal_never_sent_is_warned_about(TestDatabase kind) {
    start(kind);
    String logins =
        """
        {"scorecards": [{"key": "logins", "tiers": [{"key": "red", "from": 0}], "adjustments": [
          {"key": "a", "signal": "login", "points": 10, "window": "P7D"},
          {"key": "b", "signal": "logon", "points": 10, "window": "P7D"}]}]}
        """;
    sent("acme,login,,\n");
    awaitSeen("login");
    HttpResponse<String> put = api.put("/v1/scorecards", logins);
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(Api.json(put).get("warnings").toString())
        .isEqualTo(
            "[{\"path\":\"scorecards[0].adjustments[1].signal\","
                + "\"problem\":\"no account has ever sent the signal \\\"logon\\\"\"}]");

    sent("globex,logon,,\n");
    awaitSeen("logon");
    JsonNode again = Api.json(api.put("/v1/scorecards", put.body()));
    assertThat(again.get("version").asInt()).isEqualTo(3);
    assertThat(again.get("warnings")).isEmpty();
    for (String path : List.of("/v1/scorecards", "/v1/scorecards/3")) {
      assertThat(Api.json(api.get(path)))
          .isEqualTo(((ObjectNode) again.deepCopy()).without("warnings"));
    }
  }
}
