package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import keepwell.outreach.Subscriber;
import keepwell.outreach.Subscriber.Answer;
import keepwell.outreach.Subscriber.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What subscribers that do not take a message are told, when, and how often. The clock is the
 * test's.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookRetriesTest {
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  @TempDir Path data;
  private PortfolioNode node;
  private Subscriptions hooks;
  private final Subscriber receiver = Subscriber.plain();

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
    hooks = new Subscriptions(node, receiver);
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.close();
  }

  @Test
  void what_is_refused_is_tried_again_by_the_schedule_and_then_parked() {
    receiver.answering(m -> Answer.of(500));
    String id = hooks.subscribe(receiver);
    node.signals("acme,mood,90");

    for (int i = 0; i < SCHEDULE.size(); i++) {
      JsonNode waiting = hooks.attempted(id, i + 1);
      assertThat(waiting.get("state").asText()).isEqualTo("waiting");
      Instant last = Instant.parse(waiting.at("/attempts/" + i + "/at").asText());
      Instant next = Instant.parse(waiting.get("nextAttemptAt").asText());
      Duration delay = SCHEDULE.get(i);
      assertThat(Duration.between(last, next))
          .isBetween(delay, delay.multipliedBy(6).dividedBy(5).plusSeconds(15));
      node.at(next.minusMillis(2).toString()); // a millisecond more could be due
      node.at(next.toString());
    }
    JsonNode parked = hooks.attempted(id, SCHEDULE.size() + 1);
    assertThat(parked.get("state").asText()).isEqualTo("parked");
    assertThat(parked.get("nextAttemptAt").isNull()).isTrue();
    assertThat(receiver.messages()).extracting(Message::id).containsOnly(parked.get("id").asText());
    assertThat(receiver.messages()).extracting(Message::timestamp).doesNotHaveDuplicates();

    receiver.answering(m -> Answer.of(204));
    String retry = "/v1/webhooks/%s/deliveries/%s/retry".formatted(id, parked.get("id").asText());
    assertThat(hooks.post(retry, 202).get("state").asText()).isEqualTo("waiting");
    node.pass(Duration.ofMinutes(6)); // it was left alone, as it refused everything
    await().until(() -> hooks.deliveries(id, "?state=delivered").size() == 1);
    assertThat(hooks.post(retry, 409).get("type").asText()).endsWith(":delivered");
  }

  @Test
  void a_message_that_is_refused_holds_up_its_account_alone() {
    receiver.answering(m -> Answer.of(Subscriptions.account(m).equals("acme") ? 500 : 200));
    String id = hooks.subscribe(receiver);
    node.signals("acme,mood,90");
    hooks.attempted(id, 1);
    node.signals("acme,mood,60");
    node.signals("acme,mood,10", "globex,mood,90");
    hooks.settled(receiver);
    assertThat(receiver.messages())
        .filteredOn(message -> Subscriptions.account(message).equals("acme"))
        .extracting(Subscriptions::to)
        .containsExactly("green");

    receiver.answering(m -> Answer.of(200));
    node.pass(Duration.ofSeconds(7));
    await().until(() -> hooks.deliveries(id, "?state=waiting").isEmpty());
    assertThat(receiver.messages())
        .filteredOn(message -> Subscriptions.account(message).equals("acme"))
        .extracting(Subscriptions::to)
        .containsExactly("green", "green", "yellow", "red");
  }

  @Test
  void who_asks_to_be_left_alone_is_and_others_are_told() {
    receiver.answering(m -> Answer.of(429).with("Retry-After", "120"));
    String id = hooks.subscribe(receiver);
    try (Subscriber other = Subscriber.plain()) {
      hooks.subscribe(other);
      node.signals("acme,mood,90");
      JsonNode waiting = hooks.attempted(id, 1);
      Instant last = Instant.parse(waiting.at("/attempts/0/at").asText());
      assertThat(Instant.parse(waiting.get("nextAttemptAt").asText()))
          .isBetween(last.plusSeconds(120), last.plusSeconds(135));
      node.pass(Duration.ofSeconds(60));
      node.signals("globex,mood,90");
      hooks.settled(other);
      assertThat(receiver.messages()).hasSize(1);

      receiver.answering(m -> Answer.of(200));
      node.pass(Duration.ofSeconds(90));
      await().until(() -> hooks.deliveries(id, "?state=waiting").isEmpty());
      assertThat(receiver.messages())
          .extracting(Subscriptions::account)
          .contains("globex", "settled");
    }
  }

  @Test
  void who_is_gone_is_told_nothing_more_until_somebody_enables_it() {
    receiver.answering(m -> Answer.of(410));
    String id = hooks.subscribe(receiver);
    try (Subscriber other = Subscriber.plain()) {
      hooks.subscribe(other);
      node.signals("acme,mood,90");
      await().until(() -> hooks.webhook(id).at("/disabled/why").asText().equals("gone"));
      node.signals("globex,mood,90");
      hooks.settled(other);
      assertThat(receiver.messages()).hasSize(1);
    }
    receiver.answering(m -> Answer.of(200));
    assertThat(hooks.post("/v1/webhooks/" + id + "/enable", 200).get("disabled").isNull()).isTrue();
    node.pass(Duration.ofSeconds(7));
    node.signals("initech,mood,90");
    hooks.received(3);
    assertThat(receiver.messages())
        .extracting(Subscriptions::account)
        .containsExactlyInAnyOrder("acme", "acme", "initech"); // globex is in the feed
  }

  @Test
  void a_redirect_is_a_failure() {
    try (Subscriber elsewhere = Subscriber.plain()) {
      receiver.answering(m -> Answer.of(307).with("Location", elsewhere.uri().toString()));
      String id = hooks.subscribe(receiver);
      node.signals("acme,mood,90");
      assertThat(hooks.attempted(id, 1).at("/attempts/0/problem").asText())
          .isEqualTo("redirects are not followed");
      assertThat(elsewhere.messages()).isEmpty();
    }
  }

  @Test
  void a_subscriber_that_was_down_for_a_day_is_told_everything_in_order() {
    String id = hooks.subscribe(receiver);
    receiver.stop();
    for (int i = 0; i < 30; i++) {
      node.signals("a%d,mood,90".formatted(i));
      node.signals("a%d,mood,60".formatted(i));
    }
    await().until(() -> hooks.deliveries(id, "").size() == 60);
    await().until(() -> !hooks.webhook(id).get("failingSince").isNull());
    node.close();
    node.pass(1);
    receiver.start();
    node.start();
    await().until(() -> hooks.deliveries(id, "?state=delivered").size() == 60);
    assertThat(receiver.messages()).hasSize(60);
    for (int i = 0; i < 30; i++) {
      String account = "a" + i;
      assertThat(receiver.messages())
          .filteredOn(message -> Subscriptions.account(message).equals(account))
          .extracting(Subscriptions::to)
          .containsExactly("green", "yellow");
    }
    await().until(() -> hooks.webhook(id).get("failingSince").isNull());
  }

  @Test
  void who_refuses_everything_is_tried_seldom_and_given_up_after_five_days() {
    receiver.answering(m -> Answer.of(500));
    String id = hooks.subscribe(receiver);
    for (int i = 0; i < 40; i++) {
      node.signals("a%d,mood,90".formatted(i));
    }
    await().until(() -> !hooks.webhook(id).get("failingSince").isNull());
    node.pass(Duration.ofDays(5).plusMinutes(1));
    await().until(() -> hooks.webhook(id).at("/disabled/why").asText().equals("failing"));
    assertThat(receiver.messages()).hasSizeBetween(10, 39); // of forty that are due
    assertThat(hooks.deliveries(id, "?state=waiting")).hasSize(40);
  }
}
