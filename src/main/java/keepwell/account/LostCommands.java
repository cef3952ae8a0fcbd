package keepwell.account;

import akka.actor.DeadLetter;
import akka.actor.typed.Behavior;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.Behaviors;
import keepwell.account.Command.Answered;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;

/**
 * Answers the commands that come to an account just when it has stopped: nothing was done, and
 * nobody else would tell.
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
                if (lost.message() instanceof Answered command) {
                  command.replyTo().tell(Refusal.of(Code.BUSY));
                }
                return Behaviors.same();
              });
        });
  }
}
