package keepwell;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.Optional;
import keepwell.access.ApiKeys;
import keepwell.http.Tls;
import keepwell.portfolio.Catalogue;
import scala.concurrent.ExecutionContextExecutor;

/** What a node does again and again for as long as it runs. */
final class Recurring {
  private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration CATALOGUE_PATIENCE = Duration.ofSeconds(10);

  /** Between two looks at files that may have changed. */
  private static final Duration FILES_INTERVAL = Duration.ofSeconds(1);

  private Recurring() {}

  /**
   * From now on the catalogue of signals follows the journal, and files are read again.
   *
   * @param blocking where it may wait
   */
  static void begin(
      ActorSystem<?> system,
      ExecutionContextExecutor blocking,
      Catalogue catalogue,
      Optional<ApiKeys> keys,
      Optional<Tls> tls) {
    system
        .scheduler()
        .scheduleWithFixedDelay(
            CATALOGUE_INTERVAL,
            CATALOGUE_INTERVAL,
            () -> catalogue.catchUp(CATALOGUE_PATIENCE),
            blocking);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            FILES_INTERVAL,
            FILES_INTERVAL,
            () -> {
              keys.ifPresent(ApiKeys::refresh);
              tls.ifPresent(Tls::refresh);
            },
            blocking);
  }
}
