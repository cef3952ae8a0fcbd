package keepwell.outreach;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import keepwell.outreach.Courier.Message;
import keepwell.outreach.Webhook.Disabled;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** Sends what is due, and stores what became of it. Of one thread, but for what has ended. */
final class Dispatch {
  /** After so long without a message taken, a subscriber is told nothing more. */
  private static final Duration FAILING_MAX = Duration.ofDays(5);

  private final Feed feed;
  private final Supplier<Sender> senders;
  private final Function<TierChange, String> message;
  private final Runnable wake;
  private final Timer taken;
  private final Timer failed;
  private final Map<String, Courier> couriers = new HashMap<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  private record Ended(Webhook webhook, Delivery delivery, Attempt attempt) {}

  /**
   * @param senders makes one for each subscriber
   * @param message the body by which a change is told
   * @param wake called when something has ended
   */
  Dispatch(
      Feed feed,
      Supplier<Sender> senders,
      Function<TierChange, String> message,
      Runnable wake,
      MeterRegistry meters) {
    this.feed = feed;
    this.senders = senders;
    this.message = message;
    this.wake = wake;
    this.taken = attempts(meters, "taken");
    this.failed = attempts(meters, "failed");
  }

  private static Timer attempts(MeterRegistry meters, String outcome) {
    return Timer.builder("keepwell.webhooks.attempts")
        .tag("outcome", outcome)
        .description("Attempts to send a message to a webhook, by the node that sends")
        .register(meters);
  }

  /** There may be more that is due. */
  void expect() {
    couriers.values().forEach(Courier::expect);
  }

  /** Of some accounts nothing may be told any more but that. */
  void reread() {
    couriers.values().forEach(Courier::reread);
  }

  boolean isIdle() {
    return couriers.values().stream().allMatch(Courier::isIdle);
  }

  /** Stores what has ended; it comes again if that fails. */
  void settle(Connection connection, Instant now) throws SQLException {
    List<Ended> all = List.copyOf(ended);
    if (all.isEmpty()) {
      return;
    }
    Deliveries.update(
        connection,
        all.stream().map(one -> one.delivery().after(one.attempt(), random())).toList(),
        now);
    for (Ended one : all) {
      settle(connection, one, now);
    }
    connection.commit();
    all.forEach(one -> ended.remove());
  }

  /** For each its own, so that what failed together does not come together. */
  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private void settle(Connection connection, Ended one, Instant now) throws SQLException {
    Webhook webhook = one.webhook();
    Attempt attempt = one.attempt();
    (attempt.delivered() ? taken : failed).record(attempt.took());
    Courier courier = couriers.get(webhook.id());
    if (courier == null) {
      return; // it has been deleted meanwhile
    }
    if (courier.end(one.delivery(), attempt, now, random())) {
      Deliveries.hasten(connection, webhook.id(), now);
    }
    Optional<Instant> since = webhook.failingSince();
    if (attempt.gone()) {
      Webhooks.disable(connection, webhook.id(), new Disabled(now, Disabled.GONE));
    } else if (attempt.delivered() && since.isPresent()) {
      Webhooks.failing(connection, webhook.id(), Optional.empty());
    } else if (!attempt.delivered() && since.filter(now.minus(FAILING_MAX)::isAfter).isPresent()) {
      Webhooks.disable(connection, webhook.id(), new Disabled(now, Disabled.FAILING));
    } else if (courier.isFailing() && since.isEmpty()) {
      Webhooks.failing(connection, webhook.id(), courier.failingSince());
    }
  }

  /** Sends what is due, to each subscriber as much as it takes. */
  void send(Connection connection, List<Webhook> webhooks, Instant now) throws SQLException {
    Map<String, Webhook> told =
        webhooks.stream()
            .filter(webhook -> webhook.disabled().isEmpty())
            .collect(Collectors.toMap(Webhook::id, Function.identity()));
    couriers.keySet().retainAll(told.keySet());
    for (Webhook webhook : told.values()) {
      Courier courier = couriers.computeIfAbsent(webhook.id(), id -> new Courier(senders.get()));
      if (courier.wants(now)) {
        read(connection, webhook, courier, now);
      }
      for (Optional<Message> next = courier.next(now); next.isPresent(); next = courier.next(now)) {
        send(webhook, courier, next.get());
      }
    }
  }

  private void read(Connection connection, Webhook webhook, Courier courier, Instant now)
      throws SQLException {
    int max = courier.heldMax();
    List<Delivery> due = Deliveries.due(connection, webhook.id(), now, max);
    if (due.size() < max) {
      courier.exhausted();
    }
    List<Delivery> more = due.stream().filter(delivery -> !courier.holds(delivery)).toList();
    Map<Long, TierChange> changes =
        feed.changes(connection, more.stream().map(Delivery::changeId).toList());
    Map<Boolean, List<Delivery>> told =
        more.stream().collect(Collectors.partitioningBy(d -> changes.containsKey(d.changeId())));
    courier.offer(
        told.get(true).stream().map(d -> new Message(d, changes.get(d.changeId()))).toList());
    if (!told.get(false).isEmpty()) {
      Deliveries.delete(connection, told.get(false)); // their accounts have been erased
      connection.commit();
    }
  }

  private void send(Webhook webhook, Courier courier, Message next) {
    Delivery delivery = next.delivery();
    courier
        .sender()
        .send(webhook, delivery.messageId(), message.apply(next.change()))
        .thenAccept(attempt -> end(new Ended(webhook, delivery, attempt)));
  }

  private void end(Ended one) {
    ended.add(one);
    wake.run();
  }
}
