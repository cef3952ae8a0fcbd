package keepwell.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import keepwell.outreach.Attempt;
import keepwell.outreach.Delivery;

/**
 * A message to a webhook or by a channel, and how that went, as public JSON.
 *
 * @param id of the message, as in {@code webhook-id}
 * @param change that it tells, by its id in the feed; null if it tells none
 * @param nextAttemptAt while it is waiting
 * @param attempts the last twenty, in their order
 */
record DeliveryBody(
    String id,
    String eventType,
    Long change,
    String state,
    Instant queuedAt,
    Instant nextAttemptAt,
    List<AttemptBody> attempts) {

  /**
   * @param status that was answered
   * @param millis how long that took
   * @param problem null if the message was taken
   */
  record AttemptBody(Instant at, Integer status, long millis, String problem) {
    static AttemptBody of(Attempt attempt) {
      return new AttemptBody(
          attempt.at(),
          attempt.status().orElse(null),
          attempt.took().toMillis(),
          attempt.problem().orElse(null));
    }
  }

  /**
   * @param next before which to go on; null if there is nothing more
   */
  record Page(List<DeliveryBody> items, String next) {}

  static DeliveryBody of(Delivery delivery) {
    return new DeliveryBody(
        delivery.messageId(),
        delivery.eventType(),
        delivery.tellsChange() ? delivery.changeId() : null,
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.queuedAt(),
        delivery.dueAt().orElse(null),
        delivery.attempts().stream().map(AttemptBody::of).toList());
  }
}
