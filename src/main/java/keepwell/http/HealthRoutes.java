package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.actor.ExtendedActorSystem;
import akka.actor.setup.Setup;
import akka.cluster.Cluster;
import akka.cluster.MemberStatus;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;

/**
 * {@code /alive}, as long as the process answers; and {@code /ready}, while this node can serve: it
 * listens, it is a member of the cluster, and its database answers and can be written. Both are
 * answered without waiting for anything. Created by name.
 */
public final class HealthRoutes implements ManagementRouteProvider {
  private final Listening listening;
  private final Cluster cluster;
  private final Database database;

  /** Whether the HTTP interface is open; put into the actor system when that is created. */
  public static final class Listening extends Setup {
    private volatile boolean begun;

    /** It is, from now on. */
    public void begin() {
      begun = true;
    }
  }

  /** The one constructor that the management knows. */
  public HealthRoutes(ExtendedActorSystem system) {
    this.listening = system.settings().setup().get(Listening.class).orElseThrow();
    this.cluster = Cluster.get(system);
    this.database = JournalDatabase.of(system);
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return concat(
        path("alive", () -> get(() -> complete("Alive"))), path("ready", () -> get(this::ready)));
  }

  private Route ready() {
    if (!listening.begun || !cluster.selfMember().status().equals(MemberStatus.up())) {
      return complete(StatusCodes.SERVICE_UNAVAILABLE, "Not a member of the cluster yet");
    }
    return database.isAway() || database.writes().failing()
        ? complete(StatusCodes.SERVICE_UNAVAILABLE, "The database is away, or cannot be written")
        : complete("Ready");
  }
}
