package keepwell.http;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
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

  /** After so many pauses, 32 seconds in all, a stream is refused too. */
  private static final int STREAM_PAUSES_MAX = 7;

  /** After so many, two seconds in all, an array is: the rest of it may be stored already. */
  private static final int ARRAY_PAUSES_MAX = 3;

  private final ActorSystem<?> system;
  private final Accounts accounts;

  Ingestion(ActorSystem<?> system, Accounts accounts) {
    this.system = system;
    this.accounts = accounts;
  }

  /**
   * Records everything of a stream that can be, a group after the other.
   *
   * @param groups of records; within a group the signals of an account become one event
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  CompletionStage<Tally> stream(Source<List<Entry>, NotUsed> groups, boolean quiet, Tally tally) {
    return groups
        .mapAsync(1, group -> record(group, quiet, STREAM_PAUSES_MAX, tally))
        .runWith(Sink.ignore(), system)
        .thenApply(done -> tally);
  }

  /**
   * Records everything that can be.
   *
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  CompletionStage<Tally> all(List<Entry> entries, boolean quiet, Tally tally) {
    return record(entries, quiet, entries.size() > 1 ? ARRAY_PAUSES_MAX : 0, tally);
  }

  /**
   * @param pauses for which it waits while too much is under way; none to be refused at once
   */
  private CompletionStage<Tally> record(
      List<Entry> entries, boolean quiet, int pauses, Tally tally) {
    Map<String, List<Taken>> byAccount = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Taken taken) {
        byAccount.computeIfAbsent(taken.account(), account -> new ArrayList<>(1)).add(taken);
      } else {
        tally.add(entry);
      }
    }
    Outstanding outstanding = new Outstanding(tally);
    byAccount.forEach(
        (account, all) -> {
          for (int from = 0; from < all.size(); from += Accounts.SIGNALS_MAX) {
            List<Taken> batch =
                all.subList(from, Math.min(from + Accounts.SIGNALS_MAX, all.size()));
            outstanding.begin();
            record(account, signals(batch), quiet, pauses, PAUSE)
                .whenComplete((answer, failure) -> outstanding.end(batch, answer, failure));
          }
        });
    return outstanding.all();
  }

  private static List<Signal> signals(List<Taken> batch) {
    List<Signal> signals = new ArrayList<>(batch.size());
    batch.forEach(taken -> signals.add(taken.signal()));
    return signals;
  }

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
                        () -> record(account, signals, quiet, pauses - 1, pause.multipliedBy(2)))
                    : CompletableFuture.completedFuture(answer));
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

    void begin() {
      left.incrementAndGet();
    }

    void end(List<Taken> batch, Answer answer, Throwable failed) {
      try {
        if (failed == null) {
          tally.add(batch, recorded(answer));
        } else {
          failure = failed;
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      end();
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

    CompletionStage<Tally> all() {
      end();
      return all;
    }
  }
}
