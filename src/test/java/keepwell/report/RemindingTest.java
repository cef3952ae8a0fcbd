package keepwell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What playbooks tell when a quarter is over, and when. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RemindingTest {
  private static final String SCORECARDS =
      """
      {"scorecards": [{"key": "plain",
        "tiers": [{"key": "green", "name": "Healthy", "from": 80},
          {"key": "yellow", "name": "At risk", "from": 50},
          {"key": "red", "name": "Critical", "from": 0}],
        "categories": [{"key": "use", "weight": 1, "metrics": [{"key": "mood", "points": 1,
          "measure": {"of": "latest", "signal": "mood"}, "curve": [[0, 0], [100, 100]]}]}]}]}
      """;

  private static final String SLACK =
      """
      {"key": "slack", "name": "Calibrate", "trigger": {"every": "quarter"},
       "steps": [{"notify": "slack"}]}
      """;

  private static final String MAIL =
      """
      {"key": "mail", "trigger": {"every": "quarter"},
       "steps": [{"notify": "email", "to": ["dana", "cs@example.com"]}]}
      """;

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>();
  private final List<TestNode> nodes = new ArrayList<>();
  private String url;

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
    nodes.clear();
  }

  /** Starts a node. Its messages stay in the outbox, as nobody takes them. */
  private Api start(String instant) {
    now.set(Instant.parse(instant));
    nodes.add(
        TestNode.start(
            data,
            Map.of(
                "keepwell.jdbc.url",
                url,
                "keepwell.zone",
                "Europe/Berlin",
                "keepwell.smtp.url",
                "smtp://127.0.0.1:1?from=keepwell@example.com",
                "keepwell.slack.url",
                "http://127.0.0.1:1/slack",
                "keepwell.public-url",
                "https://keepwell.example"),
            now::get));
    return new Api(nodes.get(nodes.size() - 1).uri());
  }

  private Api restart(String instant) {
    stop();
    return start(instant);
  }

  private static void put(Api api, String... playbooks) {
    HttpResponse<String> answer =
        api.put(
            "/v1/playbooks",
            "{\"people\": {\"dana\": \"dana@example.com\"}, \"playbooks\": [%s]}"
                .formatted(String.join(",", playbooks)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void post(Api api, String path, String columns, List<String> lines) {
    HttpResponse<String> answer =
        api.post(path, "text/csv", columns + "\n" + String.join("\n", lines));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Api.json(answer).get("accepted").asInt()).isEqualTo(lines.size());
  }

  /** What is in the outbox. */
  private List<String> messages() throws SQLException {
    List<String> contents = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT \"content\" FROM \"message\" ORDER BY \"id\"")) {
      while (row.next()) {
        contents.add(row.getString(1));
      }
    }
    return contents;
  }

  private void awaitMessages(int count) {
    await().untilAsserted(() -> assertThat(messages()).hasSize(count));
  }

  /** Twenty each that renewed and churned, of which one was red and renewed, and one green. */
  private static void tellOfFortyAccounts(Api api) {
    List<String> signals = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      signals.add("stayed-%d,mood,%d,2026-01-15".formatted(i, i == 0 ? 10 : 90));
      signals.add("left-%d,mood,%d,2026-01-15".formatted(i, i == 0 ? 95 : 10));
      outcomes.add("stayed-%d,renewed,2026-02-20".formatted(i));
      outcomes.add("left-%d,churned,2026-03-31T23:59:59+02:00".formatted(i));
    }
    signals.add("unknown,mood,90,2026-03-20");
    signals.add("later,mood,90,2026-02-20");
    outcomes.add("unknown,renewed,2026-03-20");
    outcomes.add("later,churned,2026-04-01");
    post(api, "/v1/signals", "account,signal,value,at", signals);
    post(api, "/v1/outcomes", "account,outcome,at", outcomes);
  }

  @ParameterizedTest
  @EnumSource
  void it_is_told_once_a_quarter_whatever_nodes_come_and_go(TestDatabase kind) throws Exception {
    url = kind.url(data);
    Api api = start("2025-12-31T23:30:00Z"); // by the zone that is the first day of the quarter
    assertThat(api.put("/v1/scorecards", SCORECARDS).statusCode()).isEqualTo(200);
    put(api, SLACK, MAIL);
    now.set(Instant.parse("2026-04-01T05:59:59Z")); // by then it is summer time
    tellOfFortyAccounts(api);
    assertThat(messages()).isEmpty(); // nor for a quarter that ended before all began
    now.set(Instant.parse("2026-04-01T06:00:00Z"));
    awaitMessages(3);
    assertThat(messages().get(0))
        .contains("Q1 2026 is over")
        .contains("41 accounts had an outcome from 1 January 2026 to 31 March 2026.")
        .contains("Of the 40 that had a score 30 days before it, 20 churned and 20 renewed.")
        .contains("The score tells better than chance who stays.", "AUC 0.926 (95% confidence: ")
        .contains("Healthy: 95.0% of 20, as expected: 85% or more")
        .contains("At risk: no account")
        .contains("Critical: 5.0% of 20, as expected: less than 30%")
        .contains("POST https://keepwell.example/v1/calibration");
    assertThat(messages().get(1)).contains("[\"dana@example.com\"]", "41 accounts had an outcome");
    assertThat(messages().get(2)).contains("[\"cs@example.com\"]");
    restart("2026-04-02T06:00:00Z");
    restart("2026-07-30T20:00:00Z");
    awaitMessages(6); // four weeks late, and none for the quarter that was told
    assertThat(messages().get(3))
        .contains("1 account had an outcome from 1 April 2026 to 30 June 2026.");
    restart("2026-11-02T20:00:00Z");
    now.set(Instant.parse("2027-01-01T07:00:00Z"));
    awaitMessages(9); // and none that would be a month late
    assertThat(messages().get(6))
        .contains("No account had an outcome from 1 October 2026 to 31 December 2026,")
        .contains("POST https://keepwell.example/v1/outcomes");
  }

  @Test
  void of_two_nodes_one_tells_it() throws Exception {
    url = TestDatabase.POSTGRESQL.url(data);
    put(start("2026-02-01T12:00:00Z"), SLACK);
    start("2026-02-01T12:00:00Z");
    int told = 0;
    for (String due : List.of("2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01")) {
      now.set(Instant.parse(due + "T08:00:00Z"));
      awaitMessages(++told);
    }
  }

  @Test
  void playbooks_that_come_later_tell_the_next_quarter() throws Exception {
    url = TestDatabase.EMBEDDED.url(data);
    Api api = start("2026-02-01T12:00:00Z");
    put(api);
    now.set(Instant.parse("2026-04-01T06:00:00Z"));
    await().until(this::isDone);
    put(api, SLACK);
    now.set(Instant.parse("2026-07-01T06:00:00Z"));
    awaitMessages(1);
    assertThat(messages().get(0)).contains("Q2 2026");
  }

  private boolean isDone() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT \"ordering\" FROM \"projection\" WHERE \"name\" = 'quarterly-reminder'")) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T06:59:59Z, 2025-10-01T06:00:00Z, Q4 2025",
    "2026-01-01T07:00:00Z, 2026-01-01T07:00:00Z, Q1 2026",
    "2026-03-31T21:59:59Z, 2026-01-01T07:00:00Z, Q1 2026",
    "2026-04-01T06:00:00Z, 2026-04-01T06:00:00Z, Q2 2026"
  })
  void it_is_due_on_the_first_day_of_a_quarter_of_the_zone(Instant at, Instant due, String name) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(Quarter.lastDue(at, berlin)).isEqualTo(due);
    assertThat(Quarter.of(due, berlin).name()).isEqualTo(name);
  }
}
