package keepwell.playbook;

import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.portfolio.Listed;

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
   * @param changeId of the feed; null if it is in none
   * @param leftOn the last day on which the account left the tier that it comes to; empty for never
   */
  Optional<Cause> spot(Trigger trigger, TierChanged changed, Long changeId, OptionalInt leftOn) {
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
    if (trigger instanceof Trigger.Return back && back.tier().equals(to) && leftOn.isPresent()) {
      int ago = days.of(changed.at()) - leftOn.getAsInt();
      return ago <= back.withinDays()
          ? Optional.of(cause("return", changed, changeId, ago))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Cause cause(String trigger, TierChanged changed, Long changeId, Integer ago) {
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
   * Whether a fall of the settled score is what a playbook waits for, or may be: see {@link
   * Trigger#isToBeConfirmed}.
   */
  Optional<Cause> spot(Trigger trigger, double score, double previous) {
    if (!(score < previous)) { // also where there is none
      return Optional.empty();
    }
    if (trigger instanceof Trigger.Below below
        && previous >= below.score()
        && score < below.score()) {
      return Optional.of(crossed(below, score, previous));
    }
    return trigger instanceof Trigger.Drop drop
        ? Optional.of(fallen(drop, score, previous))
        : Optional.empty();
  }

  /** Whether it is on a day what a playbook waits for that waits for time to pass. */
  Optional<Cause> spot(Trigger trigger, Listed account, int day) {
    if (account.tier().isEmpty()) {
      return Optional.empty();
    }
    String tier = account.tier().get();
    if (trigger instanceof Trigger.Spent spent && spent.tier().equals(tier)) {
      boolean declining = isDeclining(account.trend7().orElse(0.0));
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

  /** Whether a day is the first that has brought an account, left alone, to what is waited for. */
  boolean isDay(Trigger trigger, Listed account, int day) {
    if (trigger instanceof Trigger.Spent spent) {
      return account.tierSince().filter(at -> day - days.of(at) == spent.days()).isPresent();
    }
    return trigger instanceof Trigger.Renewal renewal
        && account.renewalOn().filter(on -> on - day == renewal.withinDays()).isPresent();
  }

  /**
   * Whether an account goes on declining.
   *
   * @param trend7 by how much its score has changed in a week
   */
  static boolean isDeclining(double trend7) {
    return trend7 <= -POINT;
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
