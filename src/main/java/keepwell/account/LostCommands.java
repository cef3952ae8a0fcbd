package keepwell.account;

import akka.actor.DeadLetter;
import akka.actor.Dropped;
import akka.actor.typed.Behavior;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import keepwell.account.Command.Answered;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;

/**
 * Answers the commands that come to an account just when it has stopped, or that waited at a node
 * for a shard that moves away: nothing was done, and nobody else would tell.
 */
final class LostCommands {
  private LostCommands() {}

  /** Looks for them on this node. */
  static Behavior<DeadLetter> watch() {
    return Behaviors.setup(
        context -> {
          context
              .getSystem()
              .eventStream()
              .tell(new EventStream.Subscribe<>(DeadLetter.class, context.getSelf()));
          return Behaviors.receiveMessage(
              lost -> {
                if (unwrapped(lost.message()) instanceof Answered command) {
                  command.replyTo().tell(Refusal.of(Code.MOVED));
                }
                return Behaviors.same();
              });
        });
  }

  private static Object unwrapped(Object message) {
    if (message instanceof Dropped dropped) {
      return unwrapped(dropped.message());
    }
    return message instanceof ShardingEnvelope<?> envelope ? envelope.message() : message;
  }
}
