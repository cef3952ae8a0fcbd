package keepwell.playbook;

import java.util.List;
import java.util.Optional;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.portfolio.Listed;
import keepwell.portfolio.TierChange;

/**
 * Finds in what happens to accounts what playbooks wait for. What depends on time is also found
 * where time alone has brought it about: {@link Almanac}.
 */
final class Spotter {
  /** By so much a score has moved; see ADR 0026. */
  private static final double POINT = 1;

  private final Days days;

  Spotter(Days days) {
    this.days = days;
  }

  /**
   * Whether a tier change is what a playbook waits for.
   *
   * @param changeId of the feed
   * @param before the account's changes before, the oldest first
   */
  Optional<Cause> spot(
      Trigger trigger, TierChanged changed, long changeId, List<TierChange> before) {
    if (changed.quiet() || changed.from().isEmpty() || changed.to().isEmpty()) {
      return Optional.empty();
    }
    String to = changed.to().get();
    boolean moved =
        trigger instanceof Trigger.Transition transition
            && (transition.from().isEmpty() || transition.from().equals(changed.from()))
            && transition.to().orElse(to).equals(to);
    if (moved) {
      return Optional.of(cause("transition", changed, changeId, null));
    }
    if (trigger instanceof Trigger.Return back && back.tier().equals(to)) {
      int day = days.of(changed.at());
      return before.stream()
          .filter(past -> past.id() < changeId)
          .filter(past -> past.from().filter(to::equals).isPresent())
          .map(past -> day - days.of(past.at()))
          .filter(ago -> ago <= back.withinDays())
          .reduce((first, last) -> last)
          .map(ago -> cause("return", changed, changeId, ago));
    }
    return Optional.empty();
  }

  private static Cause cause(String trigger, TierChanged changed, long changeId, Integer ago) {
    return new Cause(
        trigger,
        changeId,
        Runs.text(changed.reason()),
        changed.from().orElse(null),
        changed.to().orElse(null),
        changed.score().orElse(null),
        changed.previousScore().orElse(null),
        null,
        ago);
  }

  /**
   * Whether a standing is what a playbook waits for, or may be: see {@link
   * Trigger#isToBeConfirmed}.
   *
   * @param account as it is listed, then or a little later
   */
  Optional<Cause> spot(Trigger trigger, StandingPublished standing, Listed account) {
    if (standing.quiet()) {
      return Optional.empty();
    }
    Optional<Double> score = standing.settledScore();
    Optional<Double> previous = standing.previousSettledScore();
    if (score.isPresent() && previous.isPresent() && score.get() < previous.get()) {
      if (trigger instanceof Trigger.Below below
          && previous.get() >= below.score()
          && score.get() < below.score()) {
        return Optional.of(crossed(below, score.get(), previous.get()));
      }
      if (trigger instanceof Trigger.Drop drop) {
        return Optional.of(fallen(drop, score.get(), previous.get()));
      }
    }
    return spot(trigger, account, days.of(standing.at()));
  }

  /** Whether it is on a day what a playbook waits for that waits for time to pass. */
  Optional<Cause> spot(Trigger trigger, Listed account, int day) {
    if (account.tier().isEmpty()) {
      return Optional.empty();
    }
    String tier = account.tier().get();
    if (trigger instanceof Trigger.Spent spent && spent.tier().equals(tier)) {
      boolean declining = account.trend7().orElse(0.0) <= -POINT;
      return account
          .tierSince()
          .map(since -> day - days.of(since))
          .filter(spentDays -> spentDays >= spent.days() && (declining || !spent.declining()))
          .map(spentDays -> standing("spent", account, spentDays));
    }
    if (trigger instanceof Trigger.Renewal renewal
        && renewal.notIn().filter(tier::equals).isEmpty()) {
      return account
          .renewalOn()
          .map(on -> on - day)
          .filter(left -> left >= 0 && left <= renewal.withinDays())
          .map(left -> standing("renewal", account, left));
    }
    return Optional.empty();
  }

  private static Cause crossed(Trigger.Below below, double score, double previous) {
    return new Cause("below", null, null, null, null, score, previous, below.score(), null);
  }

  private static Cause fallen(Trigger.Drop drop, double score, double previous) {
    return new Cause(
        "drop", null, null, null, null, score, previous, drop.points(), drop.withinDays());
  }

  private static Cause standing(String trigger, Listed account, int count) {
    return new Cause(
        trigger,
        null,
        null,
        null,
        account.tier().orElse(null),
        account.score().orElse(null),
        null,
        null,
        count);
  }
}
