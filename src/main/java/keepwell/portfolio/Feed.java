package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of tier changes, as it is and as it goes on. Whoever is up to date waits here for what
 * comes next; one thread of a node looks for all of them, and keeps the last changes in memory.
 * Whoever is slow reads them from the database, at his own pace.
 */
public final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** Between two looks, as another node may have added some. */
  private static final Duration PAUSE = Duration.ofMillis(25);

  /** After so long whoever waits is answered all the same: he may be gone. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  private static final int LATEST_MAX = 1000;
  private static final int LOOK_MAX = 500;
  private static final int NEXT_MAX = 100;

  private final Database database;
  private final TierChanges changes;
  private final Executor blocking;
  private final Thread thread = new Thread(this::run, "feed");
  private final List<Waiting> waiting = new ArrayList<>();

  /** All changes from after {@link #since} up to {@link #end}. */
  private final ArrayDeque<TierChange> latest = new ArrayDeque<>();

  private long since = Long.MAX_VALUE;

  /** Of the thread alone. */
  private long end;

  private boolean changed;
  private boolean closed;

  /**
   * Some changes that follow each other.
   *
   * @param end the id after which to go on
   */
  public record Part(List<TierChange> changes, long end) {}

  private record Waiting(long after, long nanos, CompletableFuture<Part> next) {}

  /**
   * @param blocking where it may wait for the database
   */
  Feed(Database database, TierChanges changes, Executor blocking) {
    this.database = database;
    this.changes = changes;
    this.blocking = blocking;
    thread.setDaemon(true);
    thread.start();
  }

  /** Changes after an id, in their order; from the first if it is 0. */
  public Part after(long id, int max) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      long last = last(connection); // first, as there may be more by the time of the other
      List<TierChange> next = changes.after(connection, id, max);
      return new Part(next, next.isEmpty() ? Math.max(id, last) : next.get(next.size() - 1).id());
    }
  }

  /** The changes with these ids, by id; without those of accounts that have been erased. */
  public Map<Long, TierChange> changes(Connection connection, Collection<Long> ids)
      throws SQLException {
    return changes.of(connection, ids).stream()
        .collect(Collectors.toMap(TierChange::id, Function.identity()));
  }

  /** The id of the change by an event. */
  public long id(long ordering) {
    return changes.id(ordering);
  }

  /** All changes of an account, in their order. */
  public List<TierChange> changes(Connection connection, String persistenceId) throws SQLException {
    return changes.of(connection, persistenceId);
  }

  /** Whether an id can be one of this feed, which begins after 0. */
  public boolean knows(long id) throws SQLException {
    return id == 0 || (changes.ordering(id) >= 0 && id <= last());
  }

  /** The id after which there is nothing yet. */
  public long last() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return last(connection);
    }
  }

  private long last(Connection connection) throws SQLException {
    return changes.id(Offset.read(connection, Portfolio.PROJECTION));
  }

  /**
   * The next changes after an id, as soon as there are some; or none, if there are none for some
   * seconds.
   */
  public CompletionStage<Part> next(long id) {
    Part known = known(id);
    if (!known.changes().isEmpty()) {
      return CompletableFuture.completedFuture(known);
    }
    return CompletableFuture.supplyAsync(() -> read(id), blocking)
        .thenCompose(
            read ->
                read.changes().isEmpty()
                    ? awaited(read.end())
                    : CompletableFuture.completedFuture(read));
  }

  private synchronized Part known(long id) {
    List<TierChange> next =
        id < since
            ? List.of()
            : latest.stream().filter(change -> change.id() > id).limit(NEXT_MAX).toList();
    return new Part(next, next.isEmpty() ? id : next.get(next.size() - 1).id());
  }

  private Part read(long id) {
    try {
      return after(id, NEXT_MAX);
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private synchronized CompletionStage<Part> awaited(long id) {
    Waiting one = new Waiting(id, System.nanoTime(), new CompletableFuture<>());
    if (closed) {
      one.next.complete(new Part(List.of(), id));
    }
    waiting.add(one);
    notifyAll();
    return one.next;
  }

  /** There may be more. */
  synchronized void changed() {
    changed = true;
    notifyAll();
  }

  private void run() {
    while (isAwaited()) {
      try {
        look();
      } catch (SQLException | RuntimeException e) {
        LOG.atDebug().addKeyValue("problem", e.getMessage()).log("Feed not read");
      }
      answer();
    }
  }

  /** Sleeps, until there may be something to look for; false at the end. */
  private synchronized boolean isAwaited() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
      long until = System.nanoTime() + PAUSE.toNanos();
      while (!changed && !closed && System.nanoTime() < until) {
        wait(PAUSE.toMillis());
      }
      changed = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    return !closed;
  }

  /** Whether it has begun to keep the last changes, as it does once somebody waits. */
  private boolean isBegun() {
    return since < Long.MAX_VALUE;
  }

  private void look() throws SQLException {
    Part more = isBegun() ? after(end, LOOK_MAX) : new Part(List.of(), last());
    synchronized (this) {
      if (!isBegun() || more.changes().size() == LOOK_MAX) { // nobody has waited for long
        latest.clear();
        since = more.end();
        end = more.end();
        return;
      }
      for (TierChange change : more.changes()) {
        if (change.reason().equals(TierChange.ERASED)) {
          latest.removeIf(past -> past.account().equals(change.account()));
        }
        latest.add(change);
      }
      while (latest.size() > LATEST_MAX) {
        since = latest.remove().id();
      }
      end = more.end();
    }
  }

  /** Those for whom there is something, or who have waited long. */
  private void answer() {
    List<Waiting> answered = new ArrayList<>();
    synchronized (this) {
      long newest = latest.isEmpty() ? Long.MIN_VALUE : latest.getLast().id();
      long now = System.nanoTime();
      waiting.removeIf(
          one -> {
            boolean late = now - one.nanos > WAIT_MAX.toNanos();
            boolean over = late || one.after < newest || (isBegun() && one.after < since);
            return over && answered.add(one);
          });
    }
    for (Waiting one : answered) {
      one.next.complete(known(one.after));
    }
  }

  /** Answers all who wait. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
      waiting.forEach(one -> one.next.complete(new Part(List.of(), one.after)));
      waiting.clear();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
