package keepwell;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.typed.Cluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import keepwell.cluster.Membership;

/** How a node comes into the cluster, and leaves it. */
final class Joining {
  private Joining() {}

  /** However long it takes: the nodes that it is to join may not be reached yet. */
  static void awaitUp(ActorSystem<Void> system, Membership membership) {
    try {
      CompletableFuture.anyOf(
              membership.up().toCompletableFuture(),
              system.getWhenTerminated().toCompletableFuture())
          .join();
    } catch (CompletionException e) {
      shutDown(system);
      throw e.getCause() instanceof Membership.AddressTakenException
          ? new StartFailure(
              "another node is reached at %s already (keepwell.remote, KEEPWELL_REMOTE_HOST and KEEPWELL_REMOTE_PORT)"
                  .formatted(Cluster.get(system).selfMember().address().hostPort()))
          : e;
    }
    if (!membership.up().toCompletableFuture().isDone()) {
      throw new StartFailure("the nodes that are there do not let this one in");
    }
  }

  /** Leaves in order: requests under way are answered, accounts handed over. */
  static void shutDown(ActorSystem<Void> system) {
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .runAll(CoordinatedShutdown.unknownReason())
        .toCompletableFuture()
        .join();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
