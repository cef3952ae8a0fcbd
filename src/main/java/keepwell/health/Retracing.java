package keepwell.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;
import keepwell.health.Retraced.Day;

/** Retraces an account by the scorecards in force, and changes nothing. */
final class Retracing {
  /** Two scores that differ by less are published as one; see ADR 0026. */
  private static final double POINT = 1;

  private final Account account;
  private final Scorecards scorecards;
  private final Optional<Scorecard> fitting;
  private final int today;

  private Retracing(Account account, Scorecards scorecards, int today) {
    this.account = account;
    this.scorecards = scorecards;
    this.fitting = scorecards.of(account.labels);
    this.today = today;
  }

  /**
   * What an account has been through.
   *
   * @param count of days, today included
   */
  static Retraced of(Account account, int count, Moment moment) {
    if (!account.exists()) {
      return Retraced.NONE;
    }
    Settling settling = Settling.upTo(moment, account);
    return new Retracing(settling.account(), moment.scorecards(), settling.today())
        .retraced(count, settling.settled());
  }

  private Retraced retraced(int count, double settled) {
    List<Day> days = days(today - count + 1);
    List<TierChanged> changes = changes(days);
    add(days, today(days, cameToday() ? Double.NaN : settled));
    return new Retraced(
        account.id, account.labels, days, changes, Optional.ofNullable(account.listing.closedAt()));
  }

  private List<Day> days(int first) {
    List<Day> days = new ArrayList<>();
    double score = Double.NaN;
    int due = first;
    for (int day = first; day < today; day++) {
      if (day >= due && fitting.isPresent() && account.canScore(scorecards, day)) {
        Evaluation evaluation = Evaluation.of(fitting.get(), account.facts, day);
        score = account.overrides.held(evaluation.score(), day);
        due = Math.min(evaluation.nextChange(account.facts), account.overrides.nextChange(day));
      }
      add(days, day(day, Evaluation.number(score)));
    }
    return days;
  }

  private static void add(List<Day> days, Day day) {
    if (days.isEmpty() || !day.isAs(days.get(days.size() - 1))) {
      days.add(day);
    }
  }

  private Day day(int day, OptionalDouble score) {
    int renewalOn = account.renewalOn(day);
    return new Day(
        day,
        score,
        Evaluation.number(account.arr(day)),
        renewalOn == Days.NEVER ? OptionalInt.empty() : OptionalInt.of(renewalOn));
  }

  /**
   * Today's score is the settled one, which is known to a point.
   *
   * @param settled NaN for none, and of an account that was loaded today, of which it says nothing
   */
  private Day today(List<Day> before, double settled) {
    OptionalDouble last =
        before.isEmpty() ? OptionalDouble.empty() : before.get(before.size() - 1).score();
    boolean same = Double.isNaN(settled) || Math.abs(settled - last.orElse(Double.NaN)) < POINT;
    return day(today, same ? last : OptionalDouble.of(settled));
  }

  private List<TierChanged> changes(List<Day> days) {
    List<TierChanged> settled = account.settlement.changes();
    if (!isFirst(settled) || fitting.isEmpty()) {
      return settled;
    }
    TierChanged first = settled.get(0);
    List<TierChanged> all = judged(days, account.days.of(first.at()), fitting.get());
    if (all.isEmpty()) {
      return settled;
    }
    Optional<String> tier = all.get(all.size() - 1).to();
    if (!tier.equals(first.to())) {
      all.add( // quiet, as a first tier triggers nothing
          new TierChanged(
              tier,
              first.to(),
              first.score(),
              first.previousScore(),
              first.reason(),
              first.scorecard(),
              first.version(),
              first.at(),
              true));
    }
    all.addAll(settled.subList(1, settled.size()));
    return all;
  }

  private boolean cameToday() {
    List<TierChanged> settled = account.settlement.changes();
    return isFirst(settled) && account.days.of(settled.get(0).at()) == today;
  }

  private static boolean isFirst(List<TierChanged> changes) {
    return !changes.isEmpty() && changes.get(0).from().isEmpty();
  }

  /** Judges days as those are that time passes over, up to one. */
  private List<TierChanged> judged(List<Day> days, int end, Scorecard scorecard) {
    List<TierChanged> changes = new ArrayList<>();
    String tier = null;
    OptionalDouble before = OptionalDouble.empty();
    for (Day day : days) {
      if (day.day() >= end) {
        break;
      }
      String judged = scorecard.judged(tier, day.score().orElse(Double.NaN));
      if (!Objects.equals(tier, judged)) {
        changes.add(
            new TierChanged(
                Optional.ofNullable(tier),
                Optional.ofNullable(judged),
                boxed(day.score()),
                boxed(before),
                Reason.TIME,
                Optional.of(scorecard.key()),
                scorecards.version(),
                account.days.start(day.day() + 1),
                false));
        tier = judged;
      }
      before = day.score();
    }
    return changes;
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }
}
