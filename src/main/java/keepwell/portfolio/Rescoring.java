package keepwell.portfolio;

import io.micrometer.core.instrument.Gauge;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import keepwell.health.Answer;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.ScorecardVersions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every account settled by a new version of the scorecards, or told of new thresholds, in the
 * order of their persistence ids, so that it goes on where it was after a restart; a newer version
 * of either begins anew. Every node offers to do it; who gets the lock on the row of {@code
 * rescoring} does the next few.
 */
public final class Rescoring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rescoring.class);

  /**
   * That are under way: the more, the greater is their share of what a busy cluster does. One that
   * has to be recovered costs as much as several signals, of which some hundreds are under way.
   */
  private static final int AT_ONCE_MAX = 3;

  /** In one transaction. */
  private static final int BATCH_MAX = 250;

  /** How often those are tried that fail by themselves; they settle when they are asked next. */
  private static final int ATTEMPTS_MAX = 5;

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

  private final Database database;
  private final Portfolio portfolio;
  private final ScorecardVersions scorecards;
  private final Supplier<Thresholds> thresholds;
  private final Everywhere everywhere;
  private final InstantSource realClock;
  private final Looking looking;
  private final int perSecondMax;
  private final Wakeup wakeup;
  private final Background background;
  private int attempts;
  private volatile RescoringProgress progress = RescoringProgress.NONE;

  /**
   * How far it is.
   *
   * @param remaining how long it will go on; empty before that can be said
   */
  public record Status(RescoringProgress progress, Optional<Duration> remaining) {}

  /** How an account is settled. */
  @FunctionalInterface
  public interface Looking {
    /** Lets an account settle by a version of the scorecards, or a later one. */
    CompletionStage<Answer> rescore(String persistenceId, int version);
  }

  /** How a version comes to be known. */
  @FunctionalInterface
  public interface Everywhere {
    /** Waits until every node that can be reached settles by the versions that are known here. */
    void awaitKnown() throws SQLException;
  }

  /**
   * Begins to look for new versions.
   *
   * @param thresholds that playbooks name, as far as this node knows
   * @param perSecondMax accounts, in the whole cluster
   */
  public Rescoring(
      Database database,
      Portfolio portfolio,
      ScorecardVersions scorecards,
      Supplier<Thresholds> thresholds,
      Everywhere everywhere,
      InstantSource realClock,
      Looking looking,
      int perSecondMax,
      MeterRegistry meters) {
    this.database = database;
    this.portfolio = portfolio;
    this.scorecards = scorecards;
    this.thresholds = thresholds;
    this.everywhere = everywhere;
    this.realClock = realClock;
    this.looking = looking;
    this.perSecondMax = perSecondMax;
    this.wakeup = new Wakeup(AT_ONCE_MAX, perSecondMax);
    Gauge.builder("keepwell.rescoring.left", () -> progress.left())
        .description("Accounts that are still to be settled by the newest scorecards")
        .register(meters);
    this.background = Background.start("rescoring", this::step);
  }

  /** How far it is, whichever node does it. */
  public Status status() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      RescoringProgress now = RescoringProgress.read(connection);
      return new Status(now, now.remaining(realClock.instant(), perSecondMax));
    }
  }

  private Duration step() throws SQLException {
    int version = scorecards.current().version();
    int told = thresholds.get().version();
    if (progress.covers(version, told)) {
      return PAUSE;
    }
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        if (!RescoringProgress.lock(connection)) {
          progress = RescoringProgress.read(connection);
          return PAUSE_AFTER_FAILURE;
        }
        progress = RescoringProgress.read(connection);
        Duration pause =
            progress.precedes(version, told) ? begin(connection, version, told) : step(connection);
        progress.store(connection);
        connection.commit();
        return pause;
      } finally {
        connection.rollback();
      }
    }
  }

  /** No account that is not listed by then has been settled by an earlier version. */
  private Duration begin(Connection connection, int version, int told) throws SQLException {
    everywhere.awaitKnown();
    if (!portfolio.awaitCaughtUp(CATCH_UP_MAX)) {
      return PAUSE;
    }
    progress = progress.anew(version, told, count(connection), realClock.instant());
    LOG.atInfo()
        .addKeyValue("version", progress.version())
        .addKeyValue("thresholds", progress.thresholds())
        .addKeyValue("accounts", progress.accounts())
        .log("Accounts are rescored");
    return Duration.ZERO;
  }

  private Duration step(Connection connection) throws SQLException {
    if (progress.endedAt().isPresent()) {
      return PAUSE;
    }
    List<String> next = next(connection, progress.afterId());
    if (next.isEmpty()) {
      Instant now = realClock.instant();
      progress = progress.ended(now);
      LOG.atInfo()
          .addKeyValue("version", progress.version())
          .addKeyValue("accounts", progress.accounts())
          .addKeyValue("took", Duration.between(progress.beganAt(), now))
          .log("Accounts have been rescored");
      return PAUSE;
    }
    Wakeup.Outcome outcome = wakeup.all(next, id -> looking.rescore(id, progress.version()));
    if (outcome.failed() > 0 && ++attempts < ATTEMPTS_MAX) {
      return PAUSE_AFTER_FAILURE;
    }
    if (outcome.failed() > 0) {
      LOG.atWarn().addKeyValue("accounts", outcome.failed()).log("Accounts not rescored");
    }
    attempts = 0;
    progress = progress.after(next.get(outcome.looked() - 1), outcome.looked());
    return Duration.ZERO;
  }

  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM \"standing\"");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> next(Connection connection, String after) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT "persistence_id" FROM "standing" WHERE "persistence_id" > ?
            ORDER BY "persistence_id" LIMIT ?
            """)) {
      select.setString(1, after);
      select.setInt(2, wakeup.atMost(BATCH_MAX));
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
