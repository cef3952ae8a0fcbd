package keepwell.http;

import static keepwell.http.PortfolioNode.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What playbooks would have done. The clock is the test's; each account's score is its mood. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DryRunTest {
  private static final String RED =
      """
      {'key': 'red', 'name': 'Act', 'trigger': {'to': 'red'}, 'owner': 'kim', 'steps': [
        {'task': 'Call', 'due': 'P1D'}, {'notify': 'slack'}, {'notify': 'webhook'},
        {'after': 'P7D', 'steps': [{'task': 'Call again', 'due': 'P2D'}]}]}
      """;

  @TempDir Path data;
  private PlaybookNode node;

  @AfterEach
  void stop() {
    node.close();
  }

  private void start(String... playbooks) {
    node = new PlaybookNode(data, TestDatabase.EMBEDDED, playbooks);
  }

  static String document(String... playbooks) {
    return "{\"playbooks\": [%s]}".formatted(String.join(",", playbooks)).replace('\'', '"');
  }

  private JsonNode dryRun(String query, String... playbooks) {
    HttpResponse<String> answer =
        node.api().post("/v1/playbooks/dry-run" + query, "application/json", document(playbooks));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  private static List<String> latest(JsonNode dryRun) {
    List<String> latest = new ArrayList<>();
    dryRun
        .at("/playbooks/0/latest")
        .forEach(run -> latest.add(run.get("account").asText() + " " + run.get("day").asText()));
    return latest;
  }

  @Test
  void it_does_nothing() {
    start();
    node.moods("acme", 90, 30);
    assertThat(dryRun("", RED).at("/playbooks/0/runs").asInt()).isEqualTo(1);
    assertThat(node.got("/v1/playbooks").get("playbooks")).isEmpty();
    node.settled();
    assertThat(node.rows("run")).isZero();
    assertThat(node.rows("task")).isZero();
  }

  @Test
  void what_concerns_no_account_has_no_runs() {
    String quarterly =
        "{'key': 'q', 'trigger': {'every': 'quarter'}, 'steps': [{'notify': 'slack'}]}";
    start(quarterly, RED);
    node.moods("acme", 90, 30);
    JsonNode dryRun = dryRun("?days=365", quarterly, RED);
    assertThat(dryRun.at("/playbooks/0/playbook").asText()).isEqualTo("q");
    assertThat(dryRun.at("/playbooks/0/runs").asInt(-1)).isZero();
    assertThat(dryRun.at("/playbooks/0/messages/slack").asInt(-1)).isZero();
    assertThat(dryRun.at("/playbooks/1/runs").asInt()).isEqualTo(1);
    assertThat(node.runs("red", 1)).hasSize(1);
    assertThat(node.runs("q")).isEmpty();
  }

  @Test
  void it_counts_what_would_have_been_told_and_given() {
    start();
    node.portfolio().labels("acme", "{\"owner\": \"dana\", \"name\": \"Acme\"}");
    node.moods("acme", 90, 30);
    node.moods("nobodys", 90, 30, 60);
    node.days(7);
    JsonNode dryRun = dryRun("", RED);
    JsonNode red = dryRun.at("/playbooks/0");
    assertThat(red.get("name").asText()).isEqualTo("Act");
    assertThat(red.get("tasks").asInt()).isEqualTo(3); // one account has not recovered
    assertThat(red.get("recovered").asInt()).isEqualTo(1);
    assertThat(red.get("messages").toString())
        .isEqualTo("{\"slack\":2,\"email\":0,\"webhook\":2,\"invitation\":0}");
    assertThat(red.at("/latest/0/name").asText()).isEqualTo("Acme");
    assertThat(red.at("/latest/0/cause/from").asText()).isEqualTo("green");
    Map<String, Integer> tasks = new TreeMap<>();
    dryRun
        .get("owners")
        .forEach(owner -> tasks.put(owner.get("owner").asText(), owner.get("tasks").asInt()));
    assertThat(tasks).containsExactly(entry("dana", 2), entry("kim", 1));
  }

  @Test
  void a_history_that_was_loaded_counts_as_if_it_had_been_lived() {
    start(RED);
    node.portfolio()
        .signals(
            "?quiet=true",
            List.of(
                "acme,mood,90,2026-02-10T09:00:00Z",
                "acme,mood,30,2026-02-12T09:00:00Z",
                "acme,mood,60,2026-02-14T09:00:00Z",
                "acme,mood,20,2026-02-20T09:00:00Z"));
    node.settled();
    assertThat(node.runs("red")).isEmpty();
    assertThat(latest(dryRun("", RED))).containsExactly("acme 2026-02-21", "acme 2026-02-13");
    assertThat(latest(dryRun("?days=12", RED))).containsExactly("acme 2026-02-21");
  }

  @Test
  void those_that_are_lost_since_count_until_then() {
    start();
    node.moods("lost", 90, 30);
    node.moods("long-lost", 90, 30);
    assertThat(node.portfolio().send("PUT", account("long-lost") + "/closed")).isEqualTo(200);
    node.days(8);
    assertThat(node.portfolio().send("PUT", account("lost") + "/closed")).isEqualTo(200);
    node.portfolio().caughtUp();
    JsonNode dryRun = dryRun("?days=9", RED);
    assertThat(latest(dryRun)).contains("lost 2026-03-01");
    assertThat(dryRun.at("/playbooks/0/tasks").asInt()).isEqualTo(3);
    assertThat(dryRun("?days=5", RED).get("accounts").asInt()).isEqualTo(1);
  }

  @Test
  void a_day_on_which_too_many_turn_is_told() {
    start();
    node.portfolio().signals(moods(0, 51, 90));
    node.portfolio().signals(moods(0, 50, 30));
    assertThat(dryRun("", RED).at("/days/0").toString()).contains("\"accounts\":50,\"held\":null");
    node.portfolio().signals(moods(50, 51, 30));
    JsonNode day = dryRun("", RED).at("/days/0");
    assertThat(day.get("held").asText()).isEqualTo("many");
    assertThat(day.get("accounts").asInt()).isEqualTo(51);
  }

  private static String[] moods(int from, int to, int mood) {
    return IntStream.range(from, to)
        .mapToObj("a%%d,mood,%d".formatted(mood)::formatted)
        .toArray(String[]::new);
  }

  @Test
  void a_sample_asks_some() {
    start();
    for (int i = 0; i < 20; i++) {
      node.moods("a" + i, 90, 30);
    }
    JsonNode dryRun = dryRun("?sample=5", RED);
    assertThat(dryRun.get("accounts").asInt()).isEqualTo(5);
    assertThat(dryRun.get("population").asInt()).isEqualTo(21);
    assertThat(dryRun.at("/playbooks/0/runs").asInt()).isBetween(4, 5); // the marker is closed
  }

  @Test
  void as_lines_it_tells_how_far_it_is() {
    start();
    node.moods("acme", 90, 30);
    HttpResponse<String> answer =
        node.api()
            .post(
                "/v1/playbooks/dry-run",
                "application/json",
                document(RED),
                "Accept",
                "application/x-ndjson");
    List<String> lines = answer.body().lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines).first().asString().startsWith("{\"progress\":{");
    assertThat(lines).last().asString().startsWith("{\"dryRun\":{\"from\":");
  }

  @Test
  void a_document_with_faults_is_refused_and_a_tier_that_there_is_not_is_warned_of() {
    start();
    HttpResponse<String> answer =
        node.api().post("/v1/playbooks/dry-run", "application/json", document("{'key': 'x'}"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("playbooks[0].trigger");
    assertThat(dryRun("", RED.replace("'red'},", "'rde'},")).at("/warnings/0/path").asText())
        .isEqualTo("playbooks[0].trigger.to");
    for (String query : List.of("?days=0", "?days=366", "?days=x", "?sample=0")) {
      assertThat(
              node.api()
                  .post("/v1/playbooks/dry-run" + query, "application/json", document(RED))
                  .statusCode())
          .isEqualTo(400);
    }
  }
}
