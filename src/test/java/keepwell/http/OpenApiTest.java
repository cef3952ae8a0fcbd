package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.TestNode;
import keepwell.http.Contract.Operation;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Outgoing;
import keepwell.playbook.Given;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document of the HTTP interface: true of a node that runs, and sound in itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenApiTest {
  private static final String DAY_AFTER_THE_EXAMPLES = "2026-03-02";

  private static final String OF_A_WEBHOOK = "/v1/webhooks/{id}";
  private static final String OF_A_CHANNEL = "/v1/channels/{id}";
  private static final String OF_A_TASK = "/v1/tasks/{id}";
  private static final String OF_A_STORM = "/v1/storms/{id}";

  private static TestNode node;
  private static Api api;
  private static Outgoing outgoing;
  private static String database;

  @BeforeAll
  static void start_with_the_accounts_of_the_examples(@TempDir Path data) {
    node =
        TestNode.start(
            data,
            Map.of(
                "keepwell.clock.start",
                DAY_AFTER_THE_EXAMPLES,
                "keepwell.webhooks.allow-private",
                true,
                "keepwell.slack.url",
                "http://127.0.0.1:1/"),
            InstantSource.system());
    api = new Api(node.uri());
    database = TestDatabase.EMBEDDED.url(data);
    outgoing = new Outgoing(database);
    api.put("/v1/accounts/acme", "{\"name\": \"Acme\"}");
    api.put("/v1/accounts/initech", "{\"name\": \"Initech\"}");
    await().until(() -> api.get("/accounts/acme/row").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /**
   * A request made of the document's examples.
   *
   * @param contentType of its body; empty without one
   */
  record Example(Operation operation, String contentType, String body) {
    static Stream<Example> of(Operation operation) {
      JsonNode requestBody = operation.promise().path("requestBody");
      return requestBody.isMissingNode()
          ? Stream.of(new Example(operation, "", ""))
          : requestBody.path("content").properties().stream()
              .flatMap(content -> of(operation, content.getKey(), content.getValue()));
    }

    private static Stream<Example> of(Operation operation, String contentType, JsonNode content) {
      return Contract.examples(content).stream()
          .map(body -> body.isTextual() ? body.asText() : body.toString())
          .map(body -> new Example(operation, contentType, body));
    }

    HttpResponse<String> send(String query) {
      String[] headers =
          contentType.isEmpty() ? new String[0] : new String[] {"Content-Type", contentType};
      return api.send(
          operation.method(),
          withMessage(operation) + query,
          BodyPublishers.ofString(body),
          headers);
    }

    @Override
    public String toString() {
      return operation + " " + contentType;
    }
  }

  static Stream<Operation> documentedOperations() {
    return Contract.operations().filter(Operation::isDocumented);
  }

  static Stream<Operation> undocumentedOperations() {
    return Contract.operations().filter(operation -> !operation.isDocumented());
  }

  static Stream<Example> examples() {
    return documentedOperations().flatMap(Example::of);
  }

  static String path(Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      String example = parameter.path("example").asText();
      path = path.replace("{" + parameter.path("name").asText() + "}", Api.encoded(example));
    }
    return path;
  }

  /** With what there is: messages by channels and to webhooks wait, as nobody takes them. */
  private static String withMessage(Operation operation) {
    String path = path(operation);
    if (operation.path().startsWith(OF_A_CHANNEL)) {
      return path.replace("msg_17", "msg_" + outgoing.add(Outgoing.slack("acme", "hi")).get(0));
    }
    if (operation.path().startsWith(OF_A_TASK)) {
      return path.replace("17", Long.toString(Given.task(database)));
    }
    if (operation.path().startsWith(OF_A_STORM)) {
      return path.replace("3", Long.toString(Given.storm(database)));
    }
    return operation.path().startsWith(OF_A_WEBHOOK) ? withWebhook(operation.path()) : path;
  }

  private static String withWebhook(String path) {
    String id =
        Api.json(api.post("/v1/webhooks", "application/json", "{\"url\": \"http://127.0.0.1:1/\"}"))
            .path("id")
            .asText();
    api.put("/v1/accounts/" + id, "{\"name\": \"Globex\"}");
    api.send("DELETE", "/v1/accounts/" + id, BodyPublishers.noBody());
    String deliveries = "/v1/webhooks/" + id + "/deliveries";
    await().until(() -> Api.json(api.get(deliveries)).path("items").size() > 0);
    String message = Api.json(api.get(deliveries)).at("/items/0/id").asText();
    return path.replace("{id}", id).replace("{message}", message);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_of_a_request_is_done(Example example) {
    assertThat(example.send("").statusCode()).isBetween(200, 399);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_parameter_of_a_query_is_taken(Example example) {
    String query =
        example.operation().parameters("query").stream()
            .filter(each -> each.at("/schema/examples").has(0)) // a cursor comes from an answer
            .map(each -> each.path("name").asText() + "=" + each.at("/schema/examples/0").asText())
            .collect(Collectors.joining("&", "?", ""));
    assertThat(example.send(query).statusCode()).isBetween(200, 399);
  }

  @ParameterizedTest
  @MethodSource("undocumentedOperations")
  void a_method_that_is_not_documented_is_refused_and_those_that_are_get_named(Operation refused) {
    var response = api.send(refused.method(), path(refused), BodyPublishers.noBody());
    List<String> documented =
        documentedOperations()
            .filter(operation -> operation.path().equals(refused.path()))
            .map(Operation::method)
            .toList();
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow").orElseThrow().split(", "))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/favicon.ico",
        "/v1",
        "/v1/",
        "/v1/nope",
        "/v1/signals/",
        "/v1/accounts/",
        "/v1/accounts/acme/nope",
        "/v1/scorecards/1/nope",
        "/docs/",
        "/docs/a/b"
      })
  void a_path_that_is_not_documented_is_not_found_whatever_the_method(String path) {
    for (String method : List.of("GET", "PUT", "POST", "DELETE", "PATCH")) {
      var response = api.send(method, path, BodyPublishers.noBody());
      assertThat(response.statusCode()).as(method).isEqualTo(404);
    }
  }

  @Test
  void the_document_is_served_as_it_is() {
    assertThat(Api.json(api.get("/openapi.json"))).isEqualTo(Contract.DOCUMENT);
  }

  @Test
  void the_viewer_takes_everything_from_here_and_has_no_script_inside() {
    String page = api.get("/docs").body();
    assertThat(page)
        .contains("<title>Keepwell")
        .doesNotContainPattern("<script(?! src=\"/docs/)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("(href|src)=\"(?!/[a-z]|data:)");
    Pattern.compile("(?<=(href|src)=\")/[^\"]+")
        .matcher(page)
        .results()
        .map(MatchResult::group)
        .forEach(file -> assertThat(api.get(file).statusCode()).as(file).isEqualTo(200));
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html",
    "/docs/viewer.js, application/javascript",
    "/docs/swagger-ui-bundle.js, application/javascript",
    "/docs/swagger-ui.css, text/css"
  })
  void the_viewer_and_its_files_are_under_a_policy(String path, String contentType) {
    HttpHeaders headers = api.get(path).headers();
    assertThat(headers.firstValue("Content-Type").orElseThrow()).startsWith(contentType);
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("script-src", "unsafe-eval", "http:", "https:", "*");
  }
}
