package keepwell.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import keepwell.outreach.EventType;
import keepwell.outreach.Secret;
import keepwell.outreach.Webhook;

/**
 * A subscriber as public JSON.
 *
 * @param secret only in the answer to who has made it
 * @param previousSecretUntil until when messages are signed by the secret before too
 */
record WebhookBody(
    String id,
    URI url,
    List<String> eventTypes,
    String description,
    Instant createdAt,
    Instant previousSecretUntil,
    Instant failingSince,
    DisabledBody disabled,
    @JsonInclude(JsonInclude.Include.NON_NULL) String secret) {

  /**
   * @param why {@code gone} or {@code failing}
   */
  record DisabledBody(Instant at, String why) {}

  static WebhookBody of(Webhook webhook) {
    return of(webhook, null);
  }

  /** With its secret. */
  static WebhookBody disclosing(Webhook webhook, Secret secret) {
    return of(webhook, secret.text());
  }

  private static WebhookBody of(Webhook webhook, String secret) {
    return new WebhookBody(
        webhook.id(),
        webhook.url(),
        webhook.eventTypes().stream().map(EventType::toString).toList(),
        webhook.description(),
        webhook.createdAt(),
        webhook.previous().map(Webhook.Previous::until).orElse(null),
        webhook.failingSince().orElse(null),
        webhook
            .disabled()
            .map(disabled -> new DisabledBody(disabled.at(), disabled.why()))
            .orElse(null),
        secret);
  }
}
