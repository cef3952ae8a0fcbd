package keepwell.account;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import keepwell.account.Command.Answered;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;

/**
 * Those who wait for an answer of one account: not too many, and none in vain. More are refused
 * before they get into its stash, which so has room for what makes it stop; and whatever stops it,
 * who was waiting is told.
 */
final class Waiting extends BehaviorInterceptor<Command, Command> {
  /**
   * Below {@code akka.persistence.typed.stash-capacity}. Questions that wait are answered each
   * within the call of the one before: so many must fit on a stack.
   */
  static final int MAX = 200;

  /** Made anew whenever somebody waits: of many accounts nobody asks anything. */
  private Queue<ActorRef<Answer>> inOrder;

  /** Those who have this one among them; null once it is recovered. */
  private Recoveries recoveries;

  /** How many there are in memory. */
  private final AtomicInteger resident;

  Waiting(Recoveries recoveries) {
    super(Command.class);
    this.recoveries = recoveries;
    this.resident = recoveries.resident();
    resident.incrementAndGet();
  }

  @Override
  public Behavior<Command> aroundReceive(
      TypedActorContext<Command> context, Command command, ReceiveTarget<Command> target) {
    if (command instanceof Answered question) {
      if (inOrder == null) {
        inOrder = new ArrayDeque<>(1);
      }
      if (inOrder.size() >= MAX) {
        question.replyTo().tell(Refusal.of(Code.BUSY));
        return Behaviors.same();
      }
      inOrder.add(question.replyTo());
    }
    return target.apply(context, command);
  }

  /** It can answer now; that it has been told already does not matter. */
  void recovered() {
    if (recoveries != null) {
      recoveries.end();
      recoveries = null;
    }
  }

  /** The first has been answered. */
  void answered() {
    inOrder.remove();
    if (inOrder.isEmpty()) {
      inOrder = null;
    }
  }

  @Override
  public Behavior<Command> aroundSignal(
      TypedActorContext<Command> context, Signal signal, SignalTarget<Command> target) {
    if (signal instanceof PostStop) {
      resident.decrementAndGet();
      Code why = recoveries == null ? Code.UNAVAILABLE : Code.UNRECOVERED;
      recovered();
      Queue<ActorRef<Answer>> inVain = inOrder == null ? new ArrayDeque<>() : inOrder;
      inVain.forEach(replyTo -> replyTo.tell(Refusal.of(why)));
      inOrder = null;
    }
    return target.apply(context, signal);
  }
}
