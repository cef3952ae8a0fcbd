package keepwell.account;

import akka.actor.typed.ActorRef;
import akka.actor.typed.BackoffSupervisorStrategy;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import akka.persistence.typed.javadsl.SignalHandlerBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import keepwell.account.Command.Answered;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.Answer;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Decision;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Thresholds;
import keepwell.journal.Projection;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.WriteQueue;

/** An account as an actor: it asks what is to be done, stores the events, and only then answers. */
final class AccountEntity
    extends EventSourcedBehaviorWithEnforcedReplies<Command, AccountEvent, Account> {
  /** Before the entity id it makes the persistence id. */
  static final String PREFIX = "account-";

  private static final Set<String> LISTED = Set.of(Projection.LISTED);

  /** How long, until the next command is a new attempt. */
  private static final Duration REFUSING = Duration.ofMillis(100);

  /**
   * An account whose journal fails stops, and the next command starts it. Nobody knocks at a
   * database that is away: such a command is refused before it comes here.
   */
  private static final BackoffSupervisorStrategy STOP =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0)
          .withMaxRestarts(0)
          .withLoggingEnabled(false);

  private static final SignalHandler<Account> SIGNALS =
      SignalHandlerBuilder.<Account>builder()
          .onSignal(RecoveryFailed.class, (account, failed) -> Recoveries.tell(failed.getFailure()))
          .build();

  private final Setting setting;
  private final Deciding deciding;
  private final Waiting waiting;

  /**
   * What all accounts of a node share.
   *
   * @param thresholds that playbooks name
   * @param productClock drives days, tiers and the limit on the future
   * @param realClock drives how long ids are remembered
   * @param writes what waits to be stored
   * @param capacity of every account
   * @param unknown an account before its first event
   */
  record Setting(
      Days days,
      ScorecardVersions scorecards,
      Supplier<Thresholds> thresholds,
      InstantSource productClock,
      InstantSource realClock,
      WriteQueue writes,
      Recoveries recoveries,
      Capacity capacity,
      Account unknown,
      RetentionCriteria retention,
      SnapshotAdapter<Account> snapshots) {

    /**
     * @param snapshotEvery events
     */
    Setting(
        Days days,
        ScorecardVersions scorecards,
        Supplier<Thresholds> thresholds,
        InstantSource productClock,
        InstantSource realClock,
        WriteQueue writes,
        Capacity capacity,
        int snapshotEvery) {
      this(
          days,
          scorecards,
          thresholds,
          productClock,
          realClock,
          writes,
          new Recoveries(System::nanoTime),
          capacity,
          Account.unknown(days),
          RetentionCriteria.snapshotEvery(snapshotEvery),
          new Snapshots(days));
    }
  }

  private AccountEntity(String entityId, Setting setting, Waiting waiting) {
    super(PersistenceId.ofUniqueId(PREFIX + entityId), STOP);
    this.setting = setting;
    this.deciding = new Deciding(setting);
    this.waiting = waiting;
  }

  static Behavior<Command> create(EntityContext<Command> entity, Setting setting) {
    return Behaviors.setup(
        context -> {
          if (!setting.recoveries().begin()) {
            var leave = new ClusterSharding.Passivate<>(context.getSelf());
            var unused = context.scheduleOnce(REFUSING, entity.getShard(), leave);
            return Behaviors.receiveMessage(AccountEntity::refuse);
          }
          Waiting waiting = new Waiting(setting.recoveries());
          return Behaviors.intercept(
              () -> waiting, new AccountEntity(entity.getEntityId(), setting, waiting));
        });
  }

  /** What an account does that could not be recovered soon. */
  private static Behavior<Command> refuse(Command command) {
    if (command instanceof Answered question) {
      question.replyTo().tell(Refusal.of(Code.BUSY));
      return Behaviors.same();
    }
    return Behaviors.stopped();
  }

  @Override
  public Account emptyState() {
    return setting.unknown();
  }

  @Override
  public CommandHandlerWithReply<Command, AccountEvent, Account> commandHandler() {
    return (account, command) -> {
      waiting.recovered();
      return command instanceof Answered question
          ? answer(deciding.on(account, question), question.replyTo())
          : Effect().stop().thenNoReply();
    };
  }

  private ReplyEffect<AccountEvent, Account> answer(
      Decision<? extends Answer> decision, ActorRef<Answer> to) {
    Optional<Refusal> refusal =
        decision.events().isEmpty() ? Optional.empty() : setting.writes().refusal();
    var effect =
        decision.events().isEmpty() || refusal.isPresent()
            ? Effect().none()
            : Effect().persist(decision.events());
    return effect
        .thenRun((Account stored) -> waiting.answered())
        .thenReply(to, stored -> refusal.<Answer>map(no -> no).orElse(decision.answer()));
  }

  @Override
  public EventHandler<Account, AccountEvent> eventHandler() {
    return Account::evolve;
  }

  @Override
  public Set<String> tagsFor(AccountEvent event) {
    return event.changesListing() ? LISTED : Set.of();
  }

  @Override
  public SignalHandler<Account> signalHandler() {
    return SIGNALS;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return setting.retention();
  }

  /**
   * So that an erased account is not recovered from all of its overwritten events. (The state that
   * is handed in may be the one before the event.)
   */
  @Override
  public boolean shouldSnapshot(Account account, AccountEvent event, long sequenceNumber) {
    return event instanceof AccountErased;
  }

  @Override
  public SnapshotAdapter<Account> snapshotAdapter() {
    return setting.snapshots();
  }
}
