package keepwell.playbook;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import keepwell.health.Days;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.playbook.Run.Progress;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Listed;

/** Decides whether a run may begin, as what it does, and from when on its account is better. */
final class Starting {
  private final Supplier<Scorecards> scorecards;
  private final Days days;
  private final InstantSource realClock;

  /**
   * @param scorecards in force
   */
  Starting(Supplier<Scorecards> scorecards, Days days, InstantSource realClock) {
    this.scorecards = scorecards;
    this.days = days;
    this.realClock = realClock;
  }

  /**
   * Has a run begin, if it may.
   *
   * @param version of the playbooks
   */
  void begin(
      AccountRuns runs,
      String persistenceId,
      Listed account,
      Playbook playbook,
      int version,
      Cause cause,
      Instant at) {
    int day = days.of(at);
    int since = account.tierSince().map(days::of).orElse(day);
    if (!runs.mayBegin(playbook, day, since)) {
      return;
    }
    Optional<String> tier = Optional.ofNullable(cause.to()).or(account::tier);
    boolean best = tier.isPresent() && rank(account, tier.get()) == 0;
    Progress begun =
        Progress.BEGUN
            .in(playbook.trigger().isToBeConfirmed() ? State.SUSPECTED : State.ACTIVE)
            .better(best ? OptionalInt.of(day) : OptionalInt.empty());
    runs.begin(
        new Run(
            0,
            playbook.key(),
            version,
            persistenceId,
            account.account(),
            cause,
            tier,
            at,
            day,
            realClock.instant(),
            begun));
  }

  /** Whether a tier is better than that in which a run began, or the best there is. */
  boolean isBetter(Listed account, Run run, String tier) {
    int now = rank(account, tier);
    int then = run.tier().map(began -> rank(account, began)).orElse(-1);
    return now == 0 || (now > 0 && now < then);
  }

  private int rank(Listed account, String tier) {
    return scorecards
        .get()
        .of(account.labels())
        .map((Scorecard card) -> card.rank(tier))
        .orElse(-1);
  }
}
