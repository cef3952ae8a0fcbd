package keepwell.http;

import static keepwell.http.SignalsNode.CSV;
import static keepwell.http.SignalsNode.JSON;
import static keepwell.http.SignalsNode.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/outcomes}, and what it does to accounts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomesOverHttpTest {
  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
    node.signals("acme,mood,45", "globex,mood,90");
  }

  private JsonNode sent(int status, String type, String body) {
    HttpResponse<String> response = node.api().post("/v1/outcomes", type, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Api.json(response);
  }

  private void told(String outcome, String day) {
    String body = "{\"account\": \"acme\", \"outcome\": %s, \"at\": \"%s\"}";
    assertCounted(sent(200, JSON, body.formatted(outcome, day)), 1, 0);
  }

  private static void assertCounted(JsonNode answer, int accepted, int duplicates) {
    assertThat(answer.get("accepted").asInt()).isEqualTo(accepted);
    assertThat(answer.get("duplicates").asInt()).isEqualTo(duplicates);
  }

  private List<String> outcomes(String account) {
    List<String> told = new ArrayList<>();
    node.got("/v1/accounts/" + account + "/outcomes")
        .get("outcomes")
        .forEach(each -> told.add(each.get("day").asText() + " " + each.get("outcome").asText()));
    return told;
  }

  @Test
  void they_are_taken_as_json_ndjson_and_csv_and_shown_the_latest_first() {
    assertThat(sent(200, JSON, "{\"account\": \"acme\", \"outcome\": \"renewed\"}").toString())
        .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[],\"rejectedCount\":0}");
    assertCounted(
        sent(
            200,
            JSON,
            """
            [{"account": "acme", "outcome": "expanded", "at": "2026-01-10T23:30:00-01:00"},
             {"account": "acme", "outcome": "renewed", "at": "2026-03-01"}]"""),
        1,
        1);
    assertCounted(
        sent(
            200,
            NDJSON,
            """
            {"account": "acme", "outcome": "downgraded", "at": "2025-12-01"}

            {"account": "initech", "outcome": "renewed", "at": "2025-12-01"}
            """),
        2,
        0);
    assertCounted(
        sent(200, CSV, "at,outcome,account\n2025-12-01,,acme\n2025-12-02,renewed,acme\n"), 2, 0);
    assertThat(outcomes("acme"))
        .containsExactly("2026-03-01 renewed", "2026-01-11 expanded", "2025-12-02 renewed");
    JsonNode latest = node.got("/v1/accounts/acme/outcomes").get("outcomes").get(1);
    assertThat(latest.get("at").asText()).isEqualTo("2026-01-11T00:30:00Z");
    assertThat(latest.get("recordedAt").asText()).startsWith("2026-03-01T12:00:00");
    assertThat(node.ids("")).containsExactly("acme", "globex", "initech");
  }

  @Test
  void one_that_is_wrong_is_rejected_by_itself_and_named() {
    JsonNode answer =
        sent(
            200,
            JSON,
            """
            [{"account": "acme", "outcome": "lost"}, {"account": "acme"},
             {"account": "acme", "outcome": "renewed", "at": "2026-03-02"},
             {"account": "acme", "outcome": 1}, {"outcome": "renewed"},
             {"account": "acme", "outcome": "renewed", "value": 1},
             {"account": "acme", "outcome": null}]""");
    assertCounted(answer, 0, 1);
    List<String> problems = new ArrayList<>();
    answer.get("rejected").forEach(each -> problems.add(each.get("problem").asText()));
    assertThat(problems)
        .containsExactly(
            "outcome is none of churned, renewed, expanded, downgraded",
            "outcome is missing; null takes back what was said of the day",
            "at is more than 5 minutes ahead of the clock",
            "outcome is not a text",
            "account is missing",
            "value is an unknown field");
    assertThat(answer.at("/rejected/2/field").asText()).isEqualTo("at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | application/json     | {"account": "acme"
          400 | application/json     | 7
          400 | text/csv             | account,at
          400 | text/csv             | account,outcome,value
          415 | text/plain           | acme churned
          422 | application/x-ndjson | {"account": "acme", "outcome": "lost"}
          """)
  void what_cannot_be_taken_at_all_is_refused_as_signals_are(int status, String type, String body) {
    assertThat(sent(status, type, body).get("status").asInt()).isEqualTo(status);
    assertThat(node.send("POST", "/v1/outcomes?quiet=true")).isEqualTo(400);
  }

  @Test
  void an_account_that_churned_is_in_no_list_until_that_is_corrected() {
    told("\"churned\"", "2026-02-01");
    assertThat(node.ids("")).containsExactly("globex");
    assertThat(node.ids("?closed=true&q=acme")).containsExactly("acme");
    assertThat(node.portfolio("").get("accounts").asInt()).isEqualTo(1);
    told("\"renewed\"", "2026-02-01");
    assertThat(node.ids("")).containsExactly("acme", "globex");
    told("\"churned\"", "2026-02-10");
    told("null", "2026-02-10");
    assertThat(node.ids("")).containsExactly("acme", "globex");
  }

  @Test
  void who_reopens_it_by_hand_wins_also_over_a_restart() {
    told("\"churned\"", "2026-02-01");
    assertThat(node.send("DELETE", "/v1/accounts/acme/closed")).isEqualTo(200);
    node.close();
    node.start();
    told("\"churned\"", "2026-01-01");
    assertThat(node.got("/v1/accounts/acme").get("closed").isNull()).isTrue();
    told("\"churned\"", "2026-02-02");
    assertThat(node.got("/v1/accounts/acme").get("closed").isNull()).isFalse();
  }

  @Test
  void with_its_account_they_are_erased_and_those_dated_before_are_refused() {
    told("\"renewed\"", "2026-02-01");
    HttpResponse<String> erased =
        node.api().send("DELETE", "/v1/accounts/acme", BodyPublishers.noBody());
    assertThat(erased.statusCode()).isEqualTo(204);
    assertThat(node.send("GET", "/v1/accounts/acme/outcomes")).isEqualTo(404);
    String before = "{\"account\": \"acme\", \"outcome\": \"renewed\", \"at\": \"2026-02-01\"}";
    assertThat(sent(422, JSON, before).at("/rejected/0/problem").asText())
        .isEqualTo("at is before the account was erased");
    sent(200, JSON, "{\"account\": \"acme\", \"outcome\": \"expanded\"}");
    assertThat(outcomes("acme")).containsExactly("2026-03-01 expanded");
  }
}
