package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /v1/accounts/{id}} and {@code /v1/scorecards}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountsAndScorecardsTest {
  private static final String JSON = "application/json";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String LOGINS =
      """
      {"scorecards": [{"key": "logins", "name": "Logins",
        "tiers": [{"key": "green", "from": 50}, {"key": "red", "from": 0}],
        "categories": [{"key": "use", "weight": 2, "metrics": [
          {"key": "logins", "points": 1, "curve": [[0, 0], [10, 100]],
           "measure": {"of": "count", "signal": "login", "window": "P7D"}},
          {"key": "nps", "points": 1, "curve": [[0, 0], [10, 100]],
           "measure": {"of": "latest", "signal": "nps"}}]}],
        "adjustments": [{"key": "late", "name": "Paid late", "signal": "invoice-late",
                         "points": -5, "cap": 10, "window": "P28D"}]}]}
      """;

  @TempDir Path data;
  private TestNode node;
  private Api api;

  @BeforeEach
  void start() {
    node = TestNode.start(data, Map.of(), () -> NOW);
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void signals(String account, String signal, int count, String at) {
    String body =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{\"account\":\"%s\",\"signal\":\"%s\",\"at\":\"%s\"}"
                        .formatted(account, signal, at))
            .collect(Collectors.joining("\n"));
    assertThat(api.post("/v1/signals", "application/x-ndjson", body).statusCode()).isEqualTo(200);
  }

  private JsonNode standing(String path) {
    HttpResponse<String> response = api.get("/v1/accounts/" + path);
    assertThat(response.statusCode()).isEqualTo(200);
    return Api.json(response);
  }

  @Test
  void a_standing_explains_every_point() throws IOException {
    api.put("/v1/scorecards", LOGINS);
    signals("acme", "login", 8, "2026-03-01T08:00:00Z");
    signals("acme", "invoice-late", 3, "2026-02-20T08:00:00Z");
    api.put("/v1/accounts/acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}");

    Path golden = Path.of("src/test/resources/http/standing.json");
    assertThat(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(standing("acme")))
        .isEqualToIgnoringNewLines(Files.readString(golden).strip());
  }

  @Test
  void another_day_is_shown_by_the_signals_up_to_it() {
    api.put("/v1/scorecards", LOGINS);
    signals("acme", "login", 8, "2026-03-01T08:00:00Z");
    signals("acme", "login", 2, "2026-02-26T08:00:00Z");

    assertThat(standing("acme").get("score").asDouble()).isEqualTo(100);
    assertThat(standing("acme?asOf=2026-02-28").get("score").asDouble()).isEqualTo(20);
    assertThat(standing("acme?asOf=2026-02-28").get("tier").asText()).isEqualTo("red");
    assertThat(standing("acme?asOf=2026-03-05").get("score").asDouble()).isEqualTo(80);
    assertThat(standing("acme?asOf=2026-02-25").get("score").isNull()).isTrue();
    assertThat(standing("acme?asOf=2027-03-05").get("score").asDouble()).isZero();
    assertThat(api.get("/v1/accounts/acme?asOf=2020-01-01").statusCode()).isEqualTo(422);
    assertThat(api.get("/v1/accounts/acme?asOf=01.03.2026").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/accounts/acme?asof=2026-03-05").statusCode()).isEqualTo(400);
  }

  @Test
  void ids_of_every_kind_work_everywhere() {
    for (String id :
        new String[] {
          "a b",
          "a/b",
          "/",
          "a|b",
          "a?b&c=d#e",
          "a+b%20",
          "😀".repeat(200),
          "שלום עולם",
          "مرحبا",
          "a\\b",
          "\"quoted\"",
          "<script>",
          "%00",
          "a;b=c",
          "e\u0301",
          "\u00e9",
          "'",
          " "
        }) {
      String body =
          new String(
              Json.bytes(Map.of("account", id, "signal", "login")),
              java.nio.charset.StandardCharsets.UTF_8);
      assertThat(api.post("/v1/signals", JSON, body).statusCode()).isEqualTo(200);
      String label =
          new String(Json.bytes(Map.of("name", id)), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(api.put("/v1/accounts/" + Api.encoded(id), label).statusCode()).isEqualTo(200);
      JsonNode standing = standing(Api.encoded(id));
      assertThat(standing.get("account").asText()).isEqualTo(id);
      assertThat(standing.at("/labels/name").asText()).isEqualTo(id);
      assertThat(standing.at("/categories/0/metrics/1/value").asDouble()).isEqualTo(1);
    }
  }

  @Test
  void an_account_that_is_not_there_is_not_found_and_asking_does_not_make_it() {
    assertThat(api.get("/v1/accounts/nobody").statusCode()).isEqualTo(404);
    assertThat(api.put("/v1/accounts/nobody", "{\"name\": null}").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/accounts/nobody").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/accounts/" + "x".repeat(201)).statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/accounts/a%00b").statusCode()).isEqualTo(400);
    for (String noUtf8 : new String[] {"%FF", "%ED%A0%80", "%C3%28", "%EF%BF%BD%FF"}) {
      assertThat(api.put("/v1/accounts/" + noUtf8, "{\"a\": \"b\"}").statusCode()).isEqualTo(400);
    }
    assertThat(api.put("/v1/accounts/%ef%bf%bd", "{\"a\": \"b\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void labels_that_are_wrong_are_refused_together_and_none_is_taken() {
    JsonNode problem =
        Api.json(
            api.put(
                "/v1/accounts/acme",
                "{\"owner\": \"dana\", \"size\": 5, \"name\": \"a\\u0000\", \"x\": [\"y\"]}"));
    assertThat(problem.get("faults").toString())
        .isEqualTo(
            "[{\"path\":\"size\",\"problem\":\"is neither a text nor null\"},"
                + "{\"path\":\"name\",\"problem\":\"has a control character\"},"
                + "{\"path\":\"x\",\"problem\":\"is neither a text nor null\"}]");
    assertThat(api.get("/v1/accounts/acme").statusCode()).isEqualTo(404);
    assertThat(api.put("/v1/accounts/acme", "[]").statusCode()).isEqualTo(400);
    HttpResponse<String> twice = api.put("/v1/accounts/acme", "{\"a\": \"1\", \"a\": \"2\"}");
    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(Api.json(twice).get("detail").asText())
        .isEqualTo("The body gives a name twice at line 1, column 15.");
  }

  @Test
  void a_new_version_is_followed_by_every_account_at_once_and_after_a_restart() {
    signals("acme", "login", 8, "2026-03-01T08:00:00Z");
    HttpResponse<String> put = api.put("/v1/scorecards", LOGINS);
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.headers().firstValue("ETag")).hasValue("\"2\"");
    assertThat(Api.json(put).get("version").asInt()).isEqualTo(2);
    assertThat(standing("acme").at("/scorecard").toString())
        .isEqualTo("{\"key\":\"logins\",\"version\":2}");
    assertThat(standing("acme").get("score").asDouble()).isEqualTo(80);

    node.close();
    start();
    assertThat(standing("acme").get("score").asDouble()).isEqualTo(80);
    assertThat(Api.json(api.get("/v1/scorecards")))
        .isEqualTo(((ObjectNode) Api.json(put)).without("warnings"));
    assertThat(Api.json(api.get("/v1/scorecards/1")).at("/scorecards/0/key").asText())
        .isEqualTo("starter");
    assertThat(api.get("/v1/scorecards/3").statusCode()).isEqualTo(404);
  }

  @Test
  void a_lost_update_is_refused() {
    assertThat(api.put("/v1/scorecards", LOGINS, "If-Match", "\"2\"").statusCode()).isEqualTo(412);
    assertThat(api.put("/v1/scorecards", LOGINS, "If-Match", "\"1\"").statusCode()).isEqualTo(200);
    assertThat(api.put("/v1/scorecards", LOGINS, "If-Match", "\"1\"").statusCode()).isEqualTo(412);
    assertThat(api.put("/v1/scorecards", LOGINS, "If-Match", "*").statusCode()).isEqualTo(200);
    assertThat(api.put("/v1/scorecards", LOGINS, "If-Match", "two").statusCode()).isEqualTo(412);
    assertThat(Api.json(api.get("/v1/scorecards")).get("version").asInt()).isEqualTo(3);
  }

  @Test
  void a_faulty_document_is_refused_with_every_fault_by_its_path() {
    JsonNode problem =
        Api.json(
            api.put(
                "/v1/scorecards",
                LOGINS
                    .replace("\"of\": \"count\"", "\"of\": \"median\"")
                    .replace("[[0, 0], [10, 100]]", "[[10, 0], [0, 100]]")));
    assertThat(problem.get("type").asText()).isEqualTo("urn:keepwell:problem:invalid-scorecards");
    assertThat(problem.get("faults").findValuesAsText("path"))
        .containsExactlyInAnyOrder(
            "scorecards[0].categories[0].metrics[0].measure.of",
            "scorecards[0].categories[0].metrics[0].curve[1][0]",
            "scorecards[0].categories[0].metrics[1].curve[1][0]");
    assertThat(Api.json(api.get("/v1/scorecards")).get("version").asInt()).isEqualTo(1);
    assertThat(api.put("/v1/scorecards", "{\"scorecards\": ").statusCode()).isEqualTo(400);
    String longLabel = "{\"" + "k".repeat(40_000) + "\": [" + "1,".repeat(400_000) + "1]}";
    JsonNode many =
        Api.json(
            api.put(
                "/v1/scorecards",
                LOGINS.replace("\"tiers\":", "\"when\": " + longLabel + ", \"tiers\":")));
    assertThat(many.get("faults")).hasSize(1);
    assertThat(api.put("/v1/scorecards", "[".repeat(100_000)).statusCode()).isEqualTo(400);
  }
}
