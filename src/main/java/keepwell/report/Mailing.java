package keepwell.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import keepwell.outreach.Content;
import keepwell.outreach.Message;
import keepwell.outreach.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what is told from time to time into the outbox, once each time whatever nodes come and go.
 * What nobody was there to send is sent late, but not when it would be old.
 */
final class Mailing {
  private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** While it is written: whoever uses accounts comes first. */
  private static final Duration PAUSE_IN_WRITING = Duration.ofMillis(50);

  private final Database database;
  private final Messages messages;
  private final Occasion occasion;
  private final Writer writer;
  private final InstantSource productClock;
  private final InstantSource realClock;

  /** What is known to be sent, or too old to be. */
  private Instant done;

  /**
   * When something is told; all in product time.
   *
   * @param name of its row in {@code projection}
   * @param lastDue when it was due last, at or before an instant
   * @param since nothing was to be sent up to then
   * @param lateMax how late it is still sent
   */
  record Occasion(String name, UnaryOperator<Instant> lastDue, Instant since, Duration lateMax) {}

  /** Writes what is told. */
  @FunctionalInterface
  interface Writer {
    /**
     * Writes what was due, or a little of it.
     *
     * @return empty if it must be called again
     */
    Optional<List<Content>> write(Instant due, Instant now) throws SQLException;
  }

  Mailing(
      Database database,
      Messages messages,
      Occasion occasion,
      Writer writer,
      InstantSource productClock,
      InstantSource realClock) {
    this.database = database;
    this.messages = messages;
    this.occasion = occasion;
    this.done = occasion.since();
    this.writer = writer;
    this.productClock = productClock;
    this.realClock = realClock;
  }

  /** Sends what is due; says how long to wait until the next look. */
  Duration step() throws SQLException {
    Instant now = productClock.instant();
    Instant due = occasion.lastDue.apply(now);
    if (due.isAfter(done)) {
      if (now.isBefore(due.plus(occasion.lateMax)) && !isDone(due)) {
        // Written before the lock is taken: a lock that is held for long is lost.
        Optional<List<Content>> written = writer.write(due, now);
        if (written.isEmpty()) {
          return PAUSE_IN_WRITING;
        }
        send(due, written.get());
      }
      done = due;
    }
    return PAUSE;
  }

  private boolean isDone(Instant due) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Offset.read(connection, occasion.name) >= due.toEpochMilli();
    }
  }

  private void send(Instant due, List<Content> contents) throws SQLException {
    List<Message> told =
        contents.stream().map(content -> new Message(Optional.empty(), content)).toList();
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        if (Offset.locked(connection, occasion.name) < due.toEpochMilli()) {
          messages.add(connection, told, realClock.instant());
          Offset.store(connection, occasion.name, due.toEpochMilli());
          connection.commit();
          LOG.atInfo()
              .addKeyValue("occasion", occasion.name)
              .addKeyValue("due", due)
              .addKeyValue("messages", told.size())
              .log("Reports are in the outbox");
        }
      } finally {
        connection.rollback();
      }
    }
  }
}
