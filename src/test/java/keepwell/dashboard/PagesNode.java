package keepwell.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import keepwell.TestNode;
import keepwell.http.Api;

/** A node whose accounts score what was last sent of them as their pulse. */
public final class PagesNode implements AutoCloseable {
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "pulse",
        "tiers": [{"key": "green", "name": "Healthy", "from": %d},
                  {"key": "yellow", "name": "At risk", "from": 50},
                  {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "all", "name": "Everything", "weight": 1, "metrics": [
          {"key": "pulse", "name": "Pulse", "points": 3, "measure": {"of": "latest", "signal": "pulse"},
           "curve": [[0, 0], [100, 100]]},
          {"key": "nps", "name": "Satisfaction", "points": 1, "measure": {"of": "latest", "signal": "nps"},
           "curve": [[0, 0], [10, 100]]}]}]}]}
      """;

  private final TestNode node;
  private final Api api;

  public PagesNode(Path data) {
    this(data, Map.of());
  }

  /** A node with some settings of its own. */
  public PagesNode(Path data, Map<String, Object> settings) {
    node = TestNode.start(data, settings, InstantSource.system());
    api = new Api(node.uri());
    scorecards(80);
  }

  /**
   * Puts a new version of the scorecards.
   *
   * @param green the score from which accounts are
   */
  public void scorecards(int green) {
    assertThat(api.put("/v1/scorecards", SCORECARDS.formatted(green)).statusCode()).isEqualTo(200);
  }

  public URI uri() {
    return node.uri();
  }

  public Api api() {
    return api;
  }

  /** Makes an account, and waits until it is listed with its score. */
  public void account(String id, String labels, int pulse) {
    assertThat(api.put("/v1/accounts/" + Api.encoded(id), labels).statusCode()).isEqualTo(200);
    pulse(id, pulse, "");
    await().until(() -> row(id).contains(">" + pulse + ".0<"));
  }

  public void pulse(String id, int pulse, String query) {
    signal(id, "pulse", Integer.toString(pulse), query);
  }

  /** Sends a signal. */
  public void signal(String id, String signal, String value, String query) {
    String json = "{\"account\": \"%s\", \"signal\": \"%s\", \"value\": %s}";
    String body = json.formatted(id.replace("\"", "\\\""), signal, value);
    assertThat(api.post("/v1/signals" + query, "application/json", body).statusCode())
        .isEqualTo(200);
  }

  public String row(String id) {
    return api.get("/accounts/" + Api.encoded(id) + "/row").body();
  }

  @Override
  public void close() {
    node.close();
  }
}
