package keepwell.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import keepwell.outreach.EventType;
import keepwell.portfolio.TierChange;

/**
 * What a subscriber is sent: a payload by Standard Webhooks 1.0.0.
 *
 * @param timestamp when it happened, product time
 * @param data as in the feed
 */
public record WebhookMessage(String type, Instant timestamp, TierChangeBody data) {

  /** The JSON by which a change is told. */
  public static String of(TierChange change) {
    return new String(
        Json.bytes(
            new WebhookMessage(
                EventType.of(change).toString(), change.at(), TierChangeBody.of(change))),
        StandardCharsets.UTF_8);
  }
}
