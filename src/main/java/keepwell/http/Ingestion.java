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
import keepwell.health.Signal;
import keepwell.http.SignalDraft.Entry;
import keepwell.http.SignalDraft.Taken;

/**
 * Hands the signals of a request to their accounts, those of one account together. A stream waits
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
  private final Accounts accounts;

  Ingestion(ActorSystem<?> system, Accounts accounts) {
    this.system = system;
    this.accounts = accounts;
  }

  /** Records of one account that go together. */
  private record Batch(String account, List<Taken> records) {
    List<Signal> signals() {
      List<Signal> signals = new ArrayList<>(records.size());
      records.forEach(taken -> signals.add(taken.signal()));
      return signals;
    }
  }

  /**
   * Records everything of a stream that can be.
   *
   * @param groups of records; within a group the signals of an account become one event
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  CompletionStage<Tally> stream(Source<List<Entry>, NotUsed> groups, boolean quiet, Tally tally) {
    Outstanding outstanding = new Outstanding(tally);
    return groups
        .mapConcat(group -> batches(group, tally))
        .takeWhile(batch -> !outstanding.hasFailed())
        .mapAsyncUnordered(
            STREAM_ACCOUNTS_MAX,
            batch -> outstanding.count(batch, record(batch, quiet, STREAM_PAUSES_MAX)))
        .runWith(Sink.ignore(), system)
        .handle((done, failure) -> outstanding.all(failure))
        .thenCompose(all -> all);
  }

  /**
   * Records everything that can be.
   *
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  CompletionStage<Tally> all(List<Entry> entries, boolean quiet, Tally tally) {
    int pauses = entries.size() > 1 ? ARRAY_PAUSES_MAX : 0;
    Outstanding outstanding = new Outstanding(tally);
    for (Batch batch : batches(entries, tally)) {
      var unused = outstanding.count(batch, record(batch, quiet, pauses));
    }
    return outstanding.all(null);
  }

  private static List<Batch> batches(List<Entry> entries, Tally tally) {
    Map<String, List<Taken>> byAccount = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Taken taken) {
        byAccount.computeIfAbsent(taken.account(), account -> new ArrayList<>(1)).add(taken);
      } else {
        tally.add(entry);
      }
    }
    List<Batch> batches = new ArrayList<>(byAccount.size());
    byAccount.forEach(
        (account, all) ->
            Lists.partition(all, Accounts.SIGNALS_MAX)
                .forEach(some -> batches.add(new Batch(account, some))));
    return batches;
  }

  private CompletionStage<Answer> record(Batch batch, boolean quiet, int pauses) {
    return record(batch.account(), batch.signals(), quiet, pauses, PAUSE);
  }

  /**
   * @param pauses for which it waits while too much is under way; none to be refused at once
   */
  private CompletionStage<Answer> record(
      String account, List<Signal> signals, boolean quiet, int pauses, Duration pause) {
    CompletionStage<Answer> recorded = accounts.record(account, signals, quiet);
    return pauses == 0
        ? recorded
        : recorded.thenCompose(
            answer ->
                answer instanceof Refusal no && no.code() == Code.BUSY
                    ? Patterns.after(
                        pause,
                        system.classicSystem(),
                        () -> record(account, signals, quiet, pauses - 1, longer(pause)))
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
    CompletionStage<Boolean> count(Batch batch, CompletionStage<Answer> answered) {
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
