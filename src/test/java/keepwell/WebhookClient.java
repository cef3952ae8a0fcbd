package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import keepwell.http.Api;
import org.awaitility.Awaitility;

/**
 * Moves accounts from tier to tier at a node, and asks it whom it tells. An account's score is the
 * latest value of its signal {@code mood}.
 */
final class WebhookClient {
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "moods", "tiers": [{"key": "green", "from": 80},
        {"key": "yellow", "from": 50}, {"key": "red", "from": 0}],
        "categories": [{"key": "use", "weight": 1, "metrics": [{"key": "mood", "points": 1,
          "measure": {"of": "latest", "signal": "mood"}, "curve": [[0, 0], [100, 100]]}]}]}]}
      """;

  private static final int PAGE = 1000;

  /** So few that a slow machine answers within the time that a client waits. */
  private static final int MOODS_AT_ONCE = 100;

  private final Api api;

  WebhookClient(NodeProcess node) {
    this.api = new Api(node.uri(""));
  }

  /** Has the node score by moods. */
  WebhookClient scoring() {
    HttpResponse<String> answer = answered(() -> api.put("/v1/scorecards", SCORECARDS));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return this;
  }

  /** What an account that is just moving answers may have to be asked for again. */
  private static HttpResponse<String> answered(Supplier<HttpResponse<String>> request) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .until(request::get, answer -> answer.statusCode() != 503 && answer.statusCode() != 429);
  }

  /** Gives accounts {@code a0}, {@code a1} and so on a mood; sends those again that are refused. */
  WebhookClient moods(int value, int accounts) {
    List<String> left =
        IntStream.range(0, accounts).mapToObj(i -> "a%d,mood,%d".formatted(i, value)).toList();
    while (!left.isEmpty()) {
      List<String> sent = left.subList(0, Math.min(MOODS_AT_ONCE, left.size()));
      List<String> later = left.subList(sent.size(), left.size());
      String csv = "account,signal,value\n" + String.join("\n", sent);
      JsonNode answer = Api.json(answered(() -> api.post("/v1/signals", "text/csv", csv)));
      left = new ArrayList<>(later);
      for (JsonNode rejected : answer.get("rejected")) {
        left.add(sent.get(rejected.get("line").asInt() - 2));
      }
    }
    return this;
  }

  /** Asks to tell a URL. */
  HttpResponse<String> tell(String url) {
    return api.post("/v1/webhooks", "application/json", "{\"url\": \"%s\"}".formatted(url));
  }

  /** Has a URL told; the webhook with its secret. */
  JsonNode telling(String url) {
    HttpResponse<String> answer = tell(url);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Api.json(answer);
  }

  /** The newest messages to a webhook. */
  JsonNode deliveries(JsonNode webhook, String query) {
    String path = "/v1/webhooks/" + webhook.get("id").asText() + "/deliveries" + query;
    return Api.json(answered(() -> api.get(path))).get("items");
  }

  /** What became of the last attempts at messages to a webhook, once there were any. */
  List<String> problems(JsonNode webhook) {
    return Awaitility.await()
        .until(
            () -> deliveries(webhook, "").findValuesAsText("problem"),
            problems -> !problems.isEmpty());
  }

  /** Waits until a webhook has taken all messages. */
  void awaitTaken(JsonNode webhook) {
    Awaitility.await().until(() -> deliveries(webhook, "?state=waiting").isEmpty());
  }

  /** The ids of the messages about all tier changes, once there are so many, in their order. */
  List<String> told(int count) {
    return Awaitility.await().until(this::told, ids -> ids.size() >= count);
  }

  private List<String> told() {
    List<String> ids = new ArrayList<>();
    JsonNode page = feed(0);
    while (!page.get("items").isEmpty()) {
      page.get("items").forEach(change -> ids.add("msg_" + change.get("id")));
      page = feed(page.get("next").asLong());
    }
    return ids;
  }

  private JsonNode feed(long after) {
    String path = "/v1/tier-changes?limit=%d&after=%d".formatted(PAGE, after);
    return Api.json(answered(() -> api.get(path)));
  }
}
