package keepwell.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import keepwell.journal.Database;
import keepwell.journal.Erasure;
import keepwell.journal.JournalFollower;
import keepwell.journal.Seal;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;

/** What a node has that follows the journal: the portfolio and the catalogue of signals. */
final class Followers implements AutoCloseable {
  /** As often as a node does it. */
  private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(2);

  private static final Duration CATALOGUE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(10);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Catalogue catalogue;
  private final Portfolio portfolio;

  private Followers(Hosted hosted) {
    Database database = hosted.database();
    JournalFollower journal = new JournalFollower(database, hosted.serialization());
    this.catalogue =
        new Catalogue(
            database, journal, new Erasure(hosted.serialization()), patience -> true, Hosted.DAYS);
    this.portfolio =
        Portfolio.follow(database, journal, new Seal(Hosted.SECRET), Hosted.DAYS, thread);
  }

  static Followers start(Hosted hosted) {
    Followers followers = new Followers(hosted);
    var unused =
        followers.thread.scheduleWithFixedDelay(
            () -> followers.catalogue.catchUp(CATALOGUE_PATIENCE),
            CATALOGUE_INTERVAL.toMillis(),
            CATALOGUE_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
    return followers;
  }

  /** Lets those that start next begin with what is new. */
  static void passOver(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement update = connection.createStatement()) {
      update.executeUpdate(
          "UPDATE \"projection\" SET \"ordering\" ="
              + " (SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\")");
    }
  }

  /** Waits until all that is stored has been followed. */
  void awaitCaughtUp() throws SQLException {
    if (!portfolio.awaitCaughtUp(CATCH_UP_MAX) || !catalogue.catchUp(CATCH_UP_MAX)) {
      throw new IllegalStateException("the read side does not catch up");
    }
  }

  Portfolio portfolio() {
    return portfolio;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CATALOGUE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    portfolio.close();
    catalogue.close();
  }
}
