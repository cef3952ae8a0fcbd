package keepwell.http;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.google.common.collect.Lists;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.http.Entry.Taken;

/**
 * Hands the records of a request to their accounts, those of one account together. A stream waits
 * while the journal has too much to do, and so does its sender.
 */
final class Ingestion {
  /** How long it is first waited where an account is told to come again; then twice as long. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** The longer, the more others are let in meanwhile. */
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  /** After so many pauses, 56 seconds in all, a stream is refused too: less than a proxy waits. */
  private static final int STREAM_PAUSES_MAX = 57;

  /** After so many, two seconds in all, an array is: the rest of it may be stored already. */
  private static final int ARRAY_PAUSES_MAX = 3;

  /**
   * Accounts that a stream waits for at once. Were it all of a group, everybody else would stand in
   * a queue behind them; and the more must be read, the more of others are refused.
   */
  private static final int STREAM_ACCOUNTS_MAX = 100;

  private final ActorSystem<?> system;

  Ingestion(ActorSystem<?> system) {
    this.system = system;
  }

  /** How an account takes records. */
  @FunctionalInterface
  interface Recorder<T> {
    /**
     * Answers with what became of them, or a refusal.
     *
     * @param records {@link Accounts#SIGNALS_MAX} at most
     */
    CompletionStage<Answer> record(String account, List<T> records);
  }

  /** Records of one account that go together. */
  private record Batch<T>(String account, List<Taken<T>> records) {
    List<T> what() {
      List<T> what = new ArrayList<>(records.size());
      records.forEach(taken -> what.add(taken.what()));
      return what;
    }
  }

  /**
   * Records everything of a stream that can be.
   *
   * @param groups of records; within a group those of an account go together
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  <T> CompletionStage<Tally> stream(
      Source<List<Entry<T>>, NotUsed> groups, Recorder<T> recorder, Tally tally) {
    Outstanding outstanding = new Outstanding(tally);
    return groups
        .mapConcat(group -> batches(group, tally))
        .takeWhile(batch -> !outstanding.hasFailed())
        .mapAsyncUnordered(
            STREAM_ACCOUNTS_MAX,
            batch -> outstanding.count(batch, record(batch, recorder, STREAM_PAUSES_MAX)))
        .runWith(Sink.ignore(), system)
        .handle((done, failure) -> outstanding.all(failure))
        .thenCompose(all -> all);
  }

  /**
   * Records everything that can be.
   *
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  <T> CompletionStage<Tally> all(List<Entry<T>> entries, Recorder<T> recorder, Tally tally) {
    int pauses = entries.size() > 1 ? ARRAY_PAUSES_MAX : 0;
    Outstanding outstanding = new Outstanding(tally);
    for (Batch<T> batch : batches(entries, tally)) {
      var unused = outstanding.count(batch, record(batch, recorder, pauses));
    }
    return outstanding.all(null);
  }

  private static <T> List<Batch<T>> batches(List<Entry<T>> entries, Tally tally) {
    Map<String, List<Taken<T>>> byAccount = new LinkedHashMap<>();
    for (Entry<T> entry : entries) {
      if (entry instanceof Taken<T> taken) {
        byAccount.computeIfAbsent(taken.account(), account -> new ArrayList<>(1)).add(taken);
      } else {
        tally.add(entry);
      }
    }
    List<Batch<T>> batches = new ArrayList<>(byAccount.size());
    byAccount.forEach(
        (account, all) ->
            Lists.partition(all, Accounts.SIGNALS_MAX)
                .forEach(some -> batches.add(new Batch<>(account, some))));
    return batches;
  }

  private <T> CompletionStage<Answer> record(Batch<T> batch, Recorder<T> recorder, int pauses) {
    return record(batch.account(), batch.what(), recorder, pauses, PAUSE);
  }

  /**
   * @param pauses for which it waits while too much is under way; none to be refused at once
   */
  private <T> CompletionStage<Answer> record(
      String account, List<T> records, Recorder<T> recorder, int pauses, Duration pause) {
    CompletionStage<Answer> recorded = recorder.record(account, records);
    return pauses == 0
        ? recorded
        : recorded.thenCompose(
            answer ->
                answer instanceof Refusal no && no.code() == Code.BUSY
                    ? Patterns.after(
                        pause,
                        system.classicSystem(),
                        () -> record(account, records, recorder, pauses - 1, longer(pause)))
                    : CompletableFuture.completedFuture(answer));
  }

  private static Duration longer(Duration pause) {
    return pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
  }

  /** What became of a batch; a refusal of all of it is the answer to the request. */
  private static Recorded recorded(Answer answer) {
    if (answer instanceof Refusal refusal) {
      throw new Problem.Raised(Problem.of(refusal));
    }
    return (Recorded) answer;
  }

  /** The batches that are not counted yet: there are many, so they are only numbered. */
  private static final class Outstanding {
    private final CompletableFuture<Tally> all = new CompletableFuture<>();
    private final AtomicInteger left = new AtomicInteger(1); // until all have begun
    private final Tally tally;
    private volatile Throwable failure;

    Outstanding(Tally tally) {
      this.tally = tally;
    }

    boolean hasFailed() {
      return failure != null;
    }

    /** Counts a batch when it is answered; what is returned completes then, in any case. */
    CompletionStage<Boolean> count(Batch<?> batch, CompletionStage<Answer> answered) {
      left.incrementAndGet();
      return answered.handle(
          (answer, failed) -> {
            try {
              if (failed == null) {
                tally.add(batch.records(), recorded(answer));
              } else {
                failure = failed;
              }
            } catch (RuntimeException e) {
              failure = e;
            }
            end();
            return true;
          });
    }

    private void end() {
      if (left.decrementAndGet() > 0) {
        return;
      }
      if (failure == null) {
        all.complete(tally);
      } else {
        all.completeExceptionally(failure);
      }
    }

    /**
     * All have begun.
     *
     * @param cause why there are no more; null if those were all
     */
    CompletionStage<Tally> all(Throwable cause) {
      if (cause != null) {
        failure = cause;
      }
      end();
      return all;
    }
  }
}
