package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the accounts of a {@link PortfolioNode}, and what is said of the scores that they
 * had had.
 */
record Fates(PortfolioNode node) {
  /** On which it is known of most accounts what became of them. */
  static final String KNOWN = "2026-02-15";

  /** The day that is scored then, by default. */
  static final String SCORED = "2026-01-16";

  private static final String BEFORE = "2025-12-01";

  /** Accounts that renewed, each named after its mood: {@code s85}. */
  void stayed(int... moods) {
    moods("s", "renewed", moods);
  }

  /** Accounts that churned, each named after its mood: {@code l20}. */
  void left(int... moods) {
    moods("l", "churned", moods);
  }

  private void moods(String prefix, String outcome, int... moods) {
    List<String> signals = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    for (int mood : moods) {
      signals.add("%s%d,mood,%d,%s".formatted(prefix, mood, mood, BEFORE));
      outcomes.add("%s%d,%s,%s".formatted(prefix, mood, outcome, KNOWN));
    }
    node.signals("", signals);
    outcomes(outcomes.toArray(String[]::new));
  }

  /**
   * @param csv lines of {@code account,outcome,at}
   */
  void outcomes(String... csv) {
    HttpResponse<String> answer =
        node.api()
            .post("/v1/outcomes", "text/csv", "account,outcome,at\n" + String.join("\n", csv));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Api.json(answer).get("rejected")).isEmpty();
  }

  JsonNode validation(String query) {
    return node.got("/v1/validation" + query);
  }

  /** Of a draft. */
  JsonNode validation(String query, String draft) {
    return posted("/v1/validation" + query, draft);
  }

  /**
   * @param json with apostrophes for quotes
   */
  JsonNode calibration(String json) {
    return posted("/v1/calibration", json.replace('\'', '"'));
  }

  private JsonNode posted(String path, String body) {
    HttpResponse<String> answer = node.api().post(path, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  /** From the first to the last, each once. */
  static int[] range(int first, int last) {
    return IntStream.rangeClosed(first, last).toArray();
  }

  /** The rows of a table, each as its values at some fields. */
  static List<String> rows(JsonNode table, String... fields) {
    List<String> rows = new ArrayList<>();
    for (JsonNode row : table) {
      List<String> values = new ArrayList<>();
      for (String field : fields) {
        values.add(row.at("/" + field).asText());
      }
      rows.add(String.join(" ", values));
    }
    return rows;
  }
}
