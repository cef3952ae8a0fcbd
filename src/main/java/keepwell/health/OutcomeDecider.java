package keepwell.health;

import static keepwell.health.Evaluation.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.AccountReopened;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.Decider.Moment;
import keepwell.health.Refusal.Code;

/**
 * Decides what becomes of an account of whose outcomes somebody tells. It is closed when the last
 * of them, by day, becomes a churn, and reopened when it was closed by that and the last is none
 * any more. What people do to it by hand stands until the last outcome is another; what they have
 * closed they reopen themselves.
 */
public final class OutcomeDecider {
  private final Settling settling;
  private final Moment moment;

  private OutcomeDecider(Account account, Moment moment) {
    this.settling = Settling.upTo(moment, account);
    this.moment = moment;
  }

  /**
   * Takes statements, one after the other. Those far ahead of the clock are refused, those dated
   * before the account was erased, and those of further days once it has as many outcomes as it may
   * have; those that say what is known are duplicates.
   *
   * @param id the account's own, for its first event
   */
  public static Decision<Recorded> record(
      Account account, String id, List<OutcomeStatement> statements, Moment moment) {
    OutcomeDecider decider = new OutcomeDecider(account, moment);
    return decider.record(id, statements);
  }

  private Decision<Recorded> record(String id, List<OutcomeStatement> statements) {
    Outcomes before = settling.account().outcomes;
    List<Refusal> refusals = new ArrayList<>();
    List<Integer> duplicates = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      OutcomeStatement statement = statements.get(i);
      Optional<Refusal> refusal = refusal(statement, i);
      if (refusal.isPresent()) {
        refusals.add(refusal.get());
      } else if (known(statement).equals(statement.outcome())) {
        duplicates.add(i);
      } else {
        add(id, statement);
      }
    }
    if (!settling.account().outcomes.endsAs(before)) {
      closeOrReopen();
    }
    settling.publish();
    return new Decision<>(
        settling.events(),
        new Recorded(
            statements.size() - duplicates.size() - refusals.size(),
            duplicates,
            refusals,
            number(settling.score()),
            settling.account().settlement.tier()));
  }

  private Optional<Refusal> refusal(OutcomeStatement statement, int index) {
    Account account = settling.account();
    if (statement.at().isAfter(moment.now().plus(Decider.AHEAD_MAX))) {
      return Optional.of(new Refusal(Code.SIGNAL_FROM_THE_FUTURE, "at", index));
    }
    if (account.erasedAt != null && statement.at().isBefore(account.erasedAt)) {
      return Optional.of(new Refusal(Code.ERASED, "at", index));
    }
    boolean further = statement.outcome().isPresent() && known(statement).isEmpty();
    return further && account.outcomes.isFull()
        ? Optional.of(new Refusal(Code.OUTCOMES_TOO_MANY, "at", index))
        : Optional.empty();
  }

  /** What is known of the day. */
  private Optional<Outcome> known(OutcomeStatement statement) {
    Account account = settling.account();
    return account.outcomes.on(account.days.of(statement.at()));
  }

  private void add(String id, OutcomeStatement statement) {
    if (!settling.account().exists()) {
      settling.add(new AccountOpened(id));
    }
    settling.add(
        new OutcomeRecorded(
            statement.outcome(), statement.at(), moment.scorecards().version(), moment.now()));
  }

  private void closeOrReopen() {
    Account account = settling.account();
    int version = moment.scorecards().version();
    if (account.outcomes.endsInChurn() && !account.listing.closed()) {
      settling.add(new AccountClosed(version, moment.now(), true));
    } else if (!account.outcomes.endsInChurn() && account.listing.closedByOutcome()) {
      settling.add(new AccountReopened(version, moment.now()));
    }
  }
}
