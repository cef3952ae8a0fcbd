package keepwell.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.coordination.lease.LeaseSettings;
import akka.coordination.lease.javadsl.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import keepwell.cluster.Roster.Entry;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who, when nodes cannot reach each other, may decide which of them go on: the one that the
 * database has written down as arbiter. It is until it says otherwise, or has ended, or was struck
 * out. Created by name, for the split-brain resolver.
 */
public final class RosterLease extends Lease {
  private static final Logger LOG = LoggerFactory.getLogger(RosterLease.class);
  private static final Duration POLL = Duration.ofMillis(250);

  /** An arbiter whose beat stands still for so long has ended with the nodes that it decided on. */
  private static final Duration STILL_MAX = Duration.ofSeconds(5);

  private final LeaseSettings settings;
  private final ExtendedActorSystem system;

  /** The one constructor that the resolver knows. */
  public RosterLease(LeaseSettings settings, ExtendedActorSystem system) {
    this.settings = settings;
    this.system = system;
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  /**
   * Waits for an arbiter that may have ended, and for a database that is away, as long as the
   * lease's operation timeout says. One that lives is not waited for: it has decided.
   */
  @Override
  public CompletionStage<Boolean> acquire() {
    return CompletableFuture.supplyAsync(this::tryForAWhile, blocking());
  }

  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    return acquire();
  }

  private boolean tryForAWhile() {
    Roster roster = roster();
    Watch watch = new Watch(System::nanoTime);
    long deadline = System.nanoTime() + settings.timeoutSettings().getOperationTimeout().toNanos();
    for (boolean more = true; more && System.nanoTime() < deadline; more = Membership.pause(POLL)) {
      try {
        List<Entry> others = roster.others();
        watch.look(others);
        if (roster.arbitrate(other -> watch.still(other, STILL_MAX))) {
          return true;
        }
        if (others.stream().anyMatch(other -> other.arbiter() && watch.moved(other))) {
          return false;
        }
      } catch (SQLException e) {
        watch.forget();
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Split not decided yet");
      }
    }
    return false;
  }

  @Override
  public CompletionStage<Boolean> release() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            roster().release();
            return true;
          } catch (SQLException e) {
            throw new CompletionException(e);
          }
        },
        blocking());
  }

  /** Never certain, as this node may have been struck out: the database is asked each time. */
  @Override
  public boolean checkLease() {
    return false;
  }

  private Roster roster() {
    Database database = JournalDatabase.of(system);
    return Membership.roster(database, Cluster.get(system).selfUniqueAddress());
  }

  private Executor blocking() {
    return Adapter.toTyped(system).dispatchers().lookup(DispatcherSelector.blocking());
  }
}
