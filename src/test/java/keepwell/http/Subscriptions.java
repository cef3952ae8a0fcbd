package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.net.http.HttpRequest.BodyPublishers;
import keepwell.outreach.Subscriber;
import keepwell.outreach.Subscriber.Message;

/** Webhooks of a node, and what became of their messages. */
final class Subscriptions {
  private final PortfolioNode node;
  private final Subscriber receiver;

  /**
   * @param receiver the one that is meant where none is named
   */
  Subscriptions(PortfolioNode node, Subscriber receiver) {
    this.node = node;
    this.receiver = receiver;
  }

  /** Adds a webhook; its answer. */
  JsonNode subscribe(Subscriber subscriber, String more) {
    var answer =
        node.api()
            .post(
                "/v1/webhooks",
                "application/json",
                "{\"url\": \"%s\"%s}".formatted(subscriber.uri(), more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Api.json(answer);
  }

  String subscribe(Subscriber subscriber) {
    return subscribe(subscriber, "").get("id").asText();
  }

  JsonNode post(String path, int status) {
    var answer = node.api().send("POST", path, BodyPublishers.noBody());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Api.json(answer);
  }

  JsonNode webhook(String id) {
    return node.got("/v1/webhooks/" + id);
  }

  JsonNode deliveries(String id, String query) {
    return node.got("/v1/webhooks/" + id + "/deliveries" + query).get("items");
  }

  /** The newest message, once so many attempts at it have been made. */
  JsonNode attempted(String id, int times) {
    await().until(() -> deliveries(id, "").path(0).path("attempts").size() == times);
    return deliveries(id, "").get(0);
  }

  void received(int count) {
    await().until(() -> receiver.messages().size() >= count);
    assertThat(receiver.messages()).hasSize(count);
  }

  /** Whatever is to come has come: a later message has. */
  void settled(Subscriber subscriber) {
    node.signals("settled,mood,10");
    await()
        .until(
            () ->
                subscriber.messages().stream()
                    .anyMatch(m -> account(m).equals("settled") && to(m).equals("red")));
  }

  static String signature(String secret, Message message) {
    try {
      return new Webhook(secret).sign(message.id(), message.timestamp(), message.body());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(Message message) {
    return Contract.message(message.body());
  }

  /** The account that a message is about. */
  static String account(Message message) {
    return json(message).at("/data/account").asText();
  }

  /** The tier that it tells. */
  static String to(Message message) {
    return json(message).at("/data/to").asText();
  }
}
