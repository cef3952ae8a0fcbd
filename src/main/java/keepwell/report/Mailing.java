package keepwell.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import keepwell.outreach.Content;
import keepwell.outreach.Message;
import keepwell.outreach.Outreach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the report into the outbox, once a week whatever nodes come and go. One that nobody was
 * there to send is sent late, but not when it would be old.
 */
final class Mailing {
  private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);
  private static final String PROJECTION = "weekly-report";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LATE_MAX = Duration.ofDays(3);

  private final Database database;
  private final Outreach outreach;
  private final Weekly weekly;
  private final ZoneId zone;
  private final Writer writer;
  private final InstantSource productClock;
  private final InstantSource realClock;

  /** What is known to be sent, or too old to be. */
  private Instant done;

  /** Writes the report as of now. */
  @FunctionalInterface
  interface Writer {
    Content write(Instant now, List<String> to) throws SQLException;
  }

  /**
   * @param since when the installation began, product time: nothing was to be sent before
   */
  Mailing(
      Database database,
      Outreach outreach,
      Weekly weekly,
      ZoneId zone,
      Instant since,
      Writer writer,
      InstantSource productClock,
      InstantSource realClock) {
    this.database = database;
    this.outreach = outreach;
    this.weekly = weekly;
    this.zone = zone;
    this.done = since;
    this.writer = writer;
    this.productClock = productClock;
    this.realClock = realClock;
  }

  /** Sends what is due; says how long to wait until the next look. */
  Duration step() throws SQLException {
    Instant now = productClock.instant();
    Instant due = weekly.lastDue(now, zone);
    if (due.isAfter(done)) {
      if (now.isBefore(due.plus(LATE_MAX)) && !isDone(due)) {
        // Written before the lock is taken: a lock that is held for long is lost.
        send(due, writer.write(now, weekly.to()));
      }
      done = due;
    }
    return PAUSE;
  }

  private boolean isDone(Instant due) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Offset.read(connection, PROJECTION) >= due.toEpochMilli();
    }
  }

  private void send(Instant due, Content report) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        if (Offset.locked(connection, PROJECTION) < due.toEpochMilli()) {
          outreach
              .messages()
              .add(connection, List.of(new Message(Optional.empty(), report)), realClock.instant());
          Offset.store(connection, PROJECTION, due.toEpochMilli());
          connection.commit();
          LOG.atInfo().addKeyValue("due", due).log("Weekly report sent");
        }
      } finally {
        connection.rollback();
      }
    }
  }
}
