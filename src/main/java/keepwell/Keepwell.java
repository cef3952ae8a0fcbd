package keepwell;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.management.javadsl.AkkaManagement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import keepwell.access.ApiKeys;
import keepwell.access.AuditLog;
import keepwell.access.Sessions;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.cluster.Membership;
import keepwell.dashboard.DashboardRoutes;
import keepwell.health.Days;
import keepwell.http.Blocking;
import keepwell.http.Bodies;
import keepwell.http.HealthRoutes;
import keepwell.http.MetricRoutes;
import keepwell.http.Rooms;
import keepwell.http.Server;
import keepwell.http.SessionCookie;
import keepwell.http.Surveys;
import keepwell.http.Tls;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Seal;
import keepwell.outreach.Backlog;
import keepwell.outreach.Templates;
import keepwell.playbook.PlaybookVersions;
import keepwell.playbook.Tally;
import keepwell.portfolio.Census;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/** A node: everything wired together, started in order, and stopped in the reverse. */
final class Keepwell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keepwell.class);
  private static final String RESIDENT_MAX =
      "akka.cluster.sharding.passivation.default-strategy.active-entity-limit";

  private final Database database;
  private final Derived derived;
  private final ActorSystem<Void> system;
  private final Measurements measurements;
  private final URI uri;
  private volatile boolean closed;

  private Keepwell(
      Database database,
      Derived derived,
      ActorSystem<Void> system,
      Measurements measurements,
      URI uri) {
    this.database = database;
    this.derived = derived;
    this.system = system;
    this.measurements = measurements;
    this.uri = uri;
  }

  /**
   * Starts a node; when this returns it serves.
   *
   * @param real the one source of real time
   * @throws StartFailure if it cannot
   */
  static Keepwell start(Config config, InstantSource real) {
    Settings settings = Settings.of(config);
    Ports.requireFree(settings);
    Optional<ApiKeys> keys = Opening.keys(settings);
    Optional<Tls> tls = Opening.tls(settings);
    Database database = Opening.database(settings.jdbc());
    Measurements measurements = new Measurements();
    try {
      return start(config, settings, keys, tls, database, measurements, real);
    } catch (SQLException e) {
      measurements.close();
      database.close();
      throw new StartFailure("the database failed: " + e.getMessage());
    } catch (RuntimeException e) {
      measurements.close();
      database.close();
      throw e;
    }
  }

  private static Keepwell start(
      Config config,
      Settings settings,
      Optional<ApiKeys> keys,
      Optional<Tls> tls,
      Database database,
      Measurements measurements,
      InstantSource real)
      throws SQLException {
    Installation installation = Opening.installation(settings, database, real);
    InstantSource productClock = installation.productClock(real);
    Days days = new Days(installation.zone());
    Fingerprint fingerprint = new Fingerprint(installation.secret());
    ScorecardVersions scorecards =
        ScorecardVersions.load(database, Opening.firstScorecards(), productClock.instant());
    Templates templates = Opening.templates();
    PlaybookVersions playbooks = Opening.playbooks(database, templates, productClock.instant());

    HealthRoutes.Listening listening = new HealthRoutes.Listening();
    MeterRegistry meters = measurements.registry();
    database.measure(meters);
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "keepwell",
            ActorSystemSetup.create(
                BootstrapSetup.create(fitted(config, settings.residentMax())),
                new JournalDatabase.InSystem(database),
                new MetricRoutes.Meters(measurements.registry()),
                listening));
    AkkaManagement.get(Adapter.toClassic(system)).start().toCompletableFuture().join();
    Membership membership =
        Membership.join(
            system,
            database,
            () -> {
              scorecards.refresh();
              playbooks.refresh();
            });
    Accounts accounts =
        Accounts.host(
            system,
            fingerprint,
            days,
            scorecards,
            playbooks::thresholds,
            productClock,
            real,
            settings.accounts(),
            meters);
    Joining.awaitUp(system, membership);
    accounts.placed().toCompletableFuture().join();
    ExecutionContextExecutor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    Seal seal = new Seal(installation.secret());
    Derived derived =
        Derived.follow(
            system,
            database,
            seal,
            settings,
            installation,
            scorecards,
            playbooks,
            templates,
            membership,
            accounts,
            productClock,
            real,
            meters);
    SessionCookie session = new SessionCookie(new Sessions(seal, real));
    Blocking waiting = new Blocking(blocking);
    Rooms rooms =
        new Rooms(
            accounts,
            scorecards,
            derived.catalogue(),
            derived.portfolio(),
            derived.rescoring(),
            derived.outreach(),
            derived.playbooks(),
            derived.reports(),
            derived.truth(),
            membership,
            fingerprint,
            days,
            productClock,
            real,
            waiting,
            new Surveys(system, waiting),
            Bodies.of(system, settings.limits(), meters));
    DashboardRoutes dashboard = new DashboardRoutes(keys, session, rooms);
    Server server =
        new Server(
            system,
            rooms,
            settings.limits(),
            new Server.Entrance(
                keys,
                session,
                new AuditLog(database, settings.auditKept(), real),
                settings.corsOrigins(),
                tls),
            new Server.Pages(dashboard.routes(), dashboard::problem, dashboard::review),
            meters);
    int port =
        server
            .bind(settings.httpHost(), settings.httpPort())
            .toCompletableFuture()
            .join()
            .localAddress()
            .getPort();
    listening.begin();
    Recurring recurring = new Recurring(system, blocking);
    recurring.follow(derived.catalogue());
    recurring.watch(keys, tls);
    recurring.count(
        new Census(database, days, productClock, real, meters),
        new Backlog(database, real, meters),
        new Tally(database, productClock, meters));
    String scheme = tls.isPresent() ? "https" : "http";
    URI uri = URI.create(scheme + "://" + settings.httpHost() + ":" + port);
    LOG.atInfo().addKeyValue("uri", uri).log("Keepwell serves");
    return new Keepwell(database, derived, system, measurements, uri);
  }

  /** What Akka must be told of the heap. */
  private static Config fitted(Config config, int residentMax) {
    return ConfigFactory.parseMap(Map.of(RESIDENT_MAX, residentMax)).withFallback(config);
  }

  /** Where its HTTP interface is. */
  URI uri() {
    return uri;
  }

  /**
   * Waits until the node has stopped.
   *
   * @return whether that was by itself, e.g. because the others went on without it: a reason to
   *     start it again
   */
  boolean untilStopped() {
    system.getWhenTerminated().toCompletableFuture().join();
    boolean byItself = !closed;
    if (byItself) {
      close();
    }
    return byItself;
  }

  /** Stops it: requests under way are answered, then accounts and database are closed. */
  @Override
  public void close() {
    closed = true;
    derived.rest();
    Joining.shutDown(system);
    derived.close();
    database.close();
    measurements.close();
  }
}
