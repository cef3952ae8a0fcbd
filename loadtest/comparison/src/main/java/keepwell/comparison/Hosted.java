package keepwell.comparison;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;

/**
 * The accounts of a node in this process, without an HTTP interface and what follows the journal.
 */
final class Hosted {
  static final byte[] SECRET = new byte[32];

  static final Fingerprint FINGERPRINT = new Fingerprint(SECRET);
  static final Days DAYS = new Days(ZoneOffset.UTC);

  private static final int CONNECTIONS = 8;
  private static final int IN_FLIGHT_MAX = 10_000;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final int SNAPSHOT_EVERY = 100;

  private final Database database;
  private final InstantSource clock;
  private final ScorecardVersions versions;
  private final ActorSystem<Void> system;
  private final Accounts accounts;

  /**
   * @param scorecards in force, where there are none yet
   * @param settings of Akka
   */
  Hosted(String url, String user, Map<String, Object> scorecards, String settings)
      throws SQLException {
    this.database = Database.open(url, user, "", CONNECTIONS);
    InstantSource real = InstantSource.system();
    this.clock =
        Installation.settle(
                database,
                Installation.proposed(ZoneOffset.UTC, real.instant(), Optional.empty(), 1))
            .productClock(real);
    this.versions = ScorecardVersions.load(database, scorecards, clock.instant());
    this.system =
        ActorSystem.create(
            Behaviors.empty(),
            "inside",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    ConfigFactory.parseString(
                            """
                            akka.remote.artery.canonical.port = 0
                            akka.cluster.sharding.passivation.default-strategy.active-entity-limit = 20000
                            """
                                + settings)
                        .withFallback(ConfigFactory.load())),
                new JournalDatabase.InSystem(database)));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    this.accounts =
        Accounts.host(
            system,
            FINGERPRINT,
            DAYS,
            versions,
            () -> Thresholds.NONE,
            clock,
            real,
            new Accounts.Limits(IN_FLIGHT_MAX, ANSWER_MAX, SNAPSHOT_EVERY, new Capacity(1000, 50)),
            new SimpleMeterRegistry());
  }

  Database database() {
    return database;
  }

  /** Product time: that of the database, or the real one. */
  InstantSource clock() {
    return clock;
  }

  ScorecardVersions versions() {
    return versions;
  }

  ActorSystem<Void> system() {
    return system;
  }

  Accounts accounts() {
    return accounts;
  }

  Serialization serialization() {
    return SerializationExtension.get(Adapter.toClassic(system));
  }
}
