package keepwell.http;

import akka.actor.ActorSystem;
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
 * Whether this node can serve: it is a member of the cluster, and its database answers. Created by
 * name.
 */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
  private final Cluster cluster;
  private final Database database;
  private final Executor blocking;

  /** The one constructor that the management knows. */
  public Readiness(ActorSystem system) {
    this.cluster = Cluster.get(Adapter.toTyped(system));
    this.database = JournalDatabase.of(system);
    this.blocking = Adapter.toTyped(system).dispatchers().lookup(DispatcherSelector.blocking());
  }

  @Override
  public CompletionStage<Boolean> get() {
    return cluster.selfMember().status().equals(MemberStatus.up())
        ? CompletableFuture.supplyAsync(database::reachable, blocking)
        : CompletableFuture.completedFuture(false);
  }
}
