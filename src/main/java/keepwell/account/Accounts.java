package keepwell.account;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import keepwell.account.Command.Passivate;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.SetLabels;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Recorded;
import keepwell.health.Signal;
import keepwell.journal.ScorecardVersions;

/**
 * All accounts, wherever in the cluster they are. An answer that does not come in time fails with a
 * {@link java.util.concurrent.TimeoutException}: what was asked may have been done or not.
 */
public final class Accounts {
  /** Fixed for ever: it is part of what an account's events are stored under. */
  static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "account");

  private final ClusterSharding sharding;
  private final Fingerprint fingerprint;
  private final Duration answerTimeout;

  private Accounts(ClusterSharding sharding, Fingerprint fingerprint, Duration answerTimeout) {
    this.sharding = sharding;
    this.fingerprint = fingerprint;
    this.answerTimeout = answerTimeout;
  }

  /**
   * Lets this node host accounts.
   *
   * @param snapshotEvery after how many events an account stores a snapshot
   */
  public static Accounts host(
      ActorSystem<?> system,
      Fingerprint fingerprint,
      Days days,
      ScorecardVersions scorecards,
      InstantSource productClock,
      InstantSource realClock,
      Duration answerTimeout,
      int snapshotEvery) {
    var setting =
        new AccountEntity.Setting(days, scorecards, productClock, realClock, snapshotEvery);
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(KEY, context -> AccountEntity.create(context.getEntityId(), setting))
            .withStopMessage(Passivate.INSTANCE));
    return new Accounts(sharding, fingerprint, answerTimeout);
  }

  /** Records signals of one account, as one event. */
  public CompletionStage<Recorded> record(String account, List<Signal> signals, boolean quiet) {
    return entity(account)
        .ask(replyTo -> new RecordSignals(account, signals, quiet, replyTo), answerTimeout);
  }

  /** Sets labels, and removes those without a value. */
  public CompletionStage<Answer> label(String account, Map<String, Optional<String>> labels) {
    return entity(account).ask(replyTo -> new SetLabels(account, labels, replyTo), answerTimeout);
  }

  /**
   * How an account stands.
   *
   * @param asOf another day than today, counted from 1970-01-01
   */
  public CompletionStage<Answer> show(String account, Optional<Integer> asOf) {
    return entity(account).ask(replyTo -> new ShowStanding(account, asOf, replyTo), answerTimeout);
  }

  private EntityRef<Command> entity(String account) {
    return sharding.entityRefFor(KEY, fingerprint.entityId(account));
  }
}
