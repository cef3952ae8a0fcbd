package keepwell.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** How accounts stand: as a node tells it, and as it should be. */
final class Standings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WINDOW_DAYS = 28;
  private static final int FULL_SCORE = 100;

  /** The greatest x of a metric's curve, by its measure. */
  private static final Map<String, Double> FULL_AT =
      Map.of("sum", 1e7, "count", 2e3, "users", 50.0, "days", 30.0);

  private Standings() {}

  /** Makes these standings be computed by the scorecard that {@link #expected} knows. */
  static void putScorecard(HttpClient client, URI node) throws IOException, InterruptedException {
    List<?> metrics =
        FULL_AT.entrySet().stream()
            .map(
                metric ->
                    Map.of(
                        "key", metric.getKey(),
                        "points", 1,
                        "measure",
                            Map.of(
                                "of",
                                metric.getKey(),
                                "signal",
                                Sent.KEY,
                                "window",
                                "P" + WINDOW_DAYS + "D"),
                        "curve", List.of(List.of(0, 0), List.of(metric.getValue(), FULL_SCORE))))
            .toList();
    Map<String, Object> scorecard =
        Map.of(
            "key", "work",
            "tiers", List.of(Map.of("key", "good", "from", 40), Map.of("key", "bad", "from", 0)),
            "categories", List.of(Map.of("key", "all", "weight", 1, "metrics", metrics)));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(node.resolve("/v1/scorecards"))
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("scorecards", List.of(scorecard)))))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  /**
   * Everything that a node tells of some accounts, asked again where it can't tell yet; a missing
   * node of one that it does not know.
   */
  static Map<String, JsonNode> told(HttpClient client, URI node, Collection<String> accounts) {
    Map<String, JsonNode> told = new TreeMap<>();
    for (String account : accounts) {
      HttpRequest request = HttpRequest.newBuilder(node.resolve("/v1/accounts/" + account)).build();
      HttpResponse<String> answer =
          Awaitility.await("a standing")
              .atMost(PATIENCE)
              .pollDelay(Duration.ZERO)
              .ignoreExceptionsInstanceOf(IOException.class)
              .until(
                  () -> client.send(request, BodyHandlers.ofString()),
                  response -> response.statusCode() != 503 && response.statusCode() != 429);
      told.put(
          account, answer.statusCode() == 404 ? MissingNode.getInstance() : read(answer.body()));
    }
    return told;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** The score and the metrics' values of what a node told. */
  static Map<String, Double> figures(JsonNode told) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("score", told.get("score").asDouble());
    told.get("categories")
        .get(0)
        .get("metrics")
        .forEach(metric -> figures.put(metric.get("key").asText(), metric.get("value").asDouble()));
    return figures;
  }

  /** The same of the signals that count, computed anew. */
  static Map<String, Double> expected(List<Sent> counted) {
    List<Sent> recent = counted.stream().filter(sent -> sent.daysAgo < WINDOW_DAYS).toList();
    Map<String, Double> figures = new TreeMap<>();
    figures.put("sum", recent.stream().mapToDouble(sent -> sent.number).sum());
    figures.put("count", (double) recent.size());
    figures.put("users", (double) recent.stream().map(sent -> sent.user).distinct().count());
    figures.put("days", (double) recent.stream().map(Sent::day).distinct().count());
    double score =
        figures.entrySet().stream()
            .mapToDouble(
                metric ->
                    Math.min(metric.getValue() / FULL_AT.get(metric.getKey()), 1) * FULL_SCORE)
            .average()
            .orElseThrow();
    figures.put("score", score);
    return figures;
  }
}
