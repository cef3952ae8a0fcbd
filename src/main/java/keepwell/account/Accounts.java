package keepwell.account;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.util.Timeout;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import keepwell.account.Command.Close;
import keepwell.account.Command.Erase;
import keepwell.account.Command.Explain;
import keepwell.account.Command.Passivate;
import keepwell.account.Command.RecordOutcomes;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.RemoveOverride;
import keepwell.account.Command.SetLabels;
import keepwell.account.Command.SetOverride;
import keepwell.account.Command.ShowHistory;
import keepwell.account.Command.ShowOutcomes;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.OutcomeStatement;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;

/**
 * All accounts, wherever in the cluster they are. What is asked while too much is under way or the
 * database is away is answered with a {@link Refusal} at once. An answer that does not come in time
 * fails with a {@link java.util.concurrent.TimeoutException}: what was asked may have been done or
 * not.
 */
public final class Accounts {
  /** One command holds no more, of signals or outcomes: it must pass between nodes. */
  public static final int SIGNALS_MAX = 1000;

  static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "account");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Fingerprint fingerprint;
  private final Timeout answerTimeout;
  private final Database database;
  private final InFlight inFlight;
  private final Moves moves;
  private final Gathering gathering;

  /**
   * What the accounts of a node may cost.
   *
   * @param inFlightMax commands that this node may be waiting for; the journal's queue must hold
   *     their events
   * @param answerTimeout how long it waits for one
   * @param snapshotEvery after how many events an account stores a snapshot
   * @param capacity of each
   */
  public record Limits(
      int inFlightMax, Duration answerTimeout, int snapshotEvery, Capacity capacity) {}

  private Accounts(
      ActorSystem<?> system,
      ClusterSharding sharding,
      Fingerprint fingerprint,
      Limits limits,
      InFlight inFlight,
      Database database) {
    this.inFlight = inFlight;
    this.system = system;
    this.moves = new Moves(system);
    this.sharding = sharding;
    this.fingerprint = fingerprint;
    this.answerTimeout = Timeout.create(limits.answerTimeout());
    this.database = database;
    this.gathering =
        new Gathering(
            (line, signals) ->
                ask(
                    line.account(),
                    replyTo -> new RecordSignals(line.account(), signals, line.quiet(), replyTo)),
            System::nanoTime);
  }

  /**
   * Lets this node host accounts.
   *
   * @param thresholds that playbooks name, as far as this node knows
   */
  public static Accounts host(
      ActorSystem<?> system,
      Fingerprint fingerprint,
      Days days,
      ScorecardVersions scorecards,
      Supplier<Thresholds> thresholds,
      InstantSource productClock,
      InstantSource realClock,
      Limits limits,
      MeterRegistry meters) {
    Database database = JournalDatabase.of(system.classicSystem());
    var setting =
        new AccountEntity.Setting(
            days,
            scorecards,
            thresholds,
            productClock,
            realClock,
            database.writes(),
            limits.capacity(),
            limits.snapshotEvery());
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(KEY, context -> AccountEntity.create(context, setting))
            .withStopMessage(Passivate.INSTANCE));
    InFlight inFlight = new InFlight(limits.inFlightMax(), System::nanoTime);
    system.systemActorOf(inFlight.watch(), "in-flight", Props.empty());
    system.systemActorOf(LostCommands.watch(), "lost-commands", Props.empty());
    Accounts accounts = new Accounts(system, sharding, fingerprint, limits, inFlight, database);
    setting.recoveries().measure(meters);
    inFlight.measure(meters);
    accounts.moves.measure(meters);
    accounts.gathering.refusals().measure(meters);
    return accounts;
  }

  /**
   * Completes when any account can be asked for without waiting for its shard to be placed. Takes
   * the first node of a cluster some seconds; alone, a node places one in no time.
   */
  public CompletionStage<?> placed() {
    return database.embedded()
        ? CompletableFuture.completedFuture(null)
        : Shards.place(system, sharding);
  }

  /**
   * Records signals of one account, as one event, and perhaps with others of it.
   *
   * @param signals {@link #SIGNALS_MAX} at most
   */
  public CompletionStage<Answer> record(String account, List<Signal> signals, boolean quiet) {
    return gathering.record(new Gathering.Line(account, quiet), signals);
  }

  /**
   * Records what became of an account, as one command.
   *
   * @param outcomes {@link #SIGNALS_MAX} at most
   */
  public CompletionStage<Answer> recordOutcomes(String account, List<OutcomeStatement> outcomes) {
    return ask(account, replyTo -> new RecordOutcomes(account, outcomes, replyTo));
  }

  /** What became of an account. */
  public CompletionStage<Answer> outcomes(String account) {
    return ask(account, ShowOutcomes::new);
  }

  /** Sets labels, and removes those without a value. */
  public CompletionStage<Answer> label(String account, Map<String, Optional<String>> labels) {
    return ask(account, replyTo -> new SetLabels(account, labels, replyTo));
  }

  /** Holds the score of an account within bounds. */
  public CompletionStage<Answer> override(String account, ScoreOverride override) {
    return ask(account, replyTo -> new SetOverride(account, override, replyTo));
  }

  /** Takes the override of an account back, if there is one. */
  public CompletionStage<Answer> removeOverride(String account) {
    return ask(account, replyTo -> new RemoveOverride(account, replyTo));
  }

  /**
   * How an account stands.
   *
   * @param asOf another day than today, counted from 1970-01-01
   */
  public CompletionStage<Answer> show(String account, Optional<Integer> asOf) {
    return ask(account, replyTo -> new ShowStanding(account, asOf, replyTo));
  }

  /**
   * An account day by day.
   *
   * @param days how many, today included
   */
  public CompletionStage<Answer> history(String account, int days) {
    return ask(account, replyTo -> new ShowHistory(account, days, replyTo));
  }

  /**
   * How an account stands, and how it came to that.
   *
   * @param overDays over how many days changes are explained
   */
  public CompletionStage<Answer> explain(String account, List<Integer> overDays) {
    return ask(account, replyTo -> new Explain(account, overDays, replyTo));
  }

  /** Closes an account, or reopens it. */
  public CompletionStage<Answer> close(String account, boolean closed) {
    return ask(account, replyTo -> new Close(closed, replyTo));
  }

  /**
   * Erases an account, as far as it knows itself: what is stored of it is gone once the read side
   * has followed.
   */
  public CompletionStage<Answer> erase(String account) {
    return ask(account, replyTo -> new Erase(account, replyTo));
  }

  /** The same accounts, for those who go through all of them. */
  public Rounds rounds() {
    return new Rounds(this::askEntity);
  }

  /** What an account is called in the journal, and by those who follow it. */
  public String persistenceId(String account) {
    return AccountEntity.PREFIX + fingerprint.entityId(account);
  }

  private CompletionStage<Answer> ask(String account, Function<ActorRef<Answer>, Command> command) {
    return askEntity(fingerprint.entityId(account), command);
  }

  private CompletionStage<Answer> askEntity(
      String entityId, Function<ActorRef<Answer>, Command> command) {
    if (database.isAway()) { // an account could not even be recovered
      return CompletableFuture.completedFuture(Refusal.of(Code.UNAVAILABLE));
    }
    var entity = sharding.entityRefFor(KEY, entityId).asScala();
    return inFlight.ask(() -> moves.ask(() -> entity.ask(command::apply, answerTimeout)));
  }
}
