package keepwell.outreach;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import keepwell.journal.Seal;
import keepwell.outreach.Delivery.State;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the changes of the feed into the outbox, one message for each subscriber that wants it, and
 * sends from there what others have put into it, too. What was taken and how far the feed was read
 * are committed together.
 */
final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Between two looks at what nobody has told of: new subscribers, and messages that fall due. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final String OUTBOX = "outbox";
  private static final int TICKS_PER_PURGE = 600;

  /** How long messages under way are waited for at the end. */
  private static final Duration END_MAX = Duration.ofSeconds(3);

  private final Database database;
  private final Feed feed;
  private final Seal seal;
  private final Webhooks webhooks;
  private final Channels channels;
  private final Dispatch dispatch;
  private final InstantSource realClock;
  private final Duration kept;
  private final Thread thread = new Thread(this::run, "outbox");
  private final Semaphore awake = new Semaphore(0);

  /** What the feed has told, and the outbox has not taken. */
  private final AtomicReference<Feed.Part> told = new AtomicReference<>();

  /** Since when it ends, by {@link System#nanoTime()}. */
  private volatile Optional<Long> ending = Optional.empty();

  /** Whether the feed has been asked and has not answered. */
  private volatile boolean asked;

  /** What follows is of the thread alone. */
  private long afterId;

  private long ticked = System.nanoTime();
  private int ticks = TICKS_PER_PURGE;
  private boolean failing;

  /** How messages are sent, given what is to be called when one has ended. */
  @FunctionalInterface
  interface Dispatching {
    Dispatch with(Runnable wake);
  }

  /**
   * @param kept how long messages are kept that have ended
   */
  Outbox(
      Database database,
      Feed feed,
      Seal seal,
      Webhooks webhooks,
      Channels channels,
      Dispatching dispatching,
      InstantSource realClock,
      Duration kept) {
    this.database = database;
    this.feed = feed;
    this.seal = seal;
    this.webhooks = webhooks;
    this.channels = channels;
    this.dispatch = dispatching.with(this::wake);
    this.realClock = realClock;
    this.kept = kept;
  }

  /** Begins. */
  void begin() {
    thread.start();
  }

  private void run() {
    while (!isOver()) {
      try {
        boolean woken = awake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        awake.drainPermits();
        if (!woken || System.nanoTime() - ticked >= TICK.toNanos()) {
          ticked = System.nanoTime();
          ticks++;
          dispatch.reread(); // an account may have been erased since
        }
        pass();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isOver() {
    return ending
        .filter(since -> dispatch.isIdle() || System.nanoTime() - since > END_MAX.toNanos())
        .isPresent();
  }

  /** There is something to do. */
  private void wake() {
    awake.release();
  }

  private void pass() {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        pass(connection, realClock.instant());
      } finally {
        connection.rollback();
      }
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Outbox falls behind");
      }
      failing = true; // the next tick does it
    }
  }

  private void pass(Connection connection, Instant now) throws SQLException {
    dispatch.settle(connection, now);
    if (ending.isPresent()) {
      return;
    }
    Feed.Part part = told.get(); // first: who was added before it was told must be among them
    List<Webhook> all = webhooks.all(connection);
    if (part != null) {
      take(connection, part, all, now);
    }
    dispatch.send(connection, told(connection, all), now);
    ask(all);
    if (ticks >= TICKS_PER_PURGE) {
      boolean more = Deliveries.purge(connection, now.minus(kept));
      ticks = Messages.purge(connection) || more ? ticks : 0;
      connection.commit();
    }
  }

  private List<Recipient> told(Connection connection, List<Webhook> all) throws SQLException {
    return Stream.<Recipient>concat(
            all.stream().filter(webhook -> webhook.disabled().isEmpty()),
            channels.all(connection).stream().filter(Channel::configured))
        .toList();
  }

  private void take(Connection connection, Feed.Part part, List<Webhook> all, Instant now)
      throws SQLException {
    long taken = Offset.locked(connection, OUTBOX);
    List<Delivery> deliveries = new ArrayList<>();
    Map<String, Long> erased = new HashMap<>();
    for (TierChange change : part.changes()) {
      if (change.id() > taken) {
        all.stream()
            .filter(webhook -> wants(webhook, change))
            .forEach(webhook -> deliveries.add(delivery(webhook, change, now)));
        if (EventType.of(change) == EventType.ACCOUNT_ERASED) {
          erased.put(seal.key(change.account()), change.id());
        }
      }
    }
    Deliveries.forget(connection, erased);
    Deliveries.add(connection, deliveries);
    afterId = Math.max(taken, part.end()); // what others have taken is not read again
    Offset.store(connection, OUTBOX, afterId);
    connection.commit();
    told.set(null);
    if (!erased.isEmpty()) {
      dispatch.reread();
    }
    if (!deliveries.isEmpty()) {
      dispatch.expect();
    }
  }

  /** A backfill is not told, but what was erased always is. */
  private static boolean wants(Webhook webhook, TierChange change) {
    EventType type = EventType.of(change);
    return webhook.wants(type)
        && change.id() > webhook.afterId()
        && (type == EventType.ACCOUNT_ERASED || !change.quiet());
  }

  private Delivery delivery(Webhook webhook, TierChange change, Instant now) {
    return new Delivery(
        webhook.id(),
        change.id(),
        seal.key(change.account()),
        EventType.of(change).toString(),
        now,
        State.WAITING,
        Optional.of(now),
        0,
        List.of());
  }

  /** Asks the feed for more, if there is anybody to tell. */
  private void ask(List<Webhook> all) {
    OptionalLong wanted =
        all.stream()
            .filter(webhook -> webhook.disabled().isEmpty())
            .mapToLong(Webhook::afterId)
            .min();
    if (asked || told.get() != null || wanted.isEmpty()) {
      return;
    }
    asked = true;
    feed.next(Math.max(afterId, wanted.getAsLong()))
        .whenComplete(
            (part, failure) -> {
              told.set(part); // null if it has failed: the next tick asks again
              asked = false;
              if (failure == null) {
                wake();
              }
            });
  }

  /** Ends it, once what is under way has ended or soon after. */
  @Override
  public void close() {
    ending = Optional.of(System.nanoTime());
    wake();
    try {
      thread.join(); // an interrupt would close the file of an embedded database
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
