package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Subscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What playbooks tell: to Slack, by e-mail to a real server, and to webhooks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaybookMessagesTest {
  private static final String RED =
      """
      {'key': 'red', 'name': 'Act now', 'trigger': {'to': 'red'}, 'owner': 'kim@example.com',
       'steps': [
        {'task': 'Call the champion', 'due': 'P1D'},
        {'notify': 'slack'},
        {'notify': 'email', 'to': ['owner', 'cs@example.com']},
        {'notify': 'webhook'},
        {'invite': 'Where we stand', 'in': 'P6D', 'minutes': 45}]}
      """;

  @TempDir Path data;
  private final Subscriber slack = Subscriber.plain();
  private final Subscriber hook = Subscriber.plain();
  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private PlaybookNode node;

  @BeforeEach
  void start() {
    mail.start();
    node =
        new PlaybookNode(
            new PortfolioNode(
                data,
                TestDatabase.EMBEDDED,
                Map.of(
                    "keepwell.public-url",
                    "https://health.example/",
                    "keepwell.slack.url",
                    slack.uri().toString(),
                    "keepwell.smtp.url",
                    "smtp://127.0.0.1:%d?from=keepwell@example.com"
                        .formatted(mail.getSmtp().getPort()))),
            RED);
    String subscription = "{\"url\": \"%s\", \"eventTypes\": [\"playbook.notified\"]}";
    assertThat(
            node.api()
                .post("/v1/webhooks", "application/json", subscription.formatted(hook.uri()))
                .statusCode())
        .isEqualTo(201);
  }

  @AfterEach
  void stop() {
    node.close();
    mail.stop();
    slack.close();
    hook.close();
  }

  private void turn(String account, String labels) {
    node.portfolio().labels(account, labels);
    node.moods(account, 90, 30);
    JsonNode run = node.done("red", 5);
    assertThat(run.get("steps").findValuesAsText("state")).containsOnly("done");
  }

  private List<String> mailed(String to) {
    await().until(() -> mail.getReceivedMessages().length == 3);
    return Stream.of(mail.getReceivedMessages())
        .filter(message -> sentTo(message).equals(to))
        .map(GreenMailUtil::getWholeMessage)
        .toList();
  }

  private static String sentTo(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoever_is_to_act_is_told_by_each_channel_what_happened_and_what_to_do() {
    turn("acme", "{\"owner\": \"dana\", \"name\": \"Acme & <Sons>\"}");

    await().until(() -> slack.messages().size() == 1);
    assertThat(slack.messages().get(0).body())
        .contains(
            "Acme &amp; &lt;Sons&gt;",
            "moved from green to red on 1 March 2026",
            "Call the champion",
            "https://health.example/accounts/acme");

    assertThat(mailed("dana@example.com")).hasSize(2);
    assertThat(mailed("cs@example.com")).hasSize(1);
    String alert = mailed("cs@example.com").get(0);
    assertThat(alert)
        .contains(
            "Subject: ", "Acme & <Sons>", "Acme &amp; &lt;Sons&gt;", "text/plain", "text/html")
        .doesNotContain("text/calendar");
    assertThat(mailed("dana@example.com"))
        .anySatisfy(
            message ->
                assertThat(message.replace("\r\n ", ""))
                    .contains(
                        "text/calendar",
                        "DTSTART:20260309T100000Z", // the seventh is a Saturday
                        "DTEND:20260309T104500Z",
                        "Where we stand: Acme & <Sons>"));

    await().until(() -> hook.messages().size() == 1);
    JsonNode told = Subscriptions.json(hook.messages().get(0));
    assertThat(told.get("type").asText()).isEqualTo("playbook.notified");
    assertThat(told.at("/data/playbook").asText()).isEqualTo("red");
    assertThat(told.at("/data/account").asText()).isEqualTo("acme");
    assertThat(told.at("/data/cause/to").asText()).isEqualTo("red");
    assertThat(told.at("/data/score").asDouble()).isEqualTo(30);
    assertThat(told.at("/data/reasons/0/lost").asDouble()).isEqualTo(70);
    assertThat(told.at("/data/task")).isEqualTo(node.tasks("").get(0).get("id"));
  }

  @Test
  void of_an_account_that_has_lost_its_score_since_programs_are_told_that_it_has_none() {
    node.put(
        """
        {'key': 'red', 'trigger': {'to': 'red'}, 'steps': [
          {'after': 'P1D', 'steps': [{'notify': 'webhook'}]}]}
        """);
    node.moods("acme", 90, 30);
    node.runs("red", 1);
    String scorecards = node.api().get("/v1/scorecards").body();
    String later = scorecards.replace("\"plain\",", "\"plain\",\"minAge\":\"P90D\",");
    assertThat(node.api().put("/v1/scorecards", later).statusCode()).isEqualTo(200);
    node.days(1);
    node.done("red", 1);
    await().until(() -> hook.messages().size() == 1);
    JsonNode told = Subscriptions.json(hook.messages().get(0));
    assertThat(told.at("/data/score").isNull()).isTrue();
    assertThat(told.at("/data/tier").isNull()).isTrue();
    assertThat(told.at("/data").has("task")).isFalse();
  }

  @Test
  void where_nobody_owns_the_account_the_one_is_told_whom_the_playbook_names() {
    turn("acme", "{\"name\": \"Acme\"}");
    assertThat(mailed("kim@example.com")).hasSize(2);
  }

  @Test
  void a_message_that_nobody_takes_waits_and_is_told_later_once() {
    slack.answering(message -> Subscriber.Answer.of(503));
    turn("acme", "{\"owner\": \"dana\"}");
    await().until(() -> slack.messages().size() == 1);
    node.portfolio().close();
    slack.answering(message -> Subscriber.Answer.of(200));
    node.portfolio().pass(Duration.ofSeconds(30));
    node.portfolio().start();
    await().until(() -> slack.messages().size() == 2);
    assertThat(slack.messages().get(1).body()).isEqualTo(slack.messages().get(0).body());
    node.portfolio().pass(Duration.ofMinutes(30));
    node.settled();
    assertThat(node.got("/v1/channels/slack/deliveries").at("/items/0/state").asText())
        .isEqualTo("delivered");
    assertThat(slack.messages()).hasSize(2);
  }
}
