package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /v1/scorecards/preview} refuses, and what it says of that. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewFaultsTest {
  private static final String PREVIEW = "/v1/scorecards/preview";

  private static PortfolioNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PortfolioNode(data);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static HttpResponse<String> post(String query, String body) {
    return node.api().post(PREVIEW + query, "application/json", body);
  }

  @Test
  void what_is_not_JSON_is_refused() {
    HttpResponse<String> answer = post("", "{\"scorecards\": [");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(node.api().post(PREVIEW, "text/plain", Histories.DRAFT).statusCode()).isEqualTo(415);
    assertThat(node.send("GET", PREVIEW)).isEqualTo(405);
  }

  private static List<String> faults(String body) {
    HttpResponse<String> answer = post("", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(Api.json(answer).get("type").asText())
        .isEqualTo("urn:keepwell:problem:invalid-scorecards");
    return StreamSupport.stream(Api.json(answer).get("faults").spliterator(), false)
        .map(fault -> fault.get("path").asText() + " " + fault.get("problem").asText())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | document is missing",
        "[] | document is not an object",
        "\"draft\" | document is not an object",
        "{\"drafts\": null} | drafts is not a list of one or two drafts",
        "{\"drafts\": {}} | drafts is not a list of one or two drafts",
        "{\"drafts\": []} | drafts is not a list of one or two drafts",
        "{\"drafts\": [1, 2, 3]} | drafts is not a list of one or two drafts",
        "{\"drafts\": [7]} | drafts[0] is not an object",
      })
  void what_is_no_draft_is_refused(String body, String fault) {
    assertThat(faults(body)).startsWith(fault);
  }

  private static String faulty(String key) {
    return """
        {"scorecards": [{"key": "%s", "tiers": [{"key": "red", "from": 10}], "colour": "blue",
          "adjustments": [{"key": "a", "signal": "login", "points": 1, "window": "P999D"}]}]}
        """
        .formatted(key);
  }

  @Test
  void all_faults_of_a_draft_are_named_at_once_as_where_it_is_put_into_force() {
    List<String> faults = faults(faulty("a"));
    assertThat(faults).hasSize(3).contains("scorecards[0].colour is an unknown field");
    HttpResponse<String> put = node.api().put("/v1/scorecards", faulty("a"));
    assertThat(put.statusCode()).isEqualTo(422);
    assertThat(Api.json(put)).isEqualTo(Api.json(post("", faulty("a"))));
  }

  @Test
  void of_two_drafts_the_faults_of_both_are_named_and_what_is_beside_them() {
    List<String> own = faults(faulty("a"));
    String both = "{\"drafts\": [%s, %s], \"sample\": 5}".formatted(faulty("a"), faulty("b"));
    assertThat(faults(both))
        .hasSize(7)
        .contains("sample is an unknown field")
        .containsAll(own.stream().map(fault -> "drafts[0]." + fault).toList())
        .containsAll(own.stream().map(fault -> "drafts[1]." + fault).toList());
    assertThat(faults("{\"drafts\": [" + Histories.DRAFT + ", null]}"))
        .startsWith("drafts[1] is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?sample=0",
        "?sample=-1",
        "?sample=abc",
        "?sample=1.5",
        "?sample=",
        "?sample=100000001",
        "?sample=1&sample=2",
      })
  void a_sample_is_a_number_of_accounts(String query) {
    HttpResponse<String> answer = post(query, Histories.DRAFT);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Api.json(answer).get("field").asText()).isEqualTo("sample");
  }

  @Test
  void a_parameter_that_is_not_known_is_named() {
    HttpResponse<String> answer = post("?samples=5", Histories.DRAFT);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Api.json(answer).get("field").asText()).isEqualTo("samples");
  }
}
