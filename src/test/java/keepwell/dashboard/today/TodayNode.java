package keepwell.dashboard.today;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.http.Api;

/** A node on which it is a Monday in March, and accounts score what was last sent of them. */
final class TodayNode implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration FOR_PLAYBOOKS = Duration.ofSeconds(3);
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "pulse",
        "tiers": [{"key": "green", "name": "Healthy", "from": 80},
                  {"key": "yellow", "name": "At risk", "from": 50},
                  {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "all", "weight": 1, "metrics": [
          {"key": "pulse", "name": "Pulse", "points": 1,
           "measure": {"of": "latest", "signal": "pulse"}, "curve": [[0, 0], [100, 100]]}]}]}]}
      """;
  static final String PLAYBOOKS =
      """
      {"playbooks": [
        {"key": "red", "name": "Act on a critical account", "trigger": {"to": "red"}, "steps": [
          {"task": "Find out what is wrong", "due": "P1D"}]},
        {"key": "yellow", "name": "Check in with an account at risk", "trigger": {"to": "yellow"},
          "steps": [{"task": "Check in with the customer", "due": "P3D"}]}]}
      """;

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final long start = System.nanoTime();
  private final TestNode node;
  private final Api api;

  TodayNode(Path data, Map<String, Object> settings, String playbooks) {
    node = TestNode.start(data, settings, this::now);
    api = new Api(node.uri());
    put("/v1/scorecards", SCORECARDS);
    put("/v1/playbooks", playbooks);
  }

  private Instant now() {
    return BEGIN.plusNanos(System.nanoTime() - start).plus(ahead.get());
  }

  void leap(Duration by) {
    ahead.updateAndGet(by::plus);
  }

  URI uri() {
    return node.uri();
  }

  Api api() {
    return api;
  }

  void put(String path, String body) {
    assertThat(api.put(path, body).statusCode()).isEqualTo(200);
  }

  /** Sends a signal of an account. */
  void send(String account, String signal, int value) {
    HttpResponse<String> answer =
        api.post(
            "/v1/signals",
            "application/json",
            "{\"account\": \"%s\", \"signal\": \"%s\", \"value\": %d}"
                .formatted(account, signal, value));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /** An account that is healthy. */
  void account(String id, String name, String owner) {
    put("/v1/accounts/" + id, "{\"name\": \"%s\", \"owner\": \"%s\"}".formatted(name, owner));
    send(id, "pulse", 90);
  }

  /** An account that was healthy, and is not any more; what playbooks do about it is done. */
  void turned(String id, String name, String owner, int arr, int pulse) {
    account(id, name, owner);
    send(id, "arr", arr);
    send(id, "pulse", pulse);
    await()
        .until(
            () -> {
              leap(FOR_PLAYBOOKS);
              return api.get("/v1/tasks?account=" + id).body().contains("\"id\"");
            });
  }

  @Override
  public void close() {
    node.close();
  }
}
