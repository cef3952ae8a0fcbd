package keepwell.outreach;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is under way to one recipient, and how much may be: the more the better it answers, and
 * nothing for a while to one that refuses everything.
 */
final class Courier {
  /** Messages that are read before they can be sent, so that none waits for the database. */
  private static final int READY_PER_PLACE = 16;

  /** After so many failures in a row it is left alone for a while; then one message is tried. */
  private static final int FAILURES_MAX = 10;

  private final Sender sender;

  /** By the ids of what they tell. */
  private final Map<Long, Delivery> underWay = new HashMap<>();

  /** By the ids of what they tell, in the order in which they are sent. */
  private final Map<Long, Letter> ready = new LinkedHashMap<>();

  private int atOnce;
  private int failuresInARow;

  /** How often it was left alone in this row. */
  private int pauses;

  private Optional<Instant> failingSince = Optional.empty();
  private Instant pausedUntil = Instant.MIN;

  /** Whether there may be messages that are due. */
  private boolean expectant = true;

  /** A message, and as what it is sent. */
  record Letter(Delivery delivery, String body) {}

  Courier(Sender sender) {
    this.sender = sender;
    this.atOnce = sender.atOnceMax();
  }

  Sender sender() {
    return sender;
  }

  /** There may be more to send. */
  void expect() {
    expectant = true;
  }

  /** Whether more messages should be read. */
  boolean wants(Instant now) {
    return expectant && !now.isBefore(pausedUntil) && ready.size() < readyMax() / 2;
  }

  /** How many messages may be under way or ready. */
  int heldMax() {
    return underWay.size() + readyMax();
  }

  private int readyMax() {
    return READY_PER_PLACE * sender.atOnceMax();
  }

  boolean holds(Delivery delivery) {
    return underWay.containsKey(delivery.changeId()) || ready.containsKey(delivery.changeId());
  }

  /** Takes messages that were read. */
  void offer(List<Letter> letters) {
    letters.forEach(one -> ready.put(one.delivery().changeId(), one));
  }

  /** All messages that are due are held. */
  void exhausted() {
    expectant = false;
  }

  /** Has what is ready read again: some of it may have to be forgotten. */
  void reread() {
    ready.clear();
    expectant = true;
  }

  /** How many messages may be sent now. */
  int places(Instant now) {
    return now.isBefore(pausedUntil) ? 0 : Math.max(0, atOnce - underWay.size());
  }

  /** The next message to send, which is under way then; empty if there is none that may be now. */
  Optional<Letter> next(Instant now) {
    if (places(now) == 0 || ready.isEmpty()) {
      return Optional.empty();
    }
    Iterator<Letter> first = ready.values().iterator();
    Letter next = first.next();
    first.remove();
    underWay.put(next.delivery().changeId(), next.delivery());
    return Optional.of(next);
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /**
   * Learns what became of an attempt.
   *
   * @param random from 0 to below 1
   * @return whether it takes messages again after it had refused everything
   */
  boolean end(Delivery delivery, Attempt attempt, Instant now, double random) {
    underWay.remove(delivery.changeId());
    expectant = true;
    if (attempt.delivered()) {
      boolean recovered = isFailing();
      atOnce = Math.min(sender.atOnceMax(), 2 * atOnce);
      failuresInARow = 0;
      pauses = 0;
      failingSince = Optional.empty();
      pausedUntil = recovered ? Instant.MIN : pausedUntil;
      return recovered;
    }
    atOnce = Math.max(1, atOnce / 2);
    failuresInARow++;
    failingSince = failingSince.or(() -> Optional.of(attempt.at()));
    boolean paused = now.isBefore(pausedUntil);
    attempt.retryAfter().ifPresent(wait -> pauseUntil(now.plus(wait)));
    if (isFailing() && !paused) { // what was under way with the last failure is no news
      pauseUntil(now.plus(RetrySchedule.probe(pauses++, random)));
    }
    return false;
  }

  private void pauseUntil(Instant until) {
    pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
  }

  /** Whether it refuses everything. */
  boolean isFailing() {
    return failuresInARow >= FAILURES_MAX;
  }

  /** Since when it has taken nothing; empty if that was the last time. */
  Optional<Instant> failingSince() {
    return failingSince;
  }
}
