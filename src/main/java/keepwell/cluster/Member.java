package keepwell.cluster;

import akka.Done;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.Subscribe;
import akka.remote.artery.QuarantinedEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import keepwell.cluster.Membership.Refresh;
import keepwell.cluster.Roster.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node written down while it lives, lets it join those who are in the cluster or found it
 * where none of them lives, and strikes out whom the cluster has removed. A node that was struck
 * out itself, as it was cut off or stood still for too long, leaves what cluster it is still in.
 */
final class Member extends AbstractBehavior<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Longer than a node of an intact cluster may be without a beat, also if commits are slow. */
  private static final Duration STILL_MAX = Duration.ofSeconds(10);

  /** After so long without a beat it is worth looking whether a node is there at all. */
  private static final Duration DOUBTED_AFTER = Duration.ofSeconds(2);

  private static final int PROBE_MILLIS = 500;

  /** A node that waits to be welcomed by one that has just ended waits in vain. */
  private static final Duration JOINING_MAX = Duration.ofSeconds(40);

  private final Cluster cluster;
  private final Roster roster;
  private final Refresh refresh;
  private final CompletableFuture<Done> up;
  private final Watch watch = new Watch(System::nanoTime);
  private Set<Address> asked = Set.of();
  private boolean registered;
  private boolean failing;
  private long joiningSinceNanos;

  /** Time to look around. */
  private enum Tick {
    INSTANCE
  }

  private Member(
      ActorContext<Object> context, Roster roster, Refresh refresh, CompletableFuture<Done> up) {
    super(context);
    this.up = up;
    this.cluster = Cluster.get(context.getSystem());
    this.roster = roster;
    this.refresh = refresh;
    this.cluster
        .subscriptions()
        .tell(Subscribe.create(context.getSelf().narrow(), MemberEvent.class));
  }

  /**
   * @param refresh done before each beat
   * @param up completes when this node is a member, is written down as one, and has refreshed
   *     itself since; fails if it can't be one
   */
  static Behavior<Object> create(Roster roster, Refresh refresh, CompletableFuture<Done> up) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Tick.INSTANCE, Duration.ZERO, INTERVAL);
          return Behaviors.setup(context -> new Member(context, roster, refresh, up));
        });
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, tick -> tick())
        .onMessage(MemberUp.class, this::onUp)
        .onMessage(MemberRemoved.class, this::onRemoved)
        .onAnyMessage(other -> this)
        .build();
  }

  private Behavior<Object> onUp(MemberUp up) {
    LOG.atInfo().addKeyValue("node", up.member().address()).log("Node is in the cluster");
    return up.member().uniqueAddress().equals(cluster.selfMember().uniqueAddress()) ? tick() : this;
  }

  private Behavior<Object> onRemoved(MemberRemoved removed) {
    if (!cluster.selfMember().status().equals(MemberStatus.up())) {
      return this; // to one that leaves, everybody seems to be removed
    }
    UniqueAddress gone = removed.member().uniqueAddress();
    LOG.atInfo().addKeyValue("node", gone.address()).log("Node is not in the cluster any more");
    try {
      roster.strike(
          gone.address().getHost().orElseThrow(),
          (Integer) gone.address().port().get(),
          gone.longUid());
    } catch (SQLException e) {
      failed(e);
    }
    return this;
  }

  private Behavior<Object> tick() {
    if (CoordinatedShutdown.get(getContext().getSystem().classicSystem())
        .getShutdownReason()
        .isPresent()) {
      return this;
    }
    try {
      refresh.run();
      Behavior<Object> next = lookAround();
      failing = false;
      return next;
    } catch (SQLException | RuntimeException e) {
      watch.forget();
      failed(e);
      return this;
    }
  }

  private void failed(Exception e) {
    if (!failing) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Nodes cannot be looked up");
    }
    failing = true;
  }

  private Behavior<Object> lookAround() throws SQLException {
    MemberStatus status = cluster.selfMember().status();
    boolean joined = !status.equals(MemberStatus.removed());
    if (!registered) {
      register();
      return this;
    }
    if (!roster.beat(joined)) {
      if (joined) {
        return leave("Others went on without this node");
      }
      registered = false;
      return this;
    }
    if (status.equals(MemberStatus.up()) && !up.isDone()) {
      refresh.run(); // what was stored before somebody could see that this node is waited for
      up.complete(Done.getInstance());
    }
    List<Entry> others = roster.others();
    watch.look(others);
    if (!joined) {
      joiningSinceNanos = System.nanoTime();
      join(others);
    } else if (!up.isDone() && System.nanoTime() - joiningSinceNanos > JOINING_MAX.toNanos()) {
      return leave("Nobody let this node in");
    } else {
      removeEnded(others);
    }
    return this;
  }

  /** Takes its address over, if nobody lives there. */
  private void register() throws SQLException {
    List<Entry> here = roster.all().stream().filter(roster::atOurAddress).toList();
    watch.look(here);
    if (here.stream().anyMatch(watch::moved)) {
      up.completeExceptionally(new Membership.AddressTakenException());
    } else if (here.stream().allMatch(entry -> watch.still(entry, DOUBTED_AFTER))) {
      roster.register();
      registered = true;
    }
  }

  private void join(List<Entry> others) throws SQLException {
    if (roster.found(this::ended)) {
      LOG.atInfo().log("No other node lives; this one begins the cluster");
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      return;
    }
    Set<Address> living =
        others.stream()
            .filter(other -> other.joined() && !ended(other))
            .map(this::address)
            .collect(Collectors.toSet());
    if (!living.equals(asked) && !living.isEmpty()) {
      LOG.atInfo().addKeyValue("nodes", living).log("Joins other nodes");
      cluster.manager().tell(new JoinSeedNodes(List.copyOf(living)));
      asked = living;
    }
  }

  private boolean ended(Entry other) {
    return watch.still(other, STILL_MAX);
  }

  /**
   * Has whoever is certainly not there any more removed at once: a process that was killed. The
   * failure detector would see it too, but later.
   */
  private void removeEnded(List<Entry> others) throws SQLException {
    for (Entry other : others) {
      if (other.joined()
          && watch.still(other, DOUBTED_AFTER)
          && nobodyListens(other)
          && roster.strike(other)) {
        LOG.atWarn().addKeyValue("node", other.name()).log("Node has ended");
        getContext().getSystem().classicSystem().eventStream().publish(terminated(other));
        cluster.manager().tell(new Down(address(other)));
      }
    }
  }

  private static boolean nobodyListens(Entry other) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(other.host(), other.port()), PROBE_MILLIS);
      return false;
    } catch (ConnectException e) {
      return true; // refused by the host itself
    } catch (IOException e) {
      return false; // cut off, perhaps
    }
  }

  /** Spares the cluster the time in which the failure detector would make sure. */
  private QuarantinedEvent terminated(Entry other) {
    return new QuarantinedEvent(new akka.remote.UniqueAddress(address(other), other.incarnation()));
  }

  private Address address(Entry other) {
    return new Address("akka", system(), other.host(), other.port());
  }

  private String system() {
    return getContext().getSystem().name();
  }

  /** Ends this node, in whatever remains of its cluster; the process starts it again. */
  private Behavior<Object> leave(String why) {
    LOG.atWarn().addKeyValue("problem", why).log("Leaves the cluster");
    cluster.manager().tell(new Down(cluster.selfMember().address()));
    return Behaviors.stopped();
  }
}
