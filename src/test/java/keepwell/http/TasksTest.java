package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are given to do, and what becomes of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksTest {
  private static final String RED =
      """
      {'key': 'red', 'trigger': {'to': 'red'}, 'owner': 'kim', 'steps': [
        {'task': 'Call', 'due': 'P1D',
         'escalate': {'after': 'P2D', 'owner': 'lead', 'steps': [{'notify': 'slack'}]}},
        {'task': 'Plan', 'due': 'P3D', 'owner': 'planner'}]}
      """;

  @TempDir Path data;
  private PlaybookNode node;

  @BeforeEach
  void start() {
    node = new PlaybookNode(data, TestDatabase.EMBEDDED, RED);
    node.portfolio().labels("acme", "{\"owner\": \"dana\", \"name\": \"Acme\"}");
    node.moods("acme", 90, 30);
    node.moods("globex", 90, 30);
    node.settled();
    node.portfolio().pass(Duration.ofSeconds(3));
    await().until(() -> node.tasks("").size() == 4);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> titles(String query) {
    return node.tasks(query).stream()
        .map(task -> task.get("account").asText() + " " + task.get("title").asText())
        .toList();
  }

  private static List<String> said(JsonNode task) {
    return StreamSupport.stream(task.get("history").spliterator(), false)
        .map(change -> change.get("changes") + " " + change.get("note").asText())
        .toList();
  }

  @Test
  void they_go_to_who_is_named_else_to_who_owns_the_account_else_to_who_the_playbook_names() {
    assertThat(titles("?owner=dana")).containsExactly("acme Call");
    assertThat(titles("?owner=kim")).containsExactly("globex Call");
    assertThat(titles("?owner=planner")).containsExactly("acme Plan", "globex Plan");
    assertThat(titles("?owner=nobody")).isEmpty();
  }

  @Test
  void they_are_listed_by_when_they_are_due_page_by_page() {
    JsonNode page = node.got("/v1/tasks?limit=3");
    assertThat(page.get("items").findValuesAsText("title")).containsExactly("Call", "Call", "Plan");
    JsonNode rest = node.got("/v1/tasks?limit=3&cursor=" + page.get("next").asText());
    assertThat(rest.get("items").findValuesAsText("title")).containsExactly("Plan");
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(titles("?dueBefore=2026-03-03")).containsExactly("acme Call", "globex Call");
    assertThat(titles("?overdue=true")).isEmpty();
    node.days(2);
    assertThat(titles("?overdue=true")).containsExactly("acme Call", "globex Call");
    assertThat(titles("?account=acme")).containsExactly("acme Call", "acme Plan");
    assertThat(titles("?playbook=green")).isEmpty();
  }

  @Test
  void what_is_changed_of_one_is_in_its_history() {
    JsonNode task = node.tasks("?account=acme").get(0);
    JsonNode due = task.get("dueAt");
    String path = "/v1/tasks/" + task.get("id").asLong();
    node.patch(path, "{'owner': 'kim', 'author': 'dana', 'note': 'Kim knows them'}");
    node.patch(path, "{'dueAt': '2026-03-09', 'author': 'kim'}");
    JsonNode done = node.patch(path, "{'state': 'done', 'author': 'kim'}");
    assertThat(done.get("state").asText()).isEqualTo("done");
    assertThat(done.get("endedAt").asText()).startsWith("2026-03-01T12:00:03");
    assertThat(done.get("dueAt").asText()).isEqualTo("2026-03-10T00:00:00Z");
    assertThat(said(done))
        .containsExactly(
            "{\"owner\":{\"from\":\"dana\",\"to\":\"kim\"}} Kim knows them",
            "{\"dueAt\":{\"from\":%s,\"to\":\"2026-03-10T00:00:00Z\"}} null".formatted(due),
            "{\"state\":{\"from\":\"open\",\"to\":\"done\"}} null");
    assertThat(done.get("history").findValuesAsText("author"))
        .containsExactly("dana", "kim", "kim");
    assertThat(node.got(path)).isEqualTo(done);
    assertThat(titles("?state=open&account=acme")).containsExactly("acme Plan");
    JsonNode open = node.patch(path, "{'state': 'open', 'owner': null}");
    assertThat(open.get("endedAt").isNull()).isTrue();
    assertThat(open.get("owner").isNull()).isTrue();
  }

  @Test
  void a_change_that_changes_nothing_is_none() {
    String path = "/v1/tasks/" + node.tasks("?account=acme").get(0).get("id").asLong();
    assertThat(node.patch(path, "{'state': 'open'}").get("history")).isEmpty();
    assertThat(node.patch(path, "{}").get("history")).isEmpty();
  }

  @Test
  void one_that_is_overdue_goes_to_who_is_named_for_that_and_one_that_is_done_does_not() {
    String done = "/v1/tasks/" + node.tasks("?account=globex").get(0).get("id").asLong();
    String put_off = "/v1/tasks/" + node.tasks("?account=acme").get(0).get("id").asLong();
    node.patch(done, "{'state': 'dismissed'}");
    node.patch(put_off, "{'dueAt': '2026-03-03T12:00:00Z'}");
    node.days(3);
    assertThat(titles("?owner=lead")).isEmpty();
    node.days(2);
    await().until(() -> !titles("?owner=lead").isEmpty());
    assertThat(titles("?owner=lead")).containsExactly("acme Call");
    assertThat(said(node.got(put_off)))
        .last()
        .isEqualTo("{\"owner\":{\"from\":\"dana\",\"to\":\"lead\"}} overdue");
    assertThat(node.runs("red").get(0).get("steps"))
        .extracting(step -> step.get("step").asText() + " " + step.get("note").asText())
        .contains("0.escalate the task was not open any more");
  }

  private List<String> states(String account) {
    return node.tasks("?account=" + account).stream()
        .map(task -> task.get("title").asText() + " " + task.get("state").asText())
        .toList();
  }

  @Test
  void those_of_an_account_that_is_closed_are_dismissed_and_stay_so_when_it_is_reopened() {
    JsonNode call = node.tasks("?account=acme").get(0);
    String plan = "/v1/tasks/" + node.tasks("?account=acme").get(1).get("id").asLong();
    node.patch(plan, "{'state': 'done', 'author': 'planner'}");
    assertThat(node.portfolio().send("PUT", "/v1/accounts/acme/closed")).isEqualTo(200);
    node.settled();
    assertThat(states("acme")).containsExactly("Call dismissed", "Plan done");
    assertThat(states("globex")).containsExactly("Call open", "Plan open");
    JsonNode dismissed = node.got("/v1/tasks/" + call.get("id").asLong());
    assertThat(said(dismissed))
        .containsExactly(
            "{\"state\":{\"from\":\"open\",\"to\":\"dismissed\"}} the account was closed");
    assertThat(dismissed.at("/history/0/author").isNull()).isTrue();
    assertThat(dismissed.get("endedAt")).isEqualTo(dismissed.at("/history/0/at"));
    assertThat(dismissed.get("owner").asText()).isEqualTo("dana");

    assertThat(node.portfolio().send("DELETE", "/v1/accounts/acme/closed")).isEqualTo(200);
    node.days(4);
    await().until(() -> titles("?owner=lead").equals(List.of("globex Call")));
    assertThat(states("acme")).containsExactly("Call dismissed", "Plan done");
  }

  @Test
  void those_of_a_customer_who_is_lost_are_dismissed_too_also_if_their_run_had_ended() {
    node.put();
    node.settled();
    assertThat(states("acme")).containsExactly("Call open", "Plan open");
    String churned = "{\"account\": \"acme\", \"outcome\": \"churned\", \"at\": \"2026-03-01\"}";
    assertThat(node.api().post("/v1/outcomes", "application/json", churned).statusCode())
        .isEqualTo(200);
    node.settled();
    assertThat(states("acme")).containsExactly("Call dismissed", "Plan dismissed");
    assertThat(states("globex")).containsExactly("Call open", "Plan open");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"state\": \"gone\"} | 422 | state",
        "{\"status\": \"done\"} | 422 | status",
        "{\"dueAt\": \"tomorrow\"} | 422 | dueAt",
        "{\"dueAt\": 5} | 422 | dueAt",
        "{\"owner\": \"\"} | 422 | owner",
        "{\"note\": 7} | 422 | note",
        "[] | 422 | document"
      })
  void whatever_is_wrong_with_a_change_is_named(String json, int status, String field) {
    var answer =
        node.api()
            .send(
                "PATCH",
                "/v1/tasks/1",
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Api.json(answer).at("/faults/0/path").asText()).isEqualTo(field);
  }

  @Test
  void one_that_is_not_there_is_not_found_and_a_parameter_that_is_wrong_is_named() {
    assertThat(node.api().get("/v1/tasks/99").statusCode()).isEqualTo(404);
    assertThat(node.portfolio().refusedField("/v1/tasks?cursor=5")).isEqualTo("cursor");
    assertThat(node.portfolio().refusedField("/v1/tasks?state=late")).isEqualTo("state");
    assertThat(node.portfolio().refusedField("/v1/tasks?due=2026-03-01")).isEqualTo("due");
    assertThat(node.portfolio().refusedField("/v1/tasks?dueBefore=soon")).isEqualTo("dueBefore");
  }
}
