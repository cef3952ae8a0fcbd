package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.journal.TestDatabase;
import keepwell.outreach.MailHost;
import keepwell.outreach.Outgoing;
import keepwell.outreach.Subscriber;
import keepwell.outreach.Subscriber.Answer;
import keepwell.outreach.Subscriber.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to Slack and by e-mail, and what is told of them. The clock is the test's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChannelsTest {
  @TempDir Path data;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final Subscriber slack = Subscriber.plain();
  private final MailHost mail = new MailHost();
  private TestNode node;
  private Api api;
  private Outgoing outgoing;

  @BeforeEach
  void start() {
    slack.answering(message -> Answer.of(200).saying("ok"));
    String url = TestDatabase.EMBEDDED.url(data);
    node =
        TestNode.start(
            data,
            Map.of("keepwell.slack.url", slack.uri().toString(), "keepwell.smtp.url", mail.url()),
            now::get);
    api = new Api(node.uri());
    outgoing = new Outgoing(url);
  }

  @AfterEach
  void stop() {
    node.close();
    slack.close();
    mail.close();
  }

  private JsonNode channel(String id) {
    for (JsonNode item : Api.json(api.get("/v1/channels")).get("items")) {
      if (item.get("channel").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError(id);
  }

  private JsonNode deliveries(String id, String query) {
    return Api.json(api.get("/v1/channels/" + id + "/deliveries" + query)).get("items");
  }

  private JsonNode attempted(String id, int times) {
    await().until(() -> deliveries(id, "").path(0).path("attempts").size() == times);
    return deliveries(id, "").get(0);
  }

  private JsonNode retried(String id, String message, int status) {
    var answer =
        api.send(
            "POST",
            "/v1/channels/%s/deliveries/%s/retry".formatted(id, message),
            BodyPublishers.noBody());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Api.json(answer);
  }

  @Test
  void slack_is_posted_a_message_as_it_takes_it() {
    long id = outgoing.add(Outgoing.slack("acme", "*Acme* is Critical")).get(0);
    JsonNode delivery = attempted("slack", 1);
    assertThat(delivery.get("id").asText()).isEqualTo("msg_" + id);
    assertThat(delivery.get("state").asText()).isEqualTo("delivered");
    assertThat(delivery.get("eventType").asText()).isEqualTo("message");
    assertThat(delivery.get("change").isNull()).isTrue();
    Message posted = slack.messages().get(0);
    assertThat(posted.body()).isEqualTo("{\"text\":\"*Acme* is Critical\",\"blocks\":[]}");
    assertThat(posted.header("Content-Type")).isEqualTo("application/json");
    assertThat(retried("slack", "msg_" + id, 409).get("type").asText()).endsWith(":delivered");
  }

  @Test
  void slack_is_left_alone_for_as_long_as_it_asks_for() {
    slack.answering(m -> Answer.of(429).with("Retry-After", "30").saying("rate_limited"));
    outgoing.add(Outgoing.slack("acme", "one"), Outgoing.slack("globex", "two"));
    await().until(() -> deliveries("slack", "?state=waiting").get(1).get("attempts").size() == 1);
    JsonNode put = deliveries("slack", "").get(1);
    assertThat(put.at("/attempts/0/status").asInt()).isEqualTo(429);
    assertThat(put.at("/attempts/0/problem").asText()).isEqualTo("not taken: rate_limited");
    assertThat(put.get("nextAttemptAt").asText()).startsWith("2026-03-01T12:00:3");
    assertThat(deliveries("slack", "").get(0).get("attempts")).isEmpty(); // one at a time
    slack.answering(m -> Answer.of(200).saying("ok"));
    now.set(now.get().plusSeconds(60));
    await().until(() -> deliveries("slack", "?state=delivered").size() == 2);
    assertThat(slack.messages()).hasSize(3);
  }

  @Test
  void what_slack_refuses_is_told_in_its_words_and_may_be_tried_by_hand() {
    slack.answering(m -> Answer.of(400).saying("invalid_payload\n" + "x".repeat(300)));
    long id = outgoing.add(Outgoing.slack("acme", "one")).get(0);
    JsonNode refused = attempted("slack", 1);
    assertThat(refused.get("state").asText()).isEqualTo("waiting");
    assertThat(refused.at("/attempts/0/problem").asText())
        .startsWith("not taken: invalid_payload xxx")
        .hasSizeLessThan(220);
    assertThat(channel("slack").get("waiting").asInt()).isEqualTo(1);
    slack.answering(m -> Answer.of(200).saying("ok"));
    assertThat(retried("slack", "msg_" + id, 202).get("state").asText()).isEqualTo("waiting");
    assertThat(attempted("slack", 2).get("state").asText()).isEqualTo("delivered");
    assertThat(channel("slack").get("waiting").asInt()).isZero();
  }

  @Test
  void a_redirect_of_slack_is_not_followed() {
    slack.answering(m -> Answer.of(302).with("Location", slack.uri() + "&again"));
    outgoing.add(Outgoing.slack("acme", "one"));
    assertThat(attempted("slack", 1).at("/attempts/0/problem").asText())
        .isEqualTo("redirects are not followed");
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void a_channel_that_is_dead_holds_up_no_other_and_is_never_disabled() {
    slack.stop();
    for (int i = 0; i < 12; i++) {
      outgoing.add(
          Outgoing.slack("a" + i, "one"), Outgoing.mail("a" + i, "dana@example.com", "s" + i));
    }
    await().until(() -> deliveries("email", "?state=delivered").size() == 12);
    assertThat(mail.all("Subject")).hasSize(12).doesNotHaveDuplicates();
    await().until(() -> !channel("slack").get("failingSince").isNull());
    now.set(now.get().plusSeconds(6 * 86_400));
    slack.start();
    await().until(() -> deliveries("slack", "?state=delivered").size() == 12);
    await().until(() -> channel("slack").get("failingSince").isNull());
    assertThat(channel("email").get("failingSince").isNull()).isTrue();
  }

  @Test
  void an_email_that_is_refused_comes_again_with_the_same_id_and_holds_up_no_other() {
    mail.answering(
        asked ->
            asked.equals("RCPT TO:<kim@example.com>")
                ? "550 5.1.1 No such user"
                : MailHost.taking(asked));
    outgoing.add(Outgoing.mail("acme", "kim@example.com", "to kim"));
    assertThat(attempted("email", 1).at("/attempts/0/problem").asText())
        .isEqualTo("not taken: 550 5.1.1 No such user");
    outgoing.add(Outgoing.mail("acme", "dana@example.com", "to dana"));
    await().until(() -> mail.messages().size() == 1);
    mail.answering(asked -> asked.equals(".") ? MailHost.NONE : MailHost.taking(asked));
    now.set(now.get().plusSeconds(10));
    await().until(() -> mail.messages().size() == 2); // it has it, and we do not know
    mail.answering(MailHost::taking);
    now.set(now.get().plusSeconds(600));
    await().until(() -> deliveries("email", "?state=delivered").size() == 2);
    List<String> ids = mail.all("Message-ID");
    assertThat(ids).hasSize(3);
    assertThat(ids.get(1)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(0));
  }

  @Test
  void of_an_account_that_is_forgotten_nothing_is_sent_any_more() {
    slack.answering(m -> Answer.of(500));
    outgoing.add(Outgoing.slack("acme", "one"));
    attempted("slack", 1);
    outgoing.forget(List.of("acme"));
    assertThat(deliveries("slack", "")).isEmpty();
    slack.answering(m -> Answer.of(200));
    now.set(now.get().plusSeconds(3600));
    outgoing.add(Outgoing.slack("globex", "two"));
    await().until(() -> deliveries("slack", "?state=delivered").size() == 1);
    assertThat(slack.messages())
        .extracting(Message::body)
        .filteredOn(b -> b.contains("one"))
        .hasSize(1);
  }

  @Test
  void there_are_no_other_channels_and_no_other_messages() {
    assertThat(api.get("/v1/channels/fax/deliveries").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/channels/slack/deliveries?state=lost").statusCode()).isEqualTo(400);
    retried("slack", "msg_999", 404);
    retried("slack", "nope", 404);
    assertThat(api.get("/v1/channels").body()).doesNotContain("127.0.0.1", "canary");
  }
}
