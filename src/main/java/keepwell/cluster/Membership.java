package keepwell.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import keepwell.cluster.Roster.Entry;
import keepwell.journal.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's place in the one cluster of its installation. */
public final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Database database;
  private final Roster roster;
  private final CompletionStage<Done> up;

  /** What every node does again and again, to see what the others have stored. */
  @FunctionalInterface
  public interface Refresh {
    void run() throws SQLException;
  }

  /** Another node that lives is written down at the address of this one. */
  public static final class AddressTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AddressTakenException() {
      super("another node is reached at the address of this one", null, false, false);
    }
  }

  private Membership(Database database, Roster roster, CompletionStage<Done> up) {
    this.database = database;
    this.roster = roster;
    this.up = up;
  }

  /**
   * Begins to join the cluster of the other nodes on a database, or to be its first. An embedded
   * database has no other nodes.
   *
   * @param refresh done about once a second from now on
   */
  public static Membership join(ActorSystem<?> system, Database database, Refresh refresh) {
    Cluster cluster = Cluster.get(system);
    UniqueAddress self = cluster.selfMember().uniqueAddress();
    Roster roster = roster(database, self);
    CompletableFuture<Done> up = new CompletableFuture<>();
    if (database.embedded()) {
      akka.cluster.Cluster.get(Adapter.toClassic(system))
          .registerOnMemberUp(() -> up.complete(Done.getInstance()));
      cluster.manager().tell(Join.create(self.address()));
    } else {
      system.systemActorOf(
          Member.create(roster, refresh, up), "membership", DispatcherSelector.blocking());
      strikeOutAtTheEnd(system, roster);
    }
    return new Membership(database, roster, up);
  }

  static Roster roster(Database database, UniqueAddress self) {
    return new Roster(
        database,
        self.address().getHost().orElseThrow(),
        (Integer) self.address().port().get(),
        self.longUid());
  }

  /** So that nobody waits for a node that has stopped in order. */
  private static void strikeOutAtTheEnd(ActorSystem<?> system, Roster roster) {
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(
            CoordinatedShutdown.PhaseClusterShutdown(),
            "strike-out",
            () ->
                CompletableFuture.supplyAsync(
                    () -> strikeOut(roster),
                    system.dispatchers().lookup(DispatcherSelector.blocking())));
  }

  private static Done strikeOut(Roster roster) {
    try {
      roster.strikeSelf();
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Node not struck out");
    }
    return Done.getInstance();
  }

  /**
   * Completes when this node is a full member of the cluster, and one that {@link #awaitRefreshed}
   * of others waits for; fails with {@link AddressTakenException} if it can't be.
   */
  public CompletionStage<Done> up() {
    return up;
  }

  /**
   * Waits until every other node that lives has refreshed itself since this was called.
   *
   * @param patience for how long at most; a node that has just ended is not waited for any longer
   */
  public void awaitRefreshed(Duration patience) throws SQLException {
    if (database.embedded()) {
      return;
    }
    long start = System.nanoTime();
    Map<String, Long> first = new HashMap<>();
    while (System.nanoTime() - start < patience.toNanos()) {
      boolean all = true;
      for (Entry other : roster.others()) {
        // The beat that was next may have come after a refresh that began before.
        long seen = first.computeIfAbsent(other.name(), name -> other.beat());
        all &= !other.joined() || other.beat() >= seen + 2;
      }
      if (all || !pause(POLL)) {
        return;
      }
    }
  }

  /** Waits a little, unless it is interrupted. */
  static boolean pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
