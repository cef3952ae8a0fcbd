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
import java.util.stream.Collectors;
import keepwell.outreach.Courier.Letter;
import keepwell.outreach.Webhook.Disabled;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** Sends what is due, and stores what became of it. Of one thread, but for what has ended. */
final class Dispatch {
  /** After so long without a message taken, a subscriber is told nothing more. */
  private static final Duration FAILING_MAX = Duration.ofDays(5);

  private final Feed feed;
  private final Function<Recipient, Sender> senders;
  private final Function<TierChange, String> message;
  private final Runnable wake;
  private final Timer taken;
  private final Timer failed;
  private final Map<String, Courier> couriers = new HashMap<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  private record Ended(Recipient to, Delivery delivery, Attempt attempt) {}

  /**
   * @param senders makes one for each recipient
   * @param message the body by which a webhook is told a change
   * @param wake called when something has ended
   */
  Dispatch(
      Feed feed,
      Function<Recipient, Sender> senders,
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
        .description("Attempts to send a message by a webhook or a channel, by the node that sends")
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
    Recipient to = one.to();
    Attempt attempt = one.attempt();
    (attempt.delivered() ? taken : failed).record(attempt.took());
    Courier courier = couriers.get(to.id());
    if (courier == null) {
      return; // it has been deleted meanwhile
    }
    if (courier.end(one.delivery(), attempt, now, random())) {
      Deliveries.hasten(connection, to.id(), now);
    }
    Optional<Instant> since = to.failingSince();
    if (to instanceof Webhook && attempt.gone()) {
      Webhooks.disable(connection, to.id(), new Disabled(now, Disabled.GONE));
    } else if (attempt.delivered() && since.isPresent()) {
      failing(connection, to, Optional.empty());
    } else if (to instanceof Webhook
        && !attempt.delivered()
        && since.filter(now.minus(FAILING_MAX)::isAfter).isPresent()) {
      Webhooks.disable(connection, to.id(), new Disabled(now, Disabled.FAILING));
    } else if (courier.isFailing() && since.isEmpty()) {
      failing(connection, to, courier.failingSince());
    }
  }

  private static void failing(Connection connection, Recipient to, Optional<Instant> since)
      throws SQLException {
    if (to instanceof Webhook) {
      Webhooks.failing(connection, to.id(), since);
    } else {
      Channels.failing(connection, to.id(), since);
    }
  }

  /**
   * Sends what is due, to each recipient as much as it takes.
   *
   * @param told all who are told
   */
  void send(Connection connection, List<Recipient> told, Instant now) throws SQLException {
    couriers.keySet().retainAll(told.stream().map(Recipient::id).toList());
    for (Recipient to : told) {
      Courier courier = couriers.computeIfAbsent(to.id(), id -> new Courier(senders.apply(to)));
      if (courier.wants(now)) {
        read(connection, to, courier, now);
      }
      for (Optional<Letter> next = courier.next(now); next.isPresent(); next = courier.next(now)) {
        send(to, courier, next.get());
      }
    }
  }

  private void read(Connection connection, Recipient to, Courier courier, Instant now)
      throws SQLException {
    int max = courier.heldMax();
    List<Delivery> due = Deliveries.due(connection, to.id(), now, max);
    if (due.size() < max) {
      courier.exhausted();
    }
    List<Delivery> more = due.stream().filter(delivery -> !courier.holds(delivery)).toList();
    Map<Long, String> bodies = bodies(connection, more.stream().map(Delivery::changeId).toList());
    Map<Boolean, List<Delivery>> told =
        more.stream().collect(Collectors.partitioningBy(d -> bodies.containsKey(d.changeId())));
    courier.offer(
        told.get(true).stream().map(d -> new Letter(d, bodies.get(d.changeId()))).toList());
    if (!told.get(false).isEmpty()) {
      Deliveries.delete(connection, told.get(false)); // their accounts have been erased
      connection.commit();
    }
  }

  /** What is sent, by the ids of changes and messages, as far as they are there. */
  private Map<Long, String> bodies(Connection connection, List<Long> ids) throws SQLException {
    Map<Boolean, List<Long>> kinds =
        ids.stream().collect(Collectors.partitioningBy(Messages::isMessage));
    Map<Long, String> bodies = Messages.contents(connection, kinds.get(true));
    feed.changes(connection, kinds.get(false))
        .forEach((id, change) -> bodies.put(id, message.apply(change)));
    return bodies;
  }

  private void send(Recipient to, Courier courier, Letter next) {
    Delivery delivery = next.delivery();
    courier
        .sender()
        .send(to, delivery.messageId(), next.body())
        .thenAccept(attempt -> end(new Ended(to, delivery, attempt)));
  }

  private void end(Ended one) {
    ended.add(one);
    wake.run();
  }
}
