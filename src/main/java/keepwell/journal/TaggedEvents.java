package keepwell.journal;

import akka.NotUsed;
import akka.japi.Pair;
import akka.projection.javadsl.SourceProvider;
import akka.stream.javadsl.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import keepwell.journal.JournalFollower.Entry;

/**
 * The events that have a tag, in the order of their ordering, for Akka Projection. None is ever
 * passed over: an event whose transaction has not ended yet holds up those after it, one that was
 * rolled back nothing. What is there at a look is handed on as one envelope, so that a handler
 * takes one transaction for it; none is empty. The offset is the ordering of the last.
 */
public final class TaggedEvents extends SourceProvider<Long, List<Entry>> {
  /** The tag of the events of which the portfolio is made. */
  public static final String LISTED = "listed";

  /** Between two looks, by a timer of Java: Akka's are up to twice as long. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** How long a look waits for transactions to end. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int ENTRIES_MAX = 500;

  private final Database database;
  private final JournalFollower journal;
  private final String tag;
  private final Executor blocking;

  /**
   * @param blocking where it may wait for the database
   */
  public TaggedEvents(Database database, JournalFollower journal, String tag, Executor blocking) {
    this.database = database;
    this.journal = journal;
    this.tag = tag;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Source<List<Entry>, NotUsed>> source(
      Supplier<CompletionStage<Optional<Long>>> offset) {
    return offset
        .get()
        .thenApply(
            after -> Source.unfoldAsync(after.orElse(0L), this::after).filterNot(List::isEmpty));
  }

  private CompletionStage<Optional<Pair<Long, List<Entry>>>> after(long after) {
    return CompletableFuture.supplyAsync(
        () -> Optional.of(next(after)),
        CompletableFuture.delayedExecutor(PAUSE.toNanos(), TimeUnit.NANOSECONDS, blocking));
  }

  /** What comes after an ordering, and up to where. */
  private Pair<Long, List<Entry>> next(long after) {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        return next(connection, after);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new CompletionException(e); // the projection starts again
    }
  }

  private Pair<Long, List<Entry>> next(Connection connection, long after) throws SQLException {
    if (!isThereMore(connection, after)) {
      return Pair.create(after, List.of());
    }
    OptionalLong horizon = journal.horizon(connection, PATIENCE);
    if (horizon.isEmpty()) {
      return Pair.create(after, List.of());
    }
    List<Entry> entries = journal.tagged(connection, tag, after, horizon.getAsLong(), ENTRIES_MAX);
    return Pair.create(
        entries.size() == ENTRIES_MAX
            ? entries.get(entries.size() - 1).ordering()
            : horizon.getAsLong(),
        entries);
  }

  /** Costs little where there is nothing, as there mostly is. */
  private boolean isThereMore(Connection connection, long after) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM \"event_tag\" WHERE \"tag\" = ? AND \"event_id\" > ? LIMIT 1")) {
      select.setString(1, tag);
      select.setLong(2, after);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public Long extractOffset(List<Entry> entries) {
    return entries.get(entries.size() - 1).ordering();
  }

  @Override
  public long extractCreationTime(List<Entry> entries) {
    return entries.get(0).writtenAt();
  }
}
