package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
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

/** What subscribers are told. The clock is the test's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhooksTest {
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
  void a_tier_change_is_told_as_the_feed_tells_it() {
    JsonNode webhook = hooks.subscribe(receiver, "");
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90");

    hooks.received(1);
    Message message = receiver.messages().get(0);
    JsonNode change = node.feed(0).get(0);
    assertThat(message.path()).isEqualTo("/hook?of=test");
    assertThat(message.header("Content-Type")).isEqualTo("application/json");
    assertThat(message.id()).isEqualTo("msg_" + change.get("id"));
    assertThat(Subscriptions.json(message).get("type").asText()).isEqualTo("tier.changed");
    assertThat(Subscriptions.json(message).get("timestamp")).isEqualTo(change.get("at"));
    assertThat(Subscriptions.json(message).get("data")).isEqualTo(change);
    assertThat(message.signature())
        .isEqualTo(Subscriptions.signature(webhook.get("secret").asText(), message));
    JsonNode delivery = hooks.attempted(webhook.get("id").asText(), 1);
    assertThat(delivery.get("state").asText()).isEqualTo("delivered");
    assertThat(delivery.get("id").asText()).isEqualTo(message.id());
    assertThat(delivery.at("/attempts/0/status").asInt()).isEqualTo(204);
  }

  @Test
  void a_secret_is_shown_to_who_has_made_it_and_never_again() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    JsonNode added = hooks.subscribe(receiver, ", \"secret\": \"" + secret + "\"");
    assertThat(added.get("secret").asText()).isEqualTo(secret);
    assertThat(hooks.webhook(added.get("id").asText()).has("secret")).isFalse();
    assertThat(node.got("/v1/webhooks").at("/items/0").has("secret")).isFalse();
  }

  @Test
  void only_what_was_asked_for_is_told_and_nothing_from_before() {
    node.signals("acme,mood,90");
    node.caughtUp();
    hooks.subscribe(receiver, ", \"eventTypes\": [\"account.erased\"]");
    try (Subscriber other = Subscriber.plain()) {
      hooks.subscribe(other, ", \"eventTypes\": [\"tier.changed\"]");
      node.signals("acme,mood,10");
      await().until(() -> other.messages().size() == 1);
      assertThat(node.send("DELETE", "/v1/accounts/acme")).isEqualTo(204);
      hooks.settled(other);
      hooks.received(1);

      assertThat(other.messages())
          .extracting(Subscriptions::account, Subscriptions::to)
          .containsExactly(tuple("acme", "red"), tuple("settled", "red"));
      assertThat(receiver.messages())
          .extracting(message -> Subscriptions.json(message).get("type").asText())
          .containsExactly("account.erased");
    }
  }

  @Test
  void a_backfill_is_not_told() {
    hooks.subscribe(receiver);
    node.signals("?quiet=true", List.of("acme,mood,90"));
    hooks.settled(receiver);
    assertThat(receiver.messages()).extracting(Subscriptions::account).containsOnly("settled");
  }

  @Test
  void of_an_erased_account_the_log_has_nothing_but_that() {
    receiver.answering(m -> Answer.of(500));
    String id = hooks.subscribe(receiver);
    node.signals("acme,mood,90");
    hooks.attempted(id, 1);
    assertThat(node.send("DELETE", "/v1/accounts/acme")).isEqualTo(204);

    await()
        .untilAsserted(
            () ->
                assertThat(hooks.deliveries(id, "").findValuesAsText("eventType"))
                    .containsExactly("account.erased"));
  }

  @Test
  void a_new_secret_holds_beside_the_old_one_for_a_day() {
    JsonNode webhook = hooks.subscribe(receiver, "");
    String id = webhook.get("id").asText();
    String old = webhook.get("secret").asText();
    JsonNode rotated = hooks.post("/v1/webhooks/" + id + "/rotate", 200);
    String fresh = rotated.get("secret").asText();
    assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
    assertThat(hooks.webhook(id).get("previousSecretUntil").isNull()).isFalse();
    node.signals("acme,mood,90");
    hooks.received(1);
    Message both = receiver.messages().get(0);
    assertThat(both.signature())
        .isEqualTo(Subscriptions.signature(fresh, both) + " " + Subscriptions.signature(old, both));

    node.pass(Duration.ofDays(1));
    node.signals("acme,mood,10");
    await()
        .until(() -> receiver.messages().stream().anyMatch(m -> Subscriptions.to(m).equals("red")));
    Message one = receiver.messages().get(receiver.messages().size() - 1);
    assertThat(one.signature()).isEqualTo(Subscriptions.signature(fresh, one));
  }

  @Test
  void what_has_ended_is_listed_page_by_page_for_two_weeks() {
    String id = hooks.subscribe(receiver);
    node.signals("a,mood,90", "b,mood,90", "c,mood,90");
    await().until(() -> hooks.deliveries(id, "?state=delivered").size() == 3);
    JsonNode first = node.got("/v1/webhooks/" + id + "/deliveries?limit=2");
    JsonNode second =
        node.got(
            "/v1/webhooks/%s/deliveries?limit=2&before=%s"
                .formatted(id, first.get("next").asText()));
    assertThat(first.get("items")).hasSize(2);
    assertThat(second.get("items")).hasSize(1);
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(hooks.deliveries(id, "?state=parked")).isEmpty();

    node.close();
    node.pass(15);
    node.start();
    await().until(() -> hooks.deliveries(id, "").isEmpty());
  }

  @Test
  void who_is_deleted_is_told_nothing_more() {
    String id = hooks.subscribe(receiver);
    assertThat(node.send("DELETE", "/v1/webhooks/" + id)).isEqualTo(204);
    try (Subscriber other = Subscriber.plain()) {
      hooks.subscribe(other);
      hooks.settled(other);
    }
    assertThat(receiver.messages()).isEmpty();
    assertThat(node.send("GET", "/v1/webhooks/" + id)).isEqualTo(404);
    assertThat(node.send("DELETE", "/v1/webhooks/" + id)).isEqualTo(404);
  }
}
