package keepwell.portfolio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Refusal;
import keepwell.health.Reviewed;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the accounts that time has moved, once the day is over: one day after the other, also those
 * that passed while no node was up. Every node offers to do it; who gets the lock on the row of
 * {@code review} does the next few. Then the bands of the day are taken.
 */
public final class Reviews implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reviews.class);

  /** At once; few enough to be done before the lock's transaction is taken for dead. */
  private static final int AT_ONCE_MAX = 250;

  /** How often those are tried that fail by themselves; they are due again on the next day. */
  private static final int PASSES_MAX = 5;

  private static final int ERASURES_TOLD_DAYS = 30;

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

  private final Database database;
  private final Portfolio portfolio;
  private final Days days;
  private final InstantSource productClock;
  private final Waking waking;
  private final Wakeup wakeup;
  private final Counter woken;
  private final Background background;

  /** The last day that is known to be done. */
  private int done = Integer.MIN_VALUE;

  /** How an account is woken. */
  @FunctionalInterface
  public interface Waking {
    /**
     * Lets an account publish what time has done to it.
     *
     * @param day that is over, counted from 1970-01-01
     * @return {@link Reviewed}, or a {@link Refusal} if it can't be done now
     */
    CompletionStage<Answer> review(String persistenceId, int day);
  }

  private record Due(String persistenceId, int reviewOn) {}

  /**
   * Begins to review.
   *
   * @param perSecondMax accounts, in the whole cluster
   */
  public Reviews(
      Database database,
      Portfolio portfolio,
      Days days,
      InstantSource productClock,
      Waking waking,
      int perSecondMax,
      MeterRegistry meters) {
    this.database = database;
    this.portfolio = portfolio;
    this.days = days;
    this.productClock = productClock;
    this.waking = waking;
    this.wakeup = new Wakeup(AT_ONCE_MAX, perSecondMax);
    this.woken =
        Counter.builder("keepwell.reviews.woken")
            .description("Accounts that were woken because a day was over")
            .register(meters);
    this.background = Background.start("reviews", this::step);
  }

  /** Does a little, and says how long to wait until the next. */
  private Duration step() throws SQLException {
    int yesterday = days.of(productClock.instant()) - 1;
    if (done >= yesterday) {
      return PAUSE;
    }
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        Progress.begin(connection, yesterday - 1);
        Progress progress = Progress.locked(connection);
        if (progress == null) {
          return PAUSE;
        }
        done = progress.day();
        if (done >= yesterday) {
          return PAUSE;
        }
        Duration pause = step(connection, progress);
        connection.commit();
        return pause;
      } finally {
        connection.rollback();
      }
    }
  }

  private Duration step(Connection connection, Progress progress) throws SQLException {
    int day = progress.day() + 1;
    List<Due> due = due(connection, day, progress);
    if (!due.isEmpty()) {
      Wakeup.Outcome outcome =
          wakeup.all(due.stream().map(Due::persistenceId).toList(), id -> waking.review(id, day));
      woken.increment(outcome.due());
      Due last = due.get(outcome.looked() - 1);
      progress.after(last.reviewOn, last.persistenceId).store(connection);
      return Duration.ZERO;
    }
    if (!portfolio.awaitCaughtUp(CATCH_UP_MAX)) {
      return PAUSE;
    }
    int left = due(connection, day, progress.again()).size();
    if (left > 0 && progress.pass() + 1 < PASSES_MAX) {
      progress.again().store(connection);
      return progress.pass() == 0 ? Duration.ZERO : PAUSE_AFTER_FAILURE;
    }
    if (left > 0) {
      LOG.atWarn()
          .addKeyValue("day", day)
          .addKeyValue("atLeast", left)
          .log("Accounts not reviewed");
    }
    takeBands(connection, day);
    forgetErasures(connection, days.start(day - ERASURES_TOLD_DAYS));
    Progress.done(day).store(connection);
    return Duration.ZERO;
  }

  private List<Due> due(Connection connection, int day, Progress progress) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT "persistence_id", "review_on" FROM "standing"
            WHERE "review_on" <= ? AND ("review_on", "persistence_id") > (?, ?)
            ORDER BY "review_on", "persistence_id" LIMIT ?
            """)) {
      select.setInt(1, day);
      select.setInt(2, progress.afterOn());
      select.setString(3, progress.afterId());
      select.setInt(4, wakeup.atMost(AT_ONCE_MAX));
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          due.add(new Due(rows.getString(1), rows.getInt(2)));
        }
      }
      return due;
    }
  }

  /** Keeps the bands as those of a day, where they are others than on the day before. */
  private static void takeBands(Connection connection, int day) throws SQLException {
    Columns.execute(
        connection,
        """
        INSERT INTO "band_day" ("group", "tier", "day", "accounts", "arr")
        SELECT b."group", b."tier", CAST(? AS INTEGER), b."accounts", b."arr"
        FROM "band" b WHERE NOT EXISTS (
          SELECT 1 FROM "band_day" d WHERE d."group" = b."group" AND d."tier" = b."tier"
            AND d."accounts" = b."accounts" AND d."arr" = b."arr"
            AND d."day" = (SELECT MAX(l."day") FROM "band_day" l
              WHERE l."group" = b."group" AND l."tier" = b."tier"))
        """,
        List.<Object[]>of(new Object[] {day}));
    Columns.execute(
        connection,
        """
        INSERT INTO "band_day" ("group", "tier", "day", "accounts", "arr")
        SELECT d."group", d."tier", CAST(? AS INTEGER), 0, 0
        FROM "band_day" d WHERE d."accounts" > 0
          AND NOT EXISTS (SELECT 1 FROM "band" b
            WHERE b."group" = d."group" AND b."tier" = d."tier")
          AND NOT EXISTS (SELECT 1 FROM "band_day" l
            WHERE l."group" = d."group" AND l."tier" = d."tier" AND l."day" > d."day")
        """,
        List.<Object[]>of(new Object[] {day}));
  }

  /** Whoever follows the feed knows by then which accounts were erased. */
  private static void forgetErasures(Connection connection, Instant before) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"tier_change\" WHERE \"reason\" = ? AND \"at\" < ?",
        List.<Object[]>of(new Object[] {TierChange.ERASED, before.toEpochMilli()}));
  }

  @Override
  public void close() {
    background.close();
  }
}
