package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import keepwell.http.Receiver.Message;
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
  private Subscribers hooks;
  private final Receiver receiver = Receiver.start();

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
    hooks = new Subscribers(node, receiver);
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
    Message message = receiver.received().get(0);
    JsonNode change = node.feed(0).get(0);
    assertThat(message.path()).isEqualTo("/hook?of=test");
    assertThat(message.contentType()).isEqualTo("application/json");
    assertThat(message.id()).isEqualTo("msg_" + change.get("id"));
    assertThat(message.json().get("type").asText()).isEqualTo("tier.changed");
    assertThat(message.json().get("timestamp")).isEqualTo(change.get("at"));
    assertThat(message.json().get("data")).isEqualTo(change);
    assertThat(message.signature())
        .isEqualTo(Subscribers.signature(webhook.get("secret").asText(), message));
    JsonNode delivery = hooks.attempted(webhook.get("id").asText(), 1);
    assertThat(delivery.get("state").asText()).isEqualTo("delivered");
    assertThat(delivery.get("id").asText()).isEqualTo(message.id());
    assertThat(delivery.at("/attempts/0/status").asInt()).isEqualTo(200);
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
    try (Receiver other = Receiver.start()) {
      hooks.subscribe(other, ", \"eventTypes\": [\"tier.changed\"]");
      node.signals("acme,mood,10");
      await().until(() -> other.received().size() == 1);
      assertThat(node.send("DELETE", "/v1/accounts/acme")).isEqualTo(204);
      hooks.settled(other);
      hooks.received(1);

      assertThat(other.received())
          .extracting(Message::account, Message::to)
          .containsExactly(tuple("acme", "red"), tuple("settled", "red"));
      assertThat(receiver.received())
          .extracting(message -> message.json().get("type").asText())
          .containsExactly("account.erased");
    }
  }

  @Test
  void a_backfill_is_not_told() {
    hooks.subscribe(receiver);
    node.signals("?quiet=true", List.of("acme,mood,90"));
    hooks.settled(receiver);
    assertThat(receiver.received()).extracting(Message::account).containsOnly("settled");
  }

  @Test
  void of_an_erased_account_the_log_has_nothing_but_that() {
    receiver.answer(500);
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
    Message both = receiver.received().get(0);
    assertThat(both.signature())
        .isEqualTo(Subscribers.signature(fresh, both) + " " + Subscribers.signature(old, both));

    node.pass(Duration.ofDays(1));
    node.signals("acme,mood,10");
    await().until(() -> receiver.received().stream().anyMatch(m -> m.to().equals("red")));
    Message one = receiver.received().get(receiver.received().size() - 1);
    assertThat(one.signature()).isEqualTo(Subscribers.signature(fresh, one));
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
    try (Receiver other = Receiver.start()) {
      hooks.subscribe(other);
      hooks.settled(other);
    }
    assertThat(receiver.received()).isEmpty();
    assertThat(node.send("GET", "/v1/webhooks/" + id)).isEqualTo(404);
    assertThat(node.send("DELETE", "/v1/webhooks/" + id)).isEqualTo(404);
  }
}
