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

/** What validations and calibrations refuse, and what they say of that. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValidationFaultsTest {
  private static final String VALIDATION = "/v1/validation";
  private static final String CALIBRATION = "/v1/calibration";
  private static final String JSON = "application/json";

  private static PortfolioNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PortfolioNode(data);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "horizon=P0D, horizon",
    "horizon=P366D, horizon",
    "horizon=P1M, horizon",
    "horizon=30, horizon",
    "horizon=, horizon",
    "from=2026-02-30, from",
    "from=yesterday, from",
    "to=2026-2-1, to",
    "to=10000-01-01, to",
    "from=2026-02-02&to=2026-02-01, to",
    "label=gold, label",
    "label=:gold, label",
    "label=plan:, label",
    "label=, label",
    "label=plan:a%00b, label",
    "label=plan:a&label=plan:b, label",
    "owner=, owner",
    "segment=%7F, segment",
    "parent=, parent",
    "sample=0, sample",
    "sample=1e3, sample",
    "sample=100000001, sample",
    "horizons=P30D, horizons"
  })
  void a_parameter_that_is_wrong_is_named(String query, String field) {
    assertThat(node.refusedField(VALIDATION + "?" + query)).isEqualTo(field);
    HttpResponse<String> answer = node.api().post(VALIDATION + "?" + query, JSON, Histories.DRAFT);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Api.json(answer).get("field").asText()).isEqualTo(field);
  }

  @Test
  void a_version_is_one_that_there_is_and_a_draft_has_none() {
    assertThat(node.refusedField(VALIDATION + "?version=0")).isEqualTo("version");
    assertThat(node.refusedField(VALIDATION + "?version=x")).isEqualTo("version");
    HttpResponse<String> unknown = node.api().get(VALIDATION + "?version=3");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Api.json(unknown).get("type").asText()).isEqualTo("urn:keepwell:problem:not-found");
    HttpResponse<String> draft = node.api().post(VALIDATION + "?version=1", JSON, Histories.DRAFT);
    assertThat(draft.statusCode()).isEqualTo(400);
    assertThat(Api.json(draft).get("field").asText()).isEqualTo("version");
  }

  private static List<String> faults(String path, String type, String body) {
    HttpResponse<String> answer = node.api().post(path, JSON, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(Api.json(answer).get("type").asText()).isEqualTo("urn:keepwell:problem:" + type);
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
        "{'drafts': []} | drafts is an unknown field",
        "{'scorecards': [{'key': 'a', 'tiers': [{'key': 'red', 'from': 10}], 'adjustments': [{"
            + "'key': 'a', 'signal': 'login', 'points': 1, 'window': 'P1D'}]}]}"
            + " | scorecards[0].tiers[0].from is not 0, though it is the last tier",
        "{'scorecards': [{'key': 'a', 'tiers': [{'key': 'red', 'from': 0}], 'logistic':"
            + " {'intercept': 1, 'slope': 0}, 'adjustments': [{"
            + "'key': 'a', 'signal': 'login', 'points': 1, 'window': 'P1D'}]}]}"
            + " | scorecards[0].logistic.slope is not more than 0"
      })
  void a_draft_with_faults_is_refused(String body, String fault) {
    assertThat(faults(VALIDATION, "invalid-scorecards", body.replace('\'', '"'))).contains(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | document is missing",
        "7 | document is not an object",
        "{'days': 30} | days is an unknown field",
        "{'horizon': 30} | horizon is not a number of days such as P28D",
        "{'horizon': 'P0D'} | horizon is not from P1D to P365D",
        "{'from': 7} | from is not a date such as 2026-12-31",
        "{'from': ''} | from is not a date such as 2026-12-31",
        "{'to': '2026-02-30'} | to is not a date such as 2026-12-31",
        "{'from': '2026-02-02', 'to': '2026-02-01'} | to is before from",
        "{'when': 'smb'} | when is not an object",
        "{'when': {'segment': 'smb'}} | when.segment is not an array",
        "{'when': {'segment': []}} | when.segment is empty",
        "{'when': {'segment': [7]}} | when.segment[0] is not a text",
        "{'split': 'region'} | split is not an object",
        "{'split': {'by': 'region'}} | split.by is an unknown field",
        "{'split': {'label': 7, 'train': ['a']}} | split.label is not a text",
        "{'split': {'label': 'region'}} | split.train is missing",
        "{'split': {'label': 'region', 'train': []}} | split.train is empty",
        "{'split': {'label': 'region', 'train': 'a'}} | split.train is not an array",
        "{'split': {'label': 'region', 'train': ['']}} | split.train[0] is empty",
        "{'split': {'label': 'region', 'train': ['a', 'a']}} | split.train[1] is not unique",
        "{'split': {'label': 'region', 'train': ['a'], 'heldOut': [1]}}"
            + " | split.heldOut[0] is not a text",
        "{'split': {'label': 'region', 'train': ['a'], 'heldOut': ['b', 'a']}}"
            + " | split.heldOut[1] is in train too",
        "{'split': {'label': 'region', 'train': ['a'], 'trainShare': 0.5}}"
            + " | split.trainShare is of no use beside a label",
        "{'split': {'train': ['a']}} | split.train is of no use without a label",
        "{'split': {'heldOut': ['a']}} | split.heldOut is of no use without a label",
        "{'split': {'trainShare': 0}} | split.trainShare is not from 0.05 to 0.95",
        "{'split': {'trainShare': 1}} | split.trainShare is not from 0.05 to 0.95",
        "{'split': {'trainShare': '0.5'}} | split.trainShare is not a number"
      })
  void each_fault_of_what_is_to_be_calibrated_is_named_once(String body, String fault) {
    assertThat(faults(CALIBRATION, "invalid-calibration", body.replace('\'', '"')))
        .containsExactly(fault);
  }

  @Test
  void all_faults_are_named_at_once_and_what_is_not_JSON_is_refused() {
    String body = "{\"horizon\": 1, \"to\": 2, \"split\": {\"trainShare\": 3}, \"colour\": 4}";
    assertThat(faults(CALIBRATION, "invalid-calibration", body)).hasSize(4);
    for (String path : List.of(VALIDATION, CALIBRATION)) {
      assertThat(node.api().post(path, JSON, "{").statusCode()).isEqualTo(400);
      assertThat(node.api().post(path, "text/plain", "{}").statusCode()).isEqualTo(415);
      assertThat(node.send("PUT", path)).isEqualTo(405);
    }
    HttpResponse<String> query = node.api().post(CALIBRATION + "?horizon=P30D", JSON, "{}");
    assertThat(query.statusCode()).isEqualTo(400);
    assertThat(Api.json(query).get("field").asText()).isEqualTo("horizon");
  }
}
