package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import keepwell.http.Contract.Operation;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document by itself: whole, consistent, and with examples that fit. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenApiDocumentTest {
  static Stream<Operation> operations() {
    return Contract.operations().filter(Operation::isDocumented);
  }

  @Test
  void the_document_is_OpenAPI_3_1() {
    assertThat(Contract.DOCUMENT.path("openapi").asText()).startsWith("3.1.");
    assertThat(Contract.DOCUMENT.at("/info/title").asText()).isEqualTo("Keepwell");
    assertThat(Contract.DOCUMENT.at("/info/version").asText()).isEqualTo("0.2.0");
    assertThat(Contract.DOCUMENT.at("/info/license/identifier").asText()).isEqualTo("Apache-2.0");
  }

  @Test
  void every_reference_leads_to_a_component_and_every_component_is_referred_to() {
    Set<String> components =
        Contract.DOCUMENT.path("components").properties().stream()
            .filter(kind -> !kind.getKey().equals("securitySchemes")) // referred to by their names
            .flatMap(
                kind ->
                    kind.getValue().properties().stream()
                        .map(each -> "#/components/" + kind.getKey() + "/" + each.getKey()))
            .collect(Collectors.toSet());
    Set<String> references =
        objects()
            .filter(object -> object.has("$ref"))
            .map(object -> object.path("$ref").asText())
            .collect(Collectors.toSet());
    assertThat(references).isEqualTo(components);
  }

  @Test
  void every_operation_has_an_id_of_its_own() {
    assertThat(operations().map(each -> each.promise().path("operationId").asText()))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z][a-zA-Z]+"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_operation_says_what_it_does_and_how_it_fails(Operation operation) {
    assertThat(operation.promise().path("summary").asText()).isNotBlank();
    assertThat(Contract.DOCUMENT.path("tags").findValuesAsText("name"))
        .contains(operation.promise().at("/tags/0").asText());
    assertThat(failures(operation)).isNotEmpty();
    assertThat(failures(operation))
        .allSatisfy(
            failure ->
                assertThat(failure.path("content").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly(isPage(operation) ? "text/html" : "application/problem+json"));
  }

  /** Pages say what went wrong as pages. */
  private static boolean isPage(Operation operation) {
    return operation.promise().at("/tags/0").asText().equals("Dashboard")
        && !operation.path().startsWith("/dashboard/");
  }

  private static List<JsonNode> failures(Operation operation) {
    return operation.promise().path("responses").properties().stream()
        .filter(response -> Integer.parseInt(response.getKey()) >= 400)
        .map(response -> Contract.resolved(response.getValue()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_parameter_of_a_path_is_described(Operation operation) {
    List<String> inBraces =
        Pattern.compile("(?<=\\{)[^}]+")
            .matcher(operation.path())
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(operation.parameters("path"))
        .allMatch(parameter -> parameter.path("required").asBoolean())
        .allMatch(parameter -> parameter.has("schema") && parameter.has("example"))
        .extracting(parameter -> parameter.path("name").asText())
        .isEqualTo(inBraces);
  }

  @Test
  void every_schema_is_one_by_JSON_Schema_2020_12() {
    JsonSchema dialect =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));
    assertThat(Contract.DOCUMENT.at("/components/schemas").properties())
        .allSatisfy(schema -> assertThat(dialect.validate(schema.getValue())).isEmpty());
  }

  @Test
  void every_schema_of_an_object_says_whether_it_may_have_other_fields() {
    assertThat(objects().filter(OpenApiDocumentTest::describesAnObject))
        .allMatch(schema -> schema.has("additionalProperties"));
  }

  private static boolean describesAnObject(JsonNode node) {
    return node.path("type").toString().contains("\"object\"");
  }

  @Test
  void every_example_fits_its_schema() {
    objects()
        .filter(object -> object.has("schema"))
        .forEach(
            object ->
                Contract.examples(object)
                    .forEach(value -> Contract.assertFits("", object.path("schema"), value)));
    objects()
        .filter(object -> object.path("examples").isArray())
        .forEach(
            schema ->
                schema.path("examples").forEach(value -> Contract.assertFits("", schema, value)));
  }

  private static Stream<JsonNode> objects() {
    return within(Contract.DOCUMENT).filter(JsonNode::isObject);
  }

  private static Stream<JsonNode> within(JsonNode node) {
    return Stream.concat(
        Stream.of(node),
        StreamSupport.stream(node.spliterator(), false).flatMap(OpenApiDocumentTest::within));
  }
}
