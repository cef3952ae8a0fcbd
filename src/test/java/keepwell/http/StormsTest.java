package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Subscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when thousands of accounts turn at once. Their score is their mood, and logins. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StormsTest {
  private static final int ACCOUNTS = 5000;

  /** So many may turn on a day: a twentieth of them all. */
  private static final int TURNED_MAX = 250;

  private static final String DOWN =
      """
      {'key': 'down', 'trigger': {'from': 'green'}, 'steps': [
        {'notify': 'slack'}, {'task': 'Call', 'due': 'P1D'}]}
      """;

  @TempDir Path data;
  private final Subscriber slack = Subscriber.plain();
  private PlaybookNode node;

  @BeforeEach
  void start() {
    node =
        new PlaybookNode(
            new PortfolioNode(
                data, TestDatabase.EMBEDDED, Map.of("keepwell.slack.url", slack.uri().toString())),
            DOWN);
  }

  @AfterEach
  void stop() {
    node.close();
    slack.close();
  }

  private void all(int count, String signal) {
    node.portfolio()
        .signals("", IntStream.range(0, count).mapToObj(i -> "a" + i + "," + signal).toList());
  }

  /** Waits until what has happened may have been acted upon, and has been told if it is held. */
  private void acted() {
    node.settled();
    node.portfolio().pass(Duration.ofSeconds(15));
  }

  private JsonNode storm() {
    await().until(() -> node.got("/v1/storms?state=held").get("items").size() == 1);
    return node.got("/v1/storms?state=held").at("/items/0");
  }

  private JsonNode end(JsonNode storm, String how) {
    var answer =
        node.api()
            .send(
                "POST",
                "/v1/storms/%d/%s".formatted(storm.get("id").asLong(), how),
                BodyPublishers.noBody());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Api.json(answer);
  }

  /** What Slack was told, once it is so much. */
  private List<String> told(int count) {
    await().until(() -> slack.messages().size() >= count);
    return slack.messages().stream().map(Subscriber.Message::body).toList();
  }

  @Test
  void a_change_of_the_scorecards_that_turns_thousands_is_held_until_a_person_lets_it_go() {
    all(ACCOUNTS, "mood,90");
    node.settled();
    String halved = node.api().get("/v1/scorecards").body().replace("[100.0,100.0]", "[100,60]");
    assertThat(
            node.api().put("/v1/scorecards", halved.replace("[100,100]", "[100,60]")).statusCode())
        .isEqualTo(200);
    await().until(() -> node.rows("run") == ACCOUNTS);
    acted();

    JsonNode storm = storm();
    assertThat(storm.get("cause").asText()).isEqualTo("many");
    assertThat(storm.get("accounts").asInt()).isEqualTo(ACCOUNTS);
    assertThat(told(1)).hasSize(1).allMatch(message -> message.contains("5,000"));
    assertThat(node.tasks("")).isEmpty();

    String better =
        "{\"min\": 90, \"reason\": \"all is well\", \"author\": \"dana\", \"until\": \"2026-06-01\"}";
    assertThat(node.api().put("/v1/accounts/a7/override", better).statusCode()).isEqualTo(200);
    node.settled();
    end(storm, "release");
    await().atMost(Duration.ofMinutes(2)).until(() -> node.rows("task") == ACCOUNTS - 1);
    assertThat(
            node.runs("down").stream().filter(run -> run.get("ending").asText().equals("lapsed")))
        .isEmpty();
    assertThat(node.got("/v1/playbooks/down/runs?account=a7").at("/items/0/ending").asText())
        .isEqualTo("lapsed");
  }

  @Test
  void an_import_that_turns_thousands_is_held_and_may_be_discarded() {
    all(ACCOUNTS, "mood,90");
    all(TURNED_MAX + 1, "mood,30");
    acted();
    JsonNode storm = storm();
    assertThat(storm.at("/playbooks/0/runs").asInt()).isEqualTo(TURNED_MAX + 1);
    assertThat(end(storm, "discard").get("state").asText()).isEqualTo("discarded");
    assertThat(
            node.api()
                .send(
                    "POST",
                    "/v1/storms/" + storm.get("id").asLong() + "/release",
                    BodyPublishers.noBody())
                .statusCode())
        .isEqualTo(409);
    node.portfolio().signals("a4999,mood,30"); // the next is none of it
    acted();
    await().until(() -> node.tasks("").size() == 1);
    assertThat(node.tasks("").get(0).get("account").asText()).isEqualTo("a4999");
  }

  @Test
  void as_many_as_customers_do_turn_on_a_day_are_not_held() {
    all(ACCOUNTS, "mood,90");
    all(TURNED_MAX, "mood,30");
    acted();
    await().until(() -> node.rows("task") == TURNED_MAX);
    assertThat(node.got("/v1/storms").get("items")).isEmpty();
  }

  @Test
  void what_a_source_does_that_has_gone_silent_is_held_though_it_turns_few() {
    all(20, "mood,65");
    node.portfolio()
        .signals("", IntStream.range(20, ACCOUNTS).mapToObj(i -> "a" + i + ",mood,95").toList());
    for (int day = 0; day < 9; day++) {
      all(ACCOUNTS, "login,1");
      node.days(1);
    }
    node.days(3); // no logins any more
    node.moods("fell-otherwise", 90, 30);
    acted();
    JsonNode storm = storm();
    assertThat(storm.get("cause").asText()).isEqualTo("silence");
    assertThat(storm.get("signal").asText()).isEqualTo("login");
    assertThat(storm.get("accounts").asInt()).isEqualTo(20);
    await().until(() -> node.tasks("").size() == 1);
    assertThat(node.tasks("").get(0).get("account").asText()).isEqualTo("fell-otherwise");
    node.days(1);
    assertThat(node.got("/v1/storms").get("items")).hasSize(1);
  }
}
