package keepwell.outreach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message to one recipient, and how that went.
 *
 * @param recipient the id of a webhook or a channel
 * @param changeId what it tells, an id of the feed or of a message
 * @param account a keyed hash
 * @param eventType as webhooks know it, or {@code message}
 * @param failures since it was queued, or tried again by hand
 * @param attempts the last ones, in their order
 * @param dueAt when it is tried next; empty unless it is waiting
 */
public record Delivery(
    String recipient,
    long changeId,
    String account,
    String eventType,
    Instant queuedAt,
    State state,
    Optional<Instant> dueAt,
    int failures,
    List<Attempt> attempts) {
  /** All of a schedule, and some by hand. */
  private static final int ATTEMPTS_KEPT = 20;

  /** As long as the schedule: a subscriber may put a message off until then without a failure. */
  private static final Duration PUT_OFF_MAX = Duration.ofDays(4);

  private static final String PREFIX = "msg_";

  /** Where it is. */
  public enum State {
    /** It is tried again, or for the first time. */
    WAITING,

    DELIVERED,

    /** It was tried as often as it may be; somebody may let it be tried again. */
    PARKED
  }

  /** The id of the message, the same at every attempt and for every recipient. */
  public String messageId() {
    return PREFIX + changeId;
  }

  /** Whether it tells a change of the feed, not a message of its own. */
  public boolean tellsChange() {
    return !Messages.isMessage(changeId);
  }

  /** The id of what is told in a message's id; empty if it is none. */
  public static Optional<Long> changeId(String messageId) {
    return messageId.matches(PREFIX + "\\d{1,16}")
        ? Optional.of(Long.valueOf(messageId.substring(PREFIX.length())))
        : Optional.empty();
  }

  /**
   * After one more attempt.
   *
   * @param random from 0 to below 1
   */
  Delivery after(Attempt attempt, double random) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    List<Attempt> kept = more.subList(Math.max(0, more.size() - ATTEMPTS_KEPT), more.size());
    if (attempt.delivered()) {
      return next(State.DELIVERED, Optional.empty(), failures, kept);
    }
    Instant now = attempt.at().plus(attempt.took());
    if (attempt.retryAfter().isPresent() && now.isBefore(queuedAt.plus(PUT_OFF_MAX))) {
      return next(
          State.WAITING, attempt.retryAfter().map(now::plus), failures, kept); // no fault of it
    }
    Optional<Instant> due = RetrySchedule.delay(failures + 1, random).map(now::plus);
    return next(due.isPresent() ? State.WAITING : State.PARKED, due, failures + 1, kept);
  }

  private Delivery next(State next, Optional<Instant> due, int failed, List<Attempt> tried) {
    return new Delivery(
        recipient, changeId, account, eventType, queuedAt, next, due, failed, List.copyOf(tried));
  }
}
