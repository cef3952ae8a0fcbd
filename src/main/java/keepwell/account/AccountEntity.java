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
import keepwell.account.Command.Close;
import keepwell.account.Command.Erase;
import keepwell.account.Command.Explain;
import keepwell.account.Command.Preview;
import keepwell.account.Command.RecordOutcomes;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.RemoveOverride;
import keepwell.account.Command.Rescore;
import keepwell.account.Command.Retrace;
import keepwell.account.Command.Review;
import keepwell.account.Command.SetLabels;
import keepwell.account.Command.SetOverride;
import keepwell.account.Command.ShowHistory;
import keepwell.account.Command.ShowOutcomes;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.Answer;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Decider;
import keepwell.health.Decider.Moment;
import keepwell.health.Decision;
import keepwell.health.Inquiry;
import keepwell.health.OutcomeDecider;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Thresholds;
import keepwell.health.Upkeep;
import keepwell.journal.Projection;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.WriteQueue;

/**
 * An account as an actor: it asks {@link Decider} or {@link Inquiry}, stores the events, and only
 * then answers.
 */
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
          ? answer(decide(account, question), question.replyTo())
          : Effect().stop().thenNoReply();
    };
  }

  private Decision<? extends Answer> decide(Account account, Answered command) {
    if (command instanceof Rescore rescore) {
      setting.scorecards().know(rescore.version());
      return Upkeep.rescore(account, moment(account));
    }
    Moment moment = moment(account);
    if (command instanceof RecordSignals record) {
      return Decider.record(account, record.account(), record.signals(), record.quiet(), moment);
    }
    if (command instanceof SetLabels set) {
      return Decider.label(account, set.account(), set.labels(), moment);
    }
    if (command instanceof SetOverride set) {
      return Decider.override(account, set.override(), moment);
    }
    if (command instanceof RemoveOverride) {
      return Decider.removeOverride(account, moment);
    }
    if (command instanceof Close close) {
      return Decider.close(account, close.closed(), moment);
    }
    if (command instanceof Review review) {
      return Upkeep.review(account, review.day(), moment);
    }
    if (command instanceof ShowStanding show) {
      return Inquiry.standing(account, show.asOf(), moment);
    }
    if (command instanceof ShowHistory show) {
      return Inquiry.history(account, show.days(), moment);
    }
    if (command instanceof RecordOutcomes record) {
      return OutcomeDecider.record(account, record.account(), record.outcomes(), moment);
    }
    if (command instanceof ShowOutcomes) {
      return Inquiry.outcomes(account);
    }
    if (command instanceof Preview preview) {
      return setting
          .scorecards()
          .compared(preview.version(), preview.drafts())
          .map(all -> Inquiry.preview(account, all, preview.leasts(), moment))
          .orElseGet(() -> Decision.of(Refusal.of(Code.UNAVAILABLE)));
    }
    if (command instanceof Retrace retrace) {
      return Inquiry.retrace(account, retrace.days(), moment);
    }
    if (command instanceof Erase) {
      return Decider.erase(account, moment);
    }
    Explain explain = (Explain) command;
    return Inquiry.explanation(account, explain.overDays(), setting.scorecards()::before, moment);
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

  private Moment moment(Account account) {
    return new Moment(
        setting.productClock().instant(),
        setting.realClock().instant(),
        setting.scorecards().since(Decider.settledBy(account)),
        setting.thresholds().get(),
        setting.capacity());
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
