package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.access.Scope;
import keepwell.http.Contract.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys: who may do what. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeysTest {
  private static final String WRONG = "kw_" + "x".repeat(43);
  private static final String HOST = "keepwell.example";
  private static final String LOGIN = "{\"account\": \"acme\", \"signal\": \"login\"}";
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  private static KeysNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new KeysNode(data);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** Every method of every path, documented or not. */
  static Stream<Operation> operations() {
    return Contract.operations();
  }

  /** The scope that the document names; empty if it asks for none. */
  private static Optional<Scope> scope(Operation operation) {
    JsonNode security = operation.promise().path("security");
    assertThat(security.isArray()).as("%s says who may", operation).isTrue();
    return security.isEmpty()
        ? Optional.empty()
        : Optional.of(Scope.valueOf(security.at("/0/key/0").asText().toUpperCase(Locale.ROOT)));
  }

  private static HttpResponse<String> send(Api api, Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      String example = parameter.path("example").asText();
      path = path.replace("{" + parameter.path("name").asText() + "}", Api.encoded(example));
    }
    return api.send(operation.method(), path, BodyPublishers.noBody());
  }

  private static boolean isRefused(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").isPresent();
  }

  private static Stream<Operation> documented() {
    return operations().filter(Operation::isDocumented);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void each_route_is_for_who_has_its_scope_or_all(Operation operation) {
    Optional<Scope> needed = scope(operation);
    for (Scope scope : Scope.values()) {
      HttpResponse<String> answer = send(node.with(node.key(scope)), operation);
      if (needed.isEmpty() || scope == needed.get() || scope == Scope.ADMIN) {
        assertThat(isRefused(answer)).as("%s", scope).isFalse();
      } else {
        assertThat(answer.statusCode()).as("%s", scope).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
            .isEqualTo(
                "Bearer realm=\"keepwell\", error=\"insufficient_scope\", scope=\"%s\""
                    .formatted(needed.get()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documented")
  void no_route_but_those_that_tell_nothing_is_for_who_has_no_key_or_a_wrong_one(
      Operation operation) {
    HttpResponse<String> without = send(node.without(), operation);
    HttpResponse<String> wrong = send(node.with(WRONG), operation);
    if (scope(operation).isEmpty()) {
      assertThat(isRefused(without)).isFalse();
      assertThat(isRefused(wrong)).isFalse();
    } else {
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"keepwell\"");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"keepwell\", error=\"invalid_token\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/%73ignals/more",
        "GET /v1/%77ebhooks",
        "GET /v1//webhooks",
        "GET /v1/webhooks/",
        "POST /v1/new",
        "PATCH /v1/accounts/acme",
        "DELETE /v1/signals",
        "DELETE /",
        "OPTIONS /v1/webhooks",
        "HEAD /v1/webhooks",
        "PUT /v1/accounts"
      })
  void what_is_not_documented_is_an_administrators_and_there_is_no_way_around(String call) {
    String method = call.substring(0, call.indexOf(' '));
    String path = call.substring(call.indexOf(' ') + 1);
    for (String key : Set.of(node.ingest, node.read, WRONG)) {
      assertThat(RawHttp.status(node.uri(), HOST, method, path, "Authorization: Bearer " + key))
          .isEqualTo(key.equals(WRONG) ? 401 : 403);
    }
    assertThat(
            RawHttp.status(node.uri(), HOST, method, path, "Authorization: Bearer " + node.admin))
        .isNotIn(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: %s",
        "Authorization: Bearer",
        "Authorization: Bearer %s%%00",
        "Authorization: Bearer %s extra",
        "Authorization: Basic %s",
        "Authorization: Token %s",
        "X-Api-Key: %s",
        "Cookie: keepwell-session=%s",
        "Cookie: keepwell-session="
      })
  void a_key_is_sent_as_a_bearers(String header) {
    assertThat(
            RawHttp.status(node.uri(), HOST, "GET", "/v1/accounts", header.formatted(node.admin)))
        .isIn(400, 401);
  }

  @Test
  void a_key_in_the_path_or_in_the_query_is_none() {
    assertThat(node.without().get("/v1/accounts?key=" + node.admin).statusCode()).isEqualTo(401);
  }

  @Test
  void a_key_that_sends_signals_sends_every_kind_of_them_and_learns_nothing_else() {
    Api sender = node.with(node.ingest);
    JsonNode answer = Api.json(sender.post("/v1/signals", "application/json", LOGIN));
    assertThat(answer.path("accepted").asInt()).isEqualTo(1);
    assertThat(sender.post("/v1/signals", "application/x-ndjson", LOGIN).statusCode())
        .isEqualTo(200);
    assertThat(
            sender
                .post("/v1/signals?quiet=true", "text/csv", "account,signal\nacme,login\n")
                .statusCode())
        .isEqualTo(200);
    assertThat(sender.get("/v1/accounts/acme").statusCode()).isEqualTo(403);
    assertThat(sender.get("/").statusCode()).isEqualTo(403);
  }

  @Test
  void it_sends_outcomes_too_and_sees_none() {
    String outcome = "{\"account\": \"acme\", \"outcome\": \"renewed\"}";
    Api sender = node.with(node.ingest);
    assertThat(sender.post("/v1/outcomes", "application/json", outcome).statusCode())
        .isEqualTo(200);
    assertThat(sender.get("/v1/accounts/acme/outcomes").statusCode()).isEqualTo(403);
    assertThat(node.with(node.read).post("/v1/outcomes", "application/json", outcome).statusCode())
        .isEqualTo(403);
  }

  @Test
  void keys_come_and_go_without_a_restart() {
    String added = node.add("temp", Scope.READ, "");
    Api temp = node.with(added);
    await().until(() -> temp.get("/v1/accounts").statusCode() == 200);
    node.remove("temp");
    await().until(() -> temp.get("/v1/accounts").statusCode() == 401);
    assertThat(node.with(node.read).get("/v1/accounts").statusCode()).isEqualTo(200);
  }

  @Test
  void a_stream_of_events_ends_with_its_key() throws IOException, InterruptedException {
    String added = node.add("listener", Scope.READ, "");
    await().until(() -> node.with(added).get("/v1/accounts").statusCode() == 200);
    try (EventStream stream = new EventStream(node.uri(), "", "Authorization", "Bearer " + added)) {
      node.remove("listener");
      assertThat(stream.hasEnded()).isTrue();
    }
  }

  @Test
  void a_file_that_cannot_be_used_changes_nothing_and_an_empty_one_lets_nobody_in(
      @TempDir Path data) {
    try (KeysNode own = new KeysNode(data)) {
      String added = own.add("marker", Scope.READ, "");
      await().until(() -> own.with(added).get("/v1/accounts").statusCode() == 200);
      own.write("marker read kw_secret");
      String next = own.add("next", Scope.READ, ""); // which comes after what is not usable
      await().until(() -> own.with(next).get("/v1/accounts").statusCode() == 200);
      assertThat(own.with(added).get("/v1/accounts").statusCode()).isEqualTo(200);
      own.write("# nobody\n");
      await().until(() -> own.with(own.admin).get("/v1/accounts").statusCode() == 401);
    }
  }

  @Test
  void each_key_has_its_own_limit_and_every_answer_tells_what_is_left_of_it() {
    String slow = node.add("slow", Scope.READ, " 3/s");
    String other = node.add("other", Scope.READ, " 3/s");
    await().until(() -> node.with(other).get("/v1/accounts").statusCode() == 200);
    Api api = node.with(slow);
    HttpResponse<String> first = api.get("/v1/accounts");
    assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"requests\";q=3;w=1");
    assertThat(first.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"requests\";r=[012];t=1");

    HttpResponse<String> limited =
        await()
            .until(
                () ->
                    IntStream.range(0, 50)
                        .mapToObj(i -> api.get("/v1/accounts"))
                        .filter(answer -> answer.statusCode() == 429)
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    assertThat(limited.headers().firstValue("Retry-After")).contains("1");
    assertThat(limited.headers().firstValue("RateLimit")).contains("\"requests\";r=0;t=1");
    assertThat(Api.json(limited).path("type").asText())
        .isEqualTo("urn:keepwell:problem:rate-limited");
    assertThat(node.with(node.read).get("/v1/accounts").statusCode()).isEqualTo(200);
    await().until(() -> api.get("/v1/accounts").statusCode() == 200);
  }
}
