package keepwell.http;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;

/**
 * Whether this node can serve: it listens, it is a member of the cluster, and its database answers.
 * Created by name.
 */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
  private final Listening listening;
  private final Cluster cluster;
  private final Database database;
  private final Executor blocking;

  /** Whether the HTTP interface is open; put into the actor system when that is created. */
  public static final class Listening extends Setup {
    private volatile boolean begun;

    /** It is, from now on. */
    public void begin() {
      begun = true;
    }
  }

  /** The one constructor that the management knows. */
  public Readiness(ActorSystem system) {
    this.listening = system.settings().setup().get(Listening.class).orElseThrow();
    this.cluster = Cluster.get(Adapter.toTyped(system));
    this.database = JournalDatabase.of(system);
    this.blocking = Adapter.toTyped(system).dispatchers().lookup(DispatcherSelector.blocking());
  }

  @Override
  public CompletionStage<Boolean> get() {
    boolean serving = listening.begun && cluster.selfMember().status().equals(MemberStatus.up());
    return serving
        ? CompletableFuture.supplyAsync(database::reachable, blocking)
        : CompletableFuture.completedFuture(false);
  }
}
