package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code openapi.json} promises, and whether an answer keeps it. */
final class Contract {
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "PATCH");

  private static final JsonMapper STRICT_JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012, Contract::allowComponents);
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final Map<JsonNode, JsonSchema> COMPILED = new ConcurrentHashMap<>();

  static final JsonNode DOCUMENT = document();

  private Contract() {}

  private static JsonNode document() {
    try (InputStream json = Contract.class.getResourceAsStream("/openapi.json")) {
      return STRICT_JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A method of a path, documented or not.
   *
   * @param path with its parameters in braces
   */
  record Operation(String method, String path) {
    /** What is promised; missing if it is not documented. */
    JsonNode promise() {
      return DOCUMENT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    boolean isDocumented() {
      return promise().isObject();
    }

    /** Its parameters of a kind: {@code path}, {@code query} or {@code header}. */
    List<JsonNode> parameters(String in) {
      Map<String, JsonNode> parameters = new LinkedHashMap<>();
      Stream.of(DOCUMENT.path("paths").path(path), promise()) // the latter's override
          .flatMap(node -> StreamSupport.stream(node.path("parameters").spliterator(), false))
          .map(Contract::resolved)
          .filter(parameter -> parameter.path("in").asText().equals(in))
          .forEach(parameter -> parameters.put(parameter.path("name").asText(), parameter));
      return List.copyOf(parameters.values());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Every method of every documented path, whether the path has it or not. */
  static Stream<Operation> operations() {
    return paths().flatMap(path -> METHODS.stream().map(method -> new Operation(method, path)));
  }

  private static Stream<String> paths() {
    return DOCUMENT.path("paths").properties().stream().map(Map.Entry::getKey);
  }

  /** What a node stands for: itself, or what it refers to. */
  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** The examples that a media type or a parameter has. */
  static List<JsonNode> examples(JsonNode node) {
    Stream<JsonNode> named =
        node.path("examples").properties().stream()
            .map(example -> resolved(example.getValue()).path("value"));
    return Stream.concat(Stream.ofNullable(node.get("example")), named).toList();
  }

  /**
   * Asserts that an answer is one of those promised for its request, by status, headers, content
   * type and body. To what is not documented it must be a problem: 404 for the path, 405 for the
   * method.
   */
  static void holds(HttpRequest request, HttpResponse<String> response) {
    String exchange =
        "%s %s → %s %s"
            .formatted(request.method(), request.uri(), response.statusCode(), response.body());
    Optional<Operation> operation =
        documentedPath(request.uri().getRawPath())
            .map(path -> new Operation(request.method(), path));
    if (operation.isEmpty()) {
      assertThat(response.statusCode()).as("path not documented: %s", exchange).isEqualTo(404);
      assertProblem(exchange, response);
    } else if (!operation.get().isDocumented()) {
      assertThat(response.statusCode()).as("method not documented: %s", exchange).isEqualTo(405);
      assertProblem(exchange, response);
    } else {
      JsonNode promise =
          operation.get().promise().path("responses").path("" + response.statusCode());
      assertThat(promise.isObject()).as("status documented: %s", exchange).isTrue();
      assertKept(exchange, resolved(promise), response);
    }
  }

  private static Optional<String> documentedPath(String path) {
    return paths()
        .sorted(Comparator.comparing(documented -> documented.contains("{"))) // concrete ones first
        .filter(documented -> path.matches(pattern(documented)))
        .findFirst();
  }

  private static String pattern(String path) {
    return path.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+");
  }

  private static void assertKept(String exchange, JsonNode promise, HttpResponse<String> response) {
    promise
        .path("headers")
        .properties()
        .forEach(header -> assertHeader(exchange, header.getKey(), header.getValue(), response));
    if (!promise.has("content")) {
      assertThat(response.body()).as(exchange).isEmpty();
      return;
    }
    String type = contentType(response);
    JsonNode content = promise.path("content").path(type);
    assertThat(content.isObject()).as("%s documented: %s", type, exchange).isTrue();
    if (type.equals(PROBLEM_JSON)) {
      assertProblem(exchange, response);
    }
    if (type.equals("application/json") || type.endsWith("+json")) {
      assertFits(exchange, content.path("schema"), json(response.body()));
    }
  }

  private static void assertHeader(
      String exchange, String name, JsonNode promise, HttpResponse<?> response) {
    boolean mayBeAbsent = !resolved(promise).path("required").asBoolean();
    assertThat(mayBeAbsent || response.headers().firstValue(name).isPresent())
        .as("%s given: %s", name, exchange)
        .isTrue();
  }

  private static void assertProblem(String exchange, HttpResponse<String> response) {
    assertThat(contentType(response)).as(exchange).isEqualTo(PROBLEM_JSON);
    JsonNode problem = json(response.body());
    assertFits(exchange, DOCUMENT.at("/components/schemas/Problem"), problem);
    assertThat(problem.path("status").asInt()).as(exchange).isEqualTo(response.statusCode());
  }

  /** Without its parameters. */
  private static String contentType(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Type")
        .map(type -> type.replaceFirst(";.*", ""))
        .orElse("no content type");
  }

  /** What a webhook was sent; asserts that it is promised for its type. */
  static JsonNode message(String body) {
    JsonNode message = json(body);
    List<JsonNode> promised =
        DOCUMENT.path("webhooks").properties().stream()
            .map(webhook -> webhook.getValue().at("/post/requestBody/content/application~1json"))
            .filter(content -> content.at("/example/type").equals(message.path("type")))
            .toList();
    assertThat(promised).as("documented: %s", body).hasSize(1);
    assertFits("message", promised.get(0).path("schema"), message);
    return message;
  }

  /** Asserts that a value fits a schema of the document. */
  static void assertFits(String what, JsonNode schema, JsonNode value) {
    JsonSchema compiled = COMPILED.computeIfAbsent(schema, Contract::compiled);
    assertThat(compiled.validate(value))
        .extracting(ValidationMessage::getMessage)
        .as("%s %s", what, value)
        .isEmpty();
  }

  /** A schema with the components beside it, where its references look for them. */
  private static JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", DOCUMENT.path("components"));
    return SCHEMAS.getSchema(whole, WITH_FORMATS);
  }

  private static void allowComponents(JsonSchemaFactory.Builder schemas) {
    JsonMetaSchema dialect = JsonMetaSchema.getV202012();
    schemas.metaSchema(
        JsonMetaSchema.builder(dialect).keyword(new NonValidationKeyword("components")).build());
  }

  static JsonNode json(String text) {
    try {
      return STRICT_JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }
}
