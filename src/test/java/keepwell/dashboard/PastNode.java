package keepwell.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.http.Api;

/**
 * A node whose accounts have a past, and outcomes; it begins at noon of 2026-03-01. Who leaves uses
 * little, and luck says nothing.
 */
public final class PastNode implements AutoCloseable {
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "saas", "name": "SaaS",
        "tiers": [{"key": "green", "name": "Healthy", "from": 80},
                  {"key": "yellow", "name": "At risk", "from": 50},
                  {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "all", "name": "Everything", "weight": 1, "metrics": [
          {"key": "use", "name": "Use", "points": 1, "measure": {"of": "latest", "signal": "use"},
           "curve": [[0, 0], [100, 100]]},
          {"key": "luck", "name": "Luck", "points": 1, "measure": {"of": "latest", "signal": "luck"},
           "curve": [[0, 0], [100, 100]]}]}]}]}
      """;

  private static final int CUSTOMERS = 240;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final TestNode node;
  private final Api api;

  public PastNode(Path data) {
    node = TestNode.start(data, Map.of(), now::get);
    api = new Api(node.uri());
    assertThat(api.put("/v1/scorecards", SCORECARDS).statusCode()).isEqualTo(200);
    assertThat(api.put("/v1/playbooks", "{\"playbooks\": []}").statusCode()).isEqualTo(200);
  }

  public URI uri() {
    return node.uri();
  }

  public Api api() {
    return api;
  }

  /** Customers of two segments, what they are worth, and when they renew. */
  public PastNode withCustomers() {
    List<String> signals = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      String id = "c" + i;
      signals.add("%s,use,%d,2025-11-20".formatted(id, use(i)));
      signals.add("%s,luck,%d,2025-11-20".formatted(id, i * 53 % 101));
      signals.add("%s,arr,%d,2025-11-20".formatted(id, 1_000 + 7_919L * i));
      signals.add("%s,renewal-date,%s,2025-11-20".formatted(id, "2026-04-" + (10 + i % 20)));
    }
    signals("", signals);
    for (int i = 0; i < CUSTOMERS; i++) {
      String segment = i % 2 == 0 ? "enterprise" : "smb";
      String labels = "{\"segment\": \"%s\", \"name\": \"Customer %d\"}".formatted(segment, i);
      assertThat(api.put("/v1/accounts/c" + i, labels).statusCode()).isEqualTo(200);
    }
    return this;
  }

  private static int use(int customer) {
    return customer * 37 % 101;
  }

  /** What became of them; of every tenth it is not what was to be expected. */
  public PastNode withOutcomes() {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      boolean stays = use(i) >= 40 ^ i % 10 == 0;
      outcomes.add("c%d,%s,2026-02-15".formatted(i, stays ? "renewed" : "churned"));
    }
    outcomes(outcomes);
    return this;
  }

  /**
   * @param csv lines of {@code account,outcome,at}
   */
  public void outcomes(List<String> csv) {
    sent("/v1/outcomes", "account,outcome,at\n" + String.join("\n", csv));
  }

  /**
   * @param csv lines of {@code account,signal,value,at}
   */
  public void signals(String query, List<String> csv) {
    sent("/v1/signals" + query, "account,signal,value,at\n" + String.join("\n", csv));
  }

  private void sent(String path, String csv) {
    HttpResponse<String> answer = api.post(path, "text/csv", csv);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Api.json(answer).get("rejected")).isEmpty();
  }

  /** Waits until so many accounts are open and told of. */
  public PastNode awaitOpen(int accounts) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Api.json(api.get("/v1/portfolio")).get("accounts").asInt() == accounts);
    return this;
  }

  /** Goes on in time by whole days, and waits until the reviews of all of them are done. */
  public PastNode pass(int days) {
    for (int i = 0; i < days; i++) {
      String today = now.get().toString().substring(0, 10);
      now.set(now.get().plus(Duration.ofDays(1)));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Api.json(api.get("/v1/portfolio"))
                      .get("days")
                      .findValuesAsText("day")
                      .contains(today));
    }
    return this;
  }

  @Override
  public void close() {
    node.close();
  }
}
