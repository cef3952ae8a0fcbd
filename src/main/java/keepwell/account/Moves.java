package keepwell.account;

import akka.actor.typed.ActorSystem;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/**
 * Asks accounts, and again where one has just left for another node: nobody need know of a node
 * that comes or goes.
 */
final class Moves {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** How often; it takes an account about a second to move. */
  private static final int AGAIN_MAX = 50;

  private final ActorSystem<?> system;
  private final LongAdder askedAgain = new LongAdder();

  Moves(ActorSystem<?> system) {
    this.system = system;
  }

  void measure(MeterRegistry meters) {
    FunctionCounter.builder("keepwell.accounts.asked.again", askedAgain, LongAdder::sum)
        .description("Commands that were sent again, as their account was moving to another node")
        .register(meters);
  }

  CompletionStage<Answer> ask(Supplier<Future<Answer>> question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    ask(question, AGAIN_MAX, answer);
    return answer;
  }

  /** Goes on where it is answered: a stage of Java's own would go on in yet another thread. */
  private void ask(Supplier<Future<Answer>> question, int again, CompletableFuture<Answer> answer) {
    question
        .get()
        .onComplete(
            result -> {
              if (result.isFailure()) {
                answer.completeExceptionally(result.failed().get());
              } else if (again > 0 && hasMoved(result.get())) {
                askedAgain.increment();
                system
                    .scheduler()
                    .scheduleOnce(
                        PAUSE, () -> ask(question, again - 1, answer), system.executionContext());
              } else {
                answer.complete(result.get());
              }
              return null;
            },
            ExecutionContext.parasitic$.MODULE$);
  }

  private static boolean hasMoved(Answer answer) {
    return answer instanceof Refusal no && no.code() == Code.MOVED;
  }
}
