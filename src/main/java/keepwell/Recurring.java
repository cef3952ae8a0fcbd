package keepwell;

import akka.actor.typed.ActorSystem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import keepwell.access.ApiKeys;
import keepwell.http.Tls;
import keepwell.outreach.Backlog;
import keepwell.playbook.Tally;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Census;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/** What a node does again and again for as long as it runs. */
final class Recurring {
  private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

  private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration CATALOGUE_PATIENCE = Duration.ofSeconds(10);

  /** Between two looks at files that may have changed. */
  private static final Duration FILES_INTERVAL = Duration.ofSeconds(1);

  /** Prometheus mostly asks each quarter of a minute. */
  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final ExecutionContextExecutor blocking;

  /**
   * @param blocking where it may wait
   */
  Recurring(ActorSystem<?> system, ExecutionContextExecutor blocking) {
    this.system = system;
    this.blocking = blocking;
  }

  private void every(Duration interval, Runnable work) {
    system.scheduler().scheduleWithFixedDelay(interval, interval, work, blocking);
  }

  /** From now on the catalogue of signals follows the journal. */
  void follow(Catalogue catalogue) {
    every(CATALOGUE_INTERVAL, () -> catalogue.catchUp(CATALOGUE_PATIENCE));
  }

  /** From now on files are read again when they change. */
  void watch(Optional<ApiKeys> keys, Optional<Tls> tls) {
    every(
        FILES_INTERVAL,
        () -> {
          keys.ifPresent(ApiKeys::refresh);
          tls.ifPresent(Tls::refresh);
        });
  }

  /** From now on it is counted what is told of the installation. */
  void count(Census census, Backlog backlog, Tally tally) {
    every(
        COUNT_INTERVAL,
        () -> {
          try {
            census.count();
            backlog.count();
            tally.count();
          } catch (SQLException e) {
            LOG.atDebug().addKeyValue("problem", e.getMessage()).log("Not counted");
          }
        });
  }
}
