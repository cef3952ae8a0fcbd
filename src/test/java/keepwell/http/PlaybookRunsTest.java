package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of runs. The clock is the test's; each account's score is its mood. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaybookRunsTest {
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

  private void start(TestDatabase kind, String... playbooks) {
    node = new PlaybookNode(data, kind, playbooks);
  }

  private void start(String... playbooks) {
    start(TestDatabase.EMBEDDED, playbooks);
  }

  private int runs(String playbook) {
    node.settled();
    return node.runs(playbook).size();
  }

  private String state(int index) {
    JsonNode run = node.runs("red").get(index);
    return run.get("state").asText() + " " + run.get("ending").asText();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_run_tells_why_it_began_what_it_has_done_and_why_not(TestDatabase kind) {
    start(kind, RED);
    node.portfolio().labels("acme", "{\"owner\": \"dana\", \"name\": \"Acme\"}");
    node.moods("acme", 90, 30);
    JsonNode run = node.done("red", 3);
    JsonNode change = node.portfolio().feed(0).get(1);
    assertThat(run.at("/cause/change")).isEqualTo(change.get("id"));
    assertThat(run.get("beganAt")).isEqualTo(change.get("at"));
    assertThat(run.get("state").asText()).isEqualTo("active");
    assertThat(run.get("steps"))
        .extracting(step -> step.get("step").asText() + " " + step.get("state").asText())
        .containsExactly("0 done", "1 skipped", "2 skipped", "3.0 waiting");
    assertThat(run.get("steps").findValuesAsText("note"))
        .containsExactly("null", "Slack is not configured", "nobody wants it", "null");
    JsonNode task = run.get("tasks").get(0);
    assertThat(task.get("title").asText()).isEqualTo("Call");
    assertThat(task.get("owner").asText()).isEqualTo("dana");
    assertThat(task.at("/reasons/0/lost").asDouble()).isEqualTo(70);
  }

  @Test
  void there_is_one_run_until_the_account_was_in_a_better_tier_for_three_judged_days() {
    start(RED);
    node.moods("acme", 90, 30, 60, 30); // better, but not for long
    assertThat(runs("red")).isEqualTo(1);
    node.moods("acme", 60);
    node.days(2);
    node.moods("acme", 30);
    assertThat(runs("red")).isEqualTo(1);
    node.moods("acme", 60);
    node.days(2);
    assertThat(state(0)).isEqualTo("active null");
    node.days(1);
    assertThat(state(0)).isEqualTo("ended recovered");
    assertThat(node.runs("red").get(0).get("endedAt").asText()).isEqualTo("2026-03-06T00:00:00Z");
    node.moods("acme", 30);
    assertThat(runs("red")).isEqualTo(2);
  }

  @Test
  void a_run_that_began_in_the_best_tier_is_over_after_three_judged_days_there() {
    start("{'key': 'red', 'trigger': {'to': 'green'}, 'steps': [{'task': 'Grow', 'due': 'P9D'}]}");
    node.moods("acme", 60, 90);
    node.days(3);
    assertThat(state(0)).isEqualTo("ended recovered");
  }

  @Test
  void it_cools_down_before_the_next_begins() {
    start(RED.replace("'owner'", "'coolDown': 'P6D', 'owner'"));
    node.moods("acme", 90, 30, 90);
    node.days(4);
    node.moods("acme", 30, 90);
    assertThat(runs("red")).isEqualTo(1);
    node.days(4);
    node.moods("acme", 30);
    assertThat(runs("red")).isEqualTo(2);
  }

  @Test
  void a_follow_up_is_done_if_the_account_has_not_recovered_and_else_not() {
    start(RED);
    node.moods("stays", 90, 30);
    node.moods("recovers", 90, 30);
    node.moods("recovers-late", 90, 30);
    node.days(1);
    node.moods("recovers", 60);
    node.days(5);
    node.moods("recovers-late", 60);
    node.days(2);
    await().until(() -> node.tasks("?account=stays").size() == 2);
    assertThat(node.tasks("?account=recovers")).hasSize(1);
    assertThat(node.tasks("?account=recovers-late")).hasSize(1);
    assertThat(node.runs("red").get(1).at("/steps/3/note").asText()).isEqualTo("the run had ended");
    node.moods("recovers-late", 30); // it was put off by days
    node.days(2);
    await().until(() -> node.tasks("?account=recovers-late").size() == 2);
  }

  @Test
  void an_account_that_does_not_answer_holds_up_no_other() {
    start(RED);
    node.moods("broken", 90, 30);
    node.done("red", 3);
    node.portfolio().close();
    node.execute(
        """
        UPDATE "event_journal" SET "event_payload" = X'00'
        WHERE "sequence_number" = 1 AND "persistence_id" = (SELECT "persistence_id" FROM "run")
        """);
    node.execute("DELETE FROM \"snapshot\"");
    node.execute("UPDATE \"run\" SET \"state\" = 'suspected'");
    node.portfolio().start();
    node.moods("fine", 90, 30);
    node.runs("red", 2);
    node.portfolio().pass(Duration.ofSeconds(3)); // what is noticed may be held for two
    await().until(() -> node.tasks("?account=fine").size() == 1);
    assertThat(state(1)).isEqualTo("suspected null");
  }

  @Test
  void what_goes_on_goes_on_by_the_version_that_it_began_with() {
    start(RED);
    node.moods("acme", 90, 30);
    assertThat(runs("red")).isEqualTo(1);
    node.put(RED.replace("Call again", "Write").replace("Call", "Meet"));
    node.done("red", 3);
    node.days(7);
    node.portfolio().pass(Duration.ofSeconds(3));
    await().until(() -> node.tasks("").size() == 2);
    assertThat(node.tasks(""))
        .extracting(task -> task.get("title").asText())
        .containsExactly("Call", "Call again");
  }

  @Test
  void a_run_ends_when_there_is_no_such_playbook_any_more() {
    start(RED);
    node.moods("acme", 90, 30);
    node.done("red", 3);
    node.days(1);
    node.put();
    node.settled();
    node.put(RED);
    await().until(() -> state(0).equals("ended withdrawn"));
  }

  @Test
  void a_run_ends_with_its_account() {
    start(RED);
    node.moods("acme", 90, 30);
    assertThat(runs("red")).isEqualTo(1);
    assertThat(node.portfolio().send("PUT", "/v1/accounts/acme/closed")).isEqualTo(200);
    node.settled();
    assertThat(state(0)).isEqualTo("ended closed");
  }

  private void tell(String outcome, String at) {
    String json = "{\"account\": \"acme\", \"outcome\": %s, \"at\": \"%s\"}";
    assertThat(
            node.api()
                .post("/v1/outcomes", "application/json", json.formatted(outcome, at))
                .statusCode())
        .isEqualTo(200);
    node.settled();
  }

  private String followed() {
    JsonNode outcome = node.runs("red").get(0).get("outcome");
    return outcome.path("outcome").asText() + " " + outcome.path("on").asText();
  }

  @Test
  void what_became_of_the_customer_follows_as_it_is_told_and_corrected() {
    start(RED);
    node.moods("acme", 90, 30);
    tell("\"expanded\"", "2026-02-20"); // before it began
    assertThat(followed()).isEqualTo(" ");
    node.days(4);
    tell("\"renewed\"", "2026-03-02");
    assertThat(followed()).isEqualTo("renewed 2026-03-02");
    tell("\"churned\"", "2026-03-04");
    assertThat(followed()).isEqualTo("churned 2026-03-04");
    assertThat(state(0)).isEqualTo("ended churned");
    tell("null", "2026-03-04");
    assertThat(followed()).isEqualTo("renewed 2026-03-02");
    assertThat(node.got("/v1/playbooks/red/results").get("renewed").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void nothing_is_left_of_an_account_that_was_erased(TestDatabase kind) {
    start(kind, RED);
    node.moods("acme", 90, 30);
    node.done("red", 3);
    long task = node.tasks("").get(0).get("id").asLong();
    node.patch("/v1/tasks/" + task, "{'note': 'they are angry'}");
    assertThat(node.portfolio().send("DELETE", "/v1/accounts/acme")).isEqualTo(204);
    assertThat(node.runs("red")).isEmpty();
    assertThat(node.tasks("")).isEmpty();
    for (String table : List.of("run", "run_step", "task", "task_change", "message")) {
      assertThat(node.rows(table)).as(table).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_restart_does_nothing_twice_and_forgets_nothing(TestDatabase kind) {
    start(kind, RED);
    node.moods("acme", 90, 30);
    node.done("red", 3);
    node.moods("globex", 90, 30);
    node.portfolio().close();
    node.portfolio().pass(Duration.ofDays(8));
    node.portfolio().start();
    await().until(() -> node.tasks("").size() == 4);
    node.days(1);
    assertThat(node.tasks("")).hasSize(4);
    assertThat(node.runs("red")).hasSize(2);
  }

  @Test
  void runs_are_listed_page_by_page_by_account_and_by_state() {
    start(RED);
    node.moods("acme", 90, 30);
    node.moods("globex", 90, 30);
    node.moods("initech", 90, 30);
    assertThat(runs("red")).isEqualTo(3);
    JsonNode page = node.got("/v1/playbooks/red/runs?limit=2");
    assertThat(page.get("items").findValuesAsText("account")).containsExactly("initech", "globex");
    JsonNode next = node.got("/v1/playbooks/red/runs?limit=2&before=" + page.get("next").asLong());
    assertThat(next.get("items").findValuesAsText("account")).containsExactly("acme");
    assertThat(next.get("next").isNull()).isTrue();
    assertThat(node.got("/v1/playbooks/red/runs?account=globex&state=active").get("items"))
        .hasSize(1);
    assertThat(node.got("/v1/playbooks/red/runs?state=held").get("items")).isEmpty();
    assertThat(node.api().get("/v1/playbooks/nope/runs").statusCode()).isEqualTo(404);
    assertThat(node.portfolio().refusedField("/v1/playbooks/red/runs?state=lost"))
        .isEqualTo("state");
    assertThat(
            node.api()
                .send("DELETE", "/v1/playbooks/red/runs", BodyPublishers.noBody())
                .statusCode())
        .isEqualTo(405);
  }
}
