package keepwell;

import akka.actor.BootstrapSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.SerializationExtension;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.JournalFollower;
import keepwell.journal.Seal;
import keepwell.portfolio.Reconciler;
import keepwell.portfolio.Reconciler.Report;

/** Holds the read side of an installation against its journal, beside its nodes or without any. */
final class Reconciliation {
  private Reconciliation() {}

  /**
   * @param repair whether what differs is made as the journal has it
   * @throws StartFailure if the database cannot be used
   */
  static Report run(Config config, InstantSource real, boolean repair) {
    Settings settings = Settings.of(config);
    try (Database database = Opening.database(settings.jdbc())) {
      Installation installation = Opening.installation(settings, database, real);
      ActorSystem<Void> serializing = serializing(config);
      try {
        return new Reconciler(
                database,
                new JournalFollower(database, SerializationExtension.get(serializing)),
                new Seal(installation.secret()),
                new Days(installation.zone()),
                repair)
            .reconcile();
      } finally {
        serializing.terminate();
      }
    } catch (SQLException e) {
      throw new StartFailure("the database failed: " + e.getMessage());
    }
  }

  /** Only knows how events are stored; no node of the cluster. */
  private static ActorSystem<Void> serializing(Config config) {
    return ActorSystem.create(
        Behaviors.empty(),
        "reconciliation",
        BootstrapSetup.create(
            ConfigFactory.parseMap(Map.of("akka.actor.provider", "local")).withFallback(config)));
  }
}
