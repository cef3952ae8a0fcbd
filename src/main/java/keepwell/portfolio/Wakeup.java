package keepwell.portfolio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Reviewed;

/**
 * Looks at accounts though nobody asks: few at once, so that those who do ask get by far the most
 * of what a node can do, and no more a second than may be.
 */
public final class Wakeup {
  /** For an answer; whoever holds a lock meanwhile is not taken for dead yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long others wait for the lock; then whoever has it shows that it lives. */
  private static final Duration LOOK_MAX = Duration.ofSeconds(3);

  private final int atOnceMax;
  private final int perSecondMax;
  private final LongSupplier nanoTime;
  private final LongConsumer rest;

  /**
   * What became of it.
   *
   * @param looked how many were looked at, the first of all
   * @param due how many had reason to be looked at
   * @param failed how many could not be, by themselves
   */
  record Outcome(int looked, int due, int failed) {}

  /** Some could not be looked at now, and no fault of theirs. */
  private static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException() {
      super("accounts are not reached", null, false, false);
    }
  }

  /**
   * @param perSecondMax of those that are looked at
   */
  public Wakeup(int atOnceMax, int perSecondMax) {
    this(atOnceMax, perSecondMax, System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * @param rest waits for so many nanoseconds
   */
  Wakeup(int atOnceMax, int perSecondMax, LongSupplier nanoTime, LongConsumer rest) {
    this.atOnceMax = atOnceMax;
    this.perSecondMax = perSecondMax;
    this.nanoTime = nanoTime;
    this.rest = rest;
  }

  /** How many accounts may be looked at before somebody else wants to know: a second's, or less. */
  int atMost(int count) {
    return Math.min(count, perSecondMax);
  }

  /**
   * Has a few accounts looked at, or only the first of them if that takes seconds; waits until they
   * are, and until the next may be. Whoever has the lock keeps it so long: no other node goes on
   * sooner.
   *
   * @param look answers {@link Reviewed}, or a {@link Refusal} if it can't be done now
   */
  Outcome all(List<String> persistenceIds, Function<String, CompletionStage<Answer>> look) {
    long start = nanoTime.getAsLong();
    int due = 0;
    int failed = 0;
    boolean busy = false;
    List<Optional<Answer>> answers = answers(persistenceIds, look, LOOK_MAX.toNanos());
    for (Optional<Answer> answer : answers) {
      busy |= answer.filter(Refusal.class::isInstance).isPresent();
      due += answer.filter(Wakeup::isDue).isPresent() ? 1 : 0;
      failed += answer.isEmpty() ? 1 : 0;
    }
    if (busy) {
      throw new BusyException();
    }
    long least = TimeUnit.SECONDS.toNanos(answers.size()) / perSecondMax;
    rest.accept(Math.max(0, start + least - nanoTime.getAsLong()));
    return new Outcome(answers.size(), due, failed);
  }

  /** It is its own failure: if all cannot be read, then who looks at them cannot go on either. */
  private static boolean isUnrecovered(Answer answer) {
    return answer instanceof Refusal refusal && refusal.code() == Refusal.Code.UNRECOVERED;
  }

  private static boolean isDue(Answer answer) {
    return answer instanceof Reviewed reviewed && reviewed.due();
  }

  /** What each account answers, in their order; empty where it doesn't, or cannot be read. */
  public List<Optional<Answer>> answers(
      List<String> persistenceIds, Function<String, CompletionStage<Answer>> question) {
    return answers(persistenceIds, question, Long.MAX_VALUE);
  }

  private List<Optional<Answer>> answers(
      List<String> persistenceIds,
      Function<String, CompletionStage<Answer>> question,
      long nanosMax) {
    long start = nanoTime.getAsLong();
    Semaphore places = new Semaphore(atOnceMax);
    List<CompletableFuture<Optional<Answer>>> answers = new ArrayList<>();
    for (String persistenceId : persistenceIds) {
      places.acquireUninterruptibly();
      if (nanoTime.getAsLong() - start >= nanosMax) {
        break;
      }
      answers.add(
          question
              .apply(persistenceId)
              .toCompletableFuture()
              .orTimeout(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
              .handle(
                  (answer, failure) -> {
                    places.release();
                    return Optional.ofNullable(answer).filter(told -> !isUnrecovered(told));
                  }));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }
}
