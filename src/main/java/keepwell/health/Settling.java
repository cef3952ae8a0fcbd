package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;

/**
 * Settles the tier of an account, up to a moment: a day is judged when it is over, by its score;
 * during a day a cause moves the tier only in the direction in which it moved the score.
 *
 * <p>New scorecards are such a cause, at the instant of their activation: the days that were over
 * by then are judged by the version before. So it does not matter when an account learns of a
 * version, and asking it changes nothing.
 */
final class Settling {
  private final List<AccountEvent> events = new ArrayList<>();
  private final Moment moment;
  private final int today;
  private Account account;

  Settling(Account account, Moment moment) {
    this.account = account;
    this.moment = moment;
    this.today = account.days.of(moment.now());
  }

  /** The account after the events so far. */
  Account account() {
    return account;
  }

  /** What has happened to it, to be stored. */
  List<AccountEvent> events() {
    return events;
  }

  void add(AccountEvent event) {
    events.add(event);
    account = account.evolve(event);
  }

  /** Judges the days that are over, and applies scorecards that the account has not seen. */
  void settleElapsed() {
    if (!account.exists()) {
      return;
    }
    Scorecards seen = moment.versions().get(0);
    for (Scorecards next : moment.versions()) {
      if (next.version() > seen.version()) {
        activate(seen, next);
        seen = next;
      }
    }
    judge(seen, today - 1);
  }

  private void activate(Scorecards seen, Scorecards next) {
    judge(seen, Math.min(account.days.of(next.activatedAt()), today) - 1);
    Instant since = account.settlement.since();
    boolean movedLater = since != null && since.isAfter(next.activatedAt());
    Instant at = movedLater ? since : next.activatedAt();
    int day = Math.min(account.days.of(at), today);
    move(account.score(seen, day), account.score(next, day), next, Reason.SCORECARD, at, false);
  }

  /** Judges, one by one, the days up to and including one that have not been judged. */
  private void judge(Scorecards by, int last) {
    Optional<Scorecard> scorecard = by.of(account.labels);
    for (int day = account.settlement.judgedThrough() + 1; day <= last; day++) {
      double score = account.score(by, day);
      String tier = account.settlement.tier();
      String judged =
          scorecard.map(card -> card.judged(account.settlement.tier(), score)).orElse(null);
      if (!Objects.equals(tier, judged)) {
        double before = account.score(by, day - 1);
        change(judged, before, score, by, Reason.TIME, account.days.start(day + 1), false);
      }
    }
  }

  /** Lets an event of today happen, and move the tier. */
  void cause(AccountEvent event, Reason reason, boolean quiet) {
    double before = score();
    add(event);
    move(before, score(), moment.scorecards(), reason, moment.now(), quiet);
  }

  private void move(
      double before, double after, Scorecards by, Reason reason, Instant at, boolean quiet) {
    String tier = account.settlement.tier();
    String moved = by.of(account.labels).map(card -> card.moved(tier, before, after)).orElse(null);
    if (!Objects.equals(tier, moved)) {
      change(moved, before, after, by, reason, at, quiet);
    }
  }

  private void change(
      String to,
      double before,
      double after,
      Scorecards by,
      Reason reason,
      Instant at,
      boolean quiet) {
    add(
        new TierChanged(
            account.settlement.tierKey(),
            Optional.ofNullable(to),
            boxed(after),
            boxed(before),
            reason,
            by.of(account.labels).map(Scorecard::key),
            by.version(),
            at,
            quiet));
  }

  /** Today's score; NaN for none. */
  double score() {
    return account.score(moment.scorecards(), today);
  }

  private static Optional<Double> boxed(double score) {
    return Double.isNaN(score) ? Optional.empty() : Optional.of(score);
  }
}
