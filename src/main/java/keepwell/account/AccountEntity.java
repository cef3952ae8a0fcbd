package keepwell.account;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.RetentionCriteria;
import java.time.Duration;
import java.time.InstantSource;
import keepwell.account.Command.Erase;
import keepwell.account.Command.Explain;
import keepwell.account.Command.Passivate;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.RemoveOverride;
import keepwell.account.Command.SetLabels;
import keepwell.account.Command.SetOverride;
import keepwell.account.Command.ShowHistory;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.Days;
import keepwell.health.Decider;
import keepwell.health.Decider.Moment;
import keepwell.health.Decision;
import keepwell.health.Inquiry;
import keepwell.journal.ScorecardVersions;

/**
 * An account as an actor: it asks {@link Decider} or {@link Inquiry}, stores the events, and only
 * then answers.
 */
final class AccountEntity
    extends EventSourcedBehaviorWithEnforcedReplies<Command, AccountEvent, Account> {
  private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);
  private static final int SNAPSHOTS_KEPT = 2;

  private final Setting setting;

  /**
   * What all accounts of a node share.
   *
   * @param productClock drives days, tiers and the limit on the future
   * @param realClock drives how long ids are remembered
   * @param snapshotEvery events
   */
  record Setting(
      Days days,
      ScorecardVersions scorecards,
      InstantSource productClock,
      InstantSource realClock,
      int snapshotEvery) {}

  private AccountEntity(String entityId, Setting setting) {
    super(
        PersistenceId.ofUniqueId("account-" + entityId),
        // Endless: an account whose journal fails comes back as soon as it does not.
        SupervisorStrategy.restartWithBackoff(BACKOFF_MIN, BACKOFF_MAX, 0.2));
    this.setting = setting;
  }

  static Behavior<Command> create(String entityId, Setting setting) {
    return new AccountEntity(entityId, setting);
  }

  @Override
  public Account emptyState() {
    return Account.unknown(setting.days());
  }

  @Override
  public CommandHandlerWithReply<Command, AccountEvent, Account> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(RecordSignals.class, this::onRecord)
        .onCommand(SetLabels.class, this::onLabel)
        .onCommand(SetOverride.class, this::onOverride)
        .onCommand(RemoveOverride.class, this::onRemoveOverride)
        .onCommand(ShowStanding.class, this::onShow)
        .onCommand(ShowHistory.class, this::onShowHistory)
        .onCommand(Explain.class, this::onExplain)
        .onCommand(Erase.class, this::onErase)
        .onCommand(Passivate.class, ignored -> Effect().stop().thenNoReply())
        .build();
  }

  private ReplyEffect<AccountEvent, Account> onRecord(Account account, RecordSignals command) {
    return answer(
        Decider.record(
            account, command.account(), command.signals(), command.quiet(), moment(account)),
        command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onLabel(Account account, SetLabels command) {
    return answer(
        Decider.label(account, command.account(), command.labels(), moment(account)),
        command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onOverride(Account account, SetOverride command) {
    return answer(
        Decider.override(account, command.override(), moment(account)), command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onRemoveOverride(
      Account account, RemoveOverride command) {
    return answer(Decider.removeOverride(account, moment(account)), command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onShow(Account account, ShowStanding command) {
    return answer(Inquiry.standing(account, command.asOf(), moment(account)), command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onShowHistory(Account account, ShowHistory command) {
    return answer(Inquiry.history(account, command.days(), moment(account)), command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onExplain(Account account, Explain command) {
    return answer(
        Inquiry.explanation(account, setting.scorecards()::before, moment(account)),
        command.replyTo());
  }

  private ReplyEffect<AccountEvent, Account> onErase(Account account, Erase command) {
    return answer(Decider.erase(account, moment(account)), command.replyTo());
  }

  private <A> ReplyEffect<AccountEvent, Account> answer(Decision<A> decision, ActorRef<A> to) {
    return decision.events().isEmpty()
        ? Effect().reply(to, decision.answer())
        : Effect().persist(decision.events()).thenReply(to, stored -> decision.answer());
  }

  private Moment moment(Account account) {
    return new Moment(
        setting.productClock().instant(),
        setting.realClock().instant(),
        setting.scorecards().since(Decider.settledBy(account)));
  }

  @Override
  public EventHandler<Account, AccountEvent> eventHandler() {
    return Account::evolve;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(setting.snapshotEvery(), SNAPSHOTS_KEPT);
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
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(Account account) {
        return account.parts();
      }

      @Override
      public Account fromJournal(Object parts) {
        return Account.of((Account.Parts) parts, setting.days());
      }
    };
  }
}
