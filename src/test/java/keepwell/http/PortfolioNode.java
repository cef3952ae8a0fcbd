package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A node that is asked across accounts; it begins at noon of 2026-03-01. An account's score is the
 * latest value of its signal {@code mood}, and 20 more for each {@code login} of the last 3 days;
 * in the segment {@code strict} it is half the mood. It has no playbooks.
 */
final class PortfolioNode implements AutoCloseable {
  static final LocalDate TODAY = LocalDate.parse("2026-03-01");

  private static final String SCORECARDS =
      """
      {"scorecards": [
        {"key": "strict", "when": {"segment": ["strict"]}, %1$s, "categories": [
          {"key": "use", "weight": 1, "metrics": [{"key": "mood", "points": 1, %2$s,
            "curve": [[0, 0], [100, 50]]}]}]},
        {"key": "plain", %1$s, "categories": [
          {"key": "use", "weight": 1, "metrics": [{"key": "mood", "points": 1, %2$s,
            "curve": [[0, 0], [100, 100]]}]}],
         "adjustments": [{"key": "logins", "signal": "login", "points": 20, "window": "P3D"}]}]}
      """
          .formatted(
              "\"tiers\": [{\"key\": \"green\", \"from\": 80}, {\"key\": \"yellow\", \"from\": 50},"
                  + " {\"key\": \"red\", \"from\": 0}]",
              "\"measure\": {\"of\": \"latest\", \"signal\": \"mood\"}");

  /** It is closed, and so in no list and in no sum. */
  private static final String MARKER = "~marker";

  private final Map<String, Object> settings;
  private final Path data;
  private final String url;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private TestNode node;
  private Api api;
  private int marks;

  PortfolioNode(Path data, TestDatabase kind) {
    this(data, kind, Map.of());
  }

  /**
   * @param settings of its own
   */
  PortfolioNode(Path data, TestDatabase kind, Map<String, Object> settings) {
    this.settings = settings;
    this.data = data;
    this.url = kind.url(data);
    start();
    assertThat(api.put("/v1/scorecards", SCORECARDS).statusCode()).isEqualTo(200);
    assertThat(api.put("/v1/playbooks", "{\"playbooks\": []}").statusCode()).isEqualTo(200);
    labels(MARKER, "{\"name\": \"~\"}");
    assertThat(api.send("PUT", account(MARKER) + "/closed", BodyPublishers.noBody()).statusCode())
        .isEqualTo(200);
  }

  PortfolioNode(Path data) {
    this(data, TestDatabase.EMBEDDED);
  }

  void start() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("keepwell.jdbc.url", url);
    all.put("keepwell.webhooks.allow-private", true);
    node = TestNode.start(data, all, now::get);
    api = new Api(node.uri());
  }

  @Override
  public void close() {
    node.close();
  }

  Api api() {
    return api;
  }

  URI uri() {
    return node.uri();
  }

  /** Of its database. */
  String url() {
    return url;
  }

  void at(String instant) {
    now.set(Instant.parse(instant));
  }

  LocalDate today() {
    return LocalDate.ofInstant(now.get(), ZoneOffset.UTC);
  }

  Instant now() {
    return now.get();
  }

  /** Goes on in time by whole days. */
  void pass(int days) {
    now.set(now.get().plus(Duration.ofDays(days)));
  }

  void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  static String account(String id) {
    return "/v1/accounts/" + Api.encoded(id);
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO);
  }

  /**
   * Then the clock goes on by a little, so that the next value is a later one.
   *
   * @param csv lines of {@code account,signal,value,at}; without the latter: now
   */
  void signals(String... csv) {
    signals("", List.of(csv));
  }

  void signals(String query, List<String> csv) {
    HttpResponse<String> answer =
        api.post(
            "/v1/signals" + query,
            "text/csv",
            "account,signal,value,at\n"
                + String.join(
                    "\n",
                    csv.stream()
                        .map(
                            line ->
                                line.chars().filter(c -> c == ',').count() == 2 ? line + "," : line)
                        .toList()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.json(answer).get("rejected")).isEmpty();
    now.set(now.get().plusMillis(1));
  }

  void labels(String account, String json) {
    assertThat(api.put(account(account), json).statusCode()).isEqualTo(200);
  }

  int send(String method, String path) {
    return api.send(method, path, BodyPublishers.noBody()).statusCode();
  }

  JsonNode got(String path) {
    HttpResponse<String> answer = api.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  /** The field that a request is refused for. */
  String refusedField(String path, String... headers) {
    HttpResponse<String> answer = api.get(path, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return Api.json(answer).path("field").asText();
  }

  /** Waits until everything that was acknowledged is in the portfolio. */
  PortfolioNode caughtUp() {
    String name = "~" + ++marks;
    labels(MARKER, "{\"name\": \"" + name + "\"}");
    await()
        .until(
            () ->
                got("/v1/accounts?closed=true&q=" + MARKER)
                    .at("/items/0/labels/name")
                    .asText()
                    .equals(name));
    return this;
  }

  /** A page of accounts, once everything is there that was acknowledged. */
  JsonNode list(String query) {
    return caughtUp().got("/v1/accounts" + query);
  }

  /** The ids of the accounts of a page. */
  List<String> ids(String query) {
    return list(query).get("items").findValuesAsText("account");
  }

  JsonNode portfolio(String query) {
    return caughtUp().got("/v1/portfolio" + query);
  }

  /** The portfolio, once a day is among those that are over. */
  JsonNode portfolioThrough(String day) {
    await().until(() -> got("/v1/portfolio").get("days").findValuesAsText("day").contains(day));
    return got("/v1/portfolio");
  }

  /** The whole feed after an id. */
  List<JsonNode> feed(long after) {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = caughtUp().got("/v1/tier-changes?after=" + after);
    while (!page.get("items").isEmpty()) {
      page.get("items").forEach(items::add);
      page = got("/v1/tier-changes?after=" + page.get("next"));
    }
    return items;
  }
}
