package keepwell.account;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.journal.Refusals;

/**
 * The commands whose answers this node waits for. There is a limit to them; and when a node was
 * taken for dead, who has been waiting for a while waits no longer, as it may be for that node.
 */
final class InFlight {
  /** Longer than an account needs that is there. */
  static final Duration DOUBTED_AFTER = Duration.ofSeconds(1);

  private final int max;
  private final LongSupplier nanoTime;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final Refusals refusals = new Refusals("in-flight");

  /** Who waits, since when. */
  private static final class Waiter {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final long since;

    Waiter(long since) {
      this.since = since;
    }
  }

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  InFlight(int max, LongSupplier nanoTime) {
    this.max = max;
    this.nanoTime = nanoTime;
  }

  /** Asks, unless too much has been asked already. */
  CompletionStage<Answer> ask(Supplier<CompletionStage<Answer>> question) {
    if (waiters.size() >= max) {
      refusals.add();
      return CompletableFuture.completedFuture(Refusal.of(Code.BUSY));
    }
    Waiter waiter = new Waiter(nanoTime.getAsLong());
    waiters.add(waiter);
    question
        .get()
        .whenComplete(
            (given, failure) -> {
              waiters.remove(waiter);
              if (failure == null) {
                waiter.answer.complete(given);
              } else {
                waiter.answer.completeExceptionally(failure);
              }
            });
    return waiter.answer;
  }

  void nodeGone() {
    long now = nanoTime.getAsLong();
    for (Waiter waiter : waiters) {
      if (now - waiter.since >= DOUBTED_AFTER.toNanos()) {
        waiter.answer.completeExceptionally(new TimeoutException("A node has gone"));
      }
    }
  }

  void measure(MeterRegistry meters) {
    Gauge.builder("keepwell.accounts.in.flight", waiters::size)
        .description("Commands to accounts whose answers this node waits for")
        .register(meters);
    refusals.measure(meters);
  }

  /** Looks for nodes that go. */
  Behavior<MemberRemoved> watch() {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), MemberRemoved.class));
          return Behaviors.receiveMessage(
              removed -> {
                if (removed.previousStatus().equals(MemberStatus.down())) {
                  nodeGone();
                } // else it has handed its accounts over
                return Behaviors.same();
              });
        });
  }
}
