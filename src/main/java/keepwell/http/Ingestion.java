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
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Signal;
import keepwell.http.SignalDraft.Entry;
import keepwell.http.SignalDraft.Taken;

/**
 * Hands the signals of a request to their accounts, those of one account together, so many accounts
 * at a time as may be in flight; what comes after waits, and so does its sender. So does a stream
 * while the journal has too much to do.
 */
final class Ingestion {
  /** One command, and so one event, holds no more: it must pass between nodes. */
  private static final int SIGNALS_PER_COMMAND_MAX = 1000;

  /** How long a stream first waits where an account is told to come again; then twice as long. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** After so many pauses, 32 seconds in all, a stream is refused too. */
  static final int PAUSES_MAX = 7;

  private final ActorSystem<?> system;
  private final Accounts accounts;
  private final int accountsInFlightMax;

  Ingestion(ActorSystem<?> system, Accounts accounts, int accountsInFlightMax) {
    this.system = system;
    this.accounts = accounts;
    this.accountsInFlightMax = accountsInFlightMax;
  }

  /**
   * What goes to one account, or to none.
   *
   * @param other null if there is something for the account
   */
  private record Batch(String account, List<Taken> taken, Entry other) {}

  /**
   * Records everything that can be.
   *
   * @param groups of records, in the order of the request; within a group the signals of an account
   *     become one event
   * @param pauses for which it waits while too much is under way; none to be refused at once
   * @param tally of the request; complete when what is returned is, also where that fails
   */
  CompletionStage<Tally> run(
      Source<List<Entry>, NotUsed> groups, boolean quiet, int pauses, Tally tally) {
    return groups
        .flatMapConcat( // one group after another: what is in flight is bounded by records too
            group ->
                Source.from(batches(group))
                    .mapAsync(accountsInFlightMax, batch -> record(batch, quiet, pauses, tally)))
        .runWith(Sink.foreach(Runnable::run), system)
        .thenApply(done -> tally);
  }

  /** Asks the account, and returns what there is to count then. */
  private CompletionStage<Runnable> record(Batch batch, boolean quiet, int pauses, Tally tally) {
    if (batch.other() != null) {
      return CompletableFuture.completedFuture(() -> tally.add(batch.other()));
    }
    List<Signal> signals = batch.taken().stream().map(Taken::signal).toList();
    return record(batch.account(), signals, quiet, pauses, PAUSE)
        .thenApply(answer -> () -> tally.add(batch.taken(), recorded(answer)));
  }

  private CompletionStage<Answer> record(
      String account, List<Signal> signals, boolean quiet, int pauses, Duration pause) {
    return accounts
        .record(account, signals, quiet)
        .thenCompose(
            answer ->
                pauses > 0 && answer instanceof Refusal no && no.code() == Code.BUSY
                    ? Patterns.after(
                        pause,
                        system.classicSystem(),
                        () -> record(account, signals, quiet, pauses - 1, pause.multipliedBy(2)))
                    : CompletableFuture.completedFuture(answer));
  }

  /** What became of a batch; a refusal of all of it ends the request. */
  private static Recorded recorded(Answer answer) {
    if (answer instanceof Refusal refusal) {
      throw new Problem.Raised(Problem.of(refusal));
    }
    return (Recorded) answer;
  }

  private static List<Batch> batches(List<Entry> entries) {
    Map<String, List<Taken>> byAccount = new LinkedHashMap<>();
    List<Batch> batches = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Taken taken) {
        byAccount.computeIfAbsent(taken.account(), account -> new ArrayList<>()).add(taken);
      } else {
        batches.add(new Batch(null, List.of(), entry));
      }
    }
    byAccount.forEach(
        (account, all) -> {
          for (int from = 0; from < all.size(); from += SIGNALS_PER_COMMAND_MAX) {
            int to = Math.min(from + SIGNALS_PER_COMMAND_MAX, all.size());
            batches.add(new Batch(account, all.subList(from, to), null));
          }
        });
    return batches;
  }
}
