package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overrides, history and explanation of an account. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountOverTimeTest {
  private static final String LOGINS =
      """
      {"scorecards": [{"key": "logins", "name": "Logins",
        "tiers": [{"key": "green", "name": "Healthy", "from": 50},
                  {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "use", "name": "Use", "weight": 1, "metrics": [
          {"key": "logins", "name": "Logins in a week", "points": 3, "curve": [[0, 0], [%d, 100]],
           "measure": {"of": "count", "signal": "login", "window": "P7D"}},
          {"key": "nps", "name": "Last survey", "points": 1, "curve": [[0, 0], [10, 100]],
           "measure": {"of": "latest", "signal": "nps"}},
          {"key": "csat", "name": "Satisfaction", "points": 1, "curve": [[0, 0], [5, 100]],
           "measure": {"of": "latest", "signal": "csat"}}]}],
        "adjustments": [{"key": "late", "name": "Invoices paid late", "signal": "invoice-late",
                         "points": -5, "cap": 10, "window": "P28D"}]}]}
      """;

  @TempDir Path data;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-02-20T12:00:00Z"));
  private TestNode node;
  private Api api;

  @BeforeEach
  void start() {
    node = TestNode.start(data, Map.of(), now::get);
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void signals(String signal, int count, String at) {
    String body =
        IntStream.range(0, count)
            .mapToObj(
                i -> "{\"account\":\"acme\",\"signal\":\"%s\",\"at\":\"%s\"}".formatted(signal, at))
            .collect(Collectors.joining("\n"));
    assertThat(api.post("/v1/signals", "application/x-ndjson", body).statusCode()).isEqualTo(200);
  }

  private JsonNode got(String path) {
    HttpResponse<String> response = api.get("/v1/accounts/acme" + path);
    assertThat(response.statusCode()).isEqualTo(200);
    return Api.json(response);
  }

  private HttpResponse<String> override(String body) {
    return api.put("/v1/accounts/acme/override", body);
  }

  /** An account that falls silent, is overridden, and is scored by a new scorecard. */
  private void aStory() {
    api.put("/v1/scorecards", LOGINS.formatted(10));
    api.put("/v1/accounts/acme", "{\"name\": \"Acme\"}");
    signals("login", 8, "2026-02-20T09:00:00Z");
    api.post(
        "/v1/signals",
        "application/json",
        "{\"account\":\"acme\",\"signal\":\"nps\",\"value\":9,\"at\":\"2026-02-20T10:00:00Z\"}");
    at("2026-02-24T12:00:00Z");
    api.put("/v1/scorecards", LOGINS.formatted(16));
    signals("login", 3, "2026-02-24T11:00:00Z");
    at("2026-02-25T12:00:00Z");
    override(
        "{\"max\": 40, \"reason\": \"champion left\", \"author\": \"dana\","
            + " \"until\": \"2026-02-26\"}");
    at("2026-02-28T12:00:00Z");
    signals("invoice-late", 1, "2026-02-28T08:00:00Z");
  }

  private void at(String instant) {
    now.set(Instant.parse(instant));
  }

  private static void equalsGolden(JsonNode body, String file) throws IOException {
    assertThat(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body))
        .isEqualToIgnoringNewLines(
            Files.readString(Path.of("src/test/resources/http", file)).strip());
  }

  @Test
  void a_history_has_every_day_every_change_and_every_override() throws IOException {
    aStory();
    equalsGolden(got("/history?days=10"), "history.json");
  }

  @Test
  void an_explanation_says_in_plain_sentences_what_the_numbers_say() throws IOException {
    aStory();
    equalsGolden(got("/explanation"), "explanation.json");
    override(
        "{\"min\": 90, \"reason\": \"back on track\", \"author\": \"dana\","
            + " \"until\": \"2026-03-31\"}");
    equalsGolden(got("/explanation"), "explanation-overridden.json");
  }

  @Test
  void history_overrides_and_explanation_are_the_same_after_a_restart() {
    aStory();
    JsonNode history = got("/history?days=365");
    JsonNode explanation = got("/explanation");
    node.close();
    start();
    assertThat(got("/history?days=365")).isEqualTo(history);
    assertThat(got("/explanation")).isEqualTo(explanation);
  }

  @Test
  void what_is_known_of_an_account_without_a_score_is_said() {
    api.put("/v1/accounts/acme", "{\"name\": \"Acme\"}");
    assertThat(got("/explanation").get("sentences").get(0).asText())
        .isEqualTo("Acme has no score: too little is known of it yet.");
    assertThat(got("/history?days=1").get("days").toString())
        .isEqualTo("[{\"day\":\"2026-02-20\",\"score\":null,\"tier\":null}]");
  }

  @Test
  void a_day_that_can_no_longer_be_computed_is_null_in_the_history() {
    String reachingFar = LOGINS.formatted(10).replace("P7D", "P365D");
    api.put("/v1/scorecards", reachingFar);
    signals("login", 1, "2024-01-01T08:00:00Z");
    signals("login", 1, "2026-02-20T08:00:00Z");
    JsonNode days = got("/history?days=365").get("days");
    assertThat(days).hasSize(365);
    assertThat(days.get(0).get("score").isNull()).isTrue();
    assertThat(days.get(364).get("score").isNull()).isFalse();
  }

  @Test
  void a_number_of_days_that_is_none_is_refused_by_name() {
    for (String days : new String[] {"0", "366", "-1", "1.5", "abc", "", "99999999999"}) {
      HttpResponse<String> response = api.get("/v1/accounts/acme/history?days=" + days);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Api.json(response).get("field").asText()).isEqualTo("days");
    }
  }

  @Test
  void an_override_is_shown_taken_back_and_kept() {
    aStory();
    JsonNode held =
        Api.json(
            override(
                "{\"min\": 10.5, \"max\": 20, \"reason\": \"r\", \"author\": \"kim\","
                    + " \"until\": \"2026-03-31\"}"));
    assertThat(held.get("score").asDouble()).isEqualTo(20);
    assertThat(held.get("rawScore").asDouble()).isGreaterThan(20);
    assertThat(held.get("override").toString())
        .isEqualTo(
            "{\"max\":20.0,\"min\":10.5,\"reason\":\"r\",\"author\":\"kim\","
                + "\"until\":\"2026-03-31\",\"setAt\":\"2026-02-28T12:00:00Z\"}");
    HttpResponse<String> lifted =
        api.send("DELETE", "/v1/accounts/acme/override", BodyPublishers.noBody());
    assertThat(lifted.statusCode()).isEqualTo(200);
    assertThat(Api.json(lifted).get("override").isNull()).isTrue();
    assertThat(Api.json(lifted).get("score")).isEqualTo(Api.json(lifted).get("rawScore"));
    assertThat(got("/history?days=1").get("overrides")).hasSize(1);
    assertThat(got("/history?days=1").at("/overrides/0/heldFrom").isNull()).isTrue();
  }

  @Test
  void an_override_that_is_wrong_is_refused_with_every_fault_and_changes_nothing() {
    aStory();
    JsonNode before = got("");
    HttpResponse<String> wrong =
        override("{\"max\": 101, \"min\": \"x\", \"author\": \"\", \"until\": \"2026-02-30\"}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(Api.json(wrong).get("faults")).hasSize(5);
    HttpResponse<String> over =
        override("{\"max\": 1, \"reason\": \"r\", \"author\": \"a\", \"until\": \"2026-02-27\"}");
    assertThat(over.statusCode()).isEqualTo(422);
    assertThat(Api.json(over).get("type").asText())
        .isEqualTo("urn:keepwell:problem:override-ended");
    assertThat(override("{").statusCode()).isEqualTo(400);
    assertThat(override("[]").statusCode()).isEqualTo(422);
    assertThat(got("")).isEqualTo(before);
  }

  @Test
  void of_an_account_that_is_not_there_nothing_can_be_told_or_overridden() {
    for (String path : new String[] {"/history", "/explanation"}) {
      assertThat(api.get("/v1/accounts/acme" + path).statusCode()).isEqualTo(404);
    }
    String fine = "{\"max\": 1, \"reason\": \"r\", \"author\": \"a\", \"until\": \"2026-03-31\"}";
    assertThat(override(fine).statusCode()).isEqualTo(404);
    assertThat(
            api.send("DELETE", "/v1/accounts/acme/override", BodyPublishers.noBody()).statusCode())
        .isEqualTo(404);
    assertThat(api.get("/v1/accounts/acme").statusCode()).isEqualTo(404);
  }
}
