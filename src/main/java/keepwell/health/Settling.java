package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;

/**
 * Settles the tier of an account, up to a moment: a day is judged when it is over, by its score;
 * during a day a cause moves the tier only in the direction in which it moved the score.
 *
 * <p>New scorecards are such a cause, at the instant of their activation: the days that were over
 * by then are judged by the version before. So it does not matter when an account learns of a
 * version, and asking it changes nothing.
 *
 * <p>A threshold is crossed by the settled score, which goes by the same rule: a day that is judged
 * makes it the score of that day; during a day a cause that lowered the score may only lower it,
 * one that raised it may only raise it. It is stored only with what is published, and begins there
 * unless days are judged first. It may be another by then, but not on another side of a threshold,
 * or it would have been published; and two scores on the same side of each are so still when the
 * same cause has moved both. So no day is scored for it.
 */
final class Settling {
  private final List<AccountEvent> events = new ArrayList<>();
  private final Moment moment;
  private final int today;
  private final boolean rescored;
  private Account account;

  /** The settled score, or one that no threshold separates from it; NaN for none. */
  private double settled;

  /** Whether what has happened is told of to nobody by channels and playbooks. */
  private boolean quiet;

  /** Today's, by the scorecards in force; null if none fits, and until somebody asks. */
  private Evaluation evaluation;

  private Settling(Account account, Moment moment) {
    this.account = account;
    this.moment = moment;
    this.today = account.days.of(moment.now());
    this.settled = account.listing.settled();
    this.rescored = account.exists() && moment.rescores(account);
  }

  /** Settles what has happened to an account until a moment without its being asked. */
  static Settling upTo(Moment moment, Account account) {
    Settling settling = new Settling(account, moment);
    if (account.exists()) {
      settling.settleElapsed();
    }
    return settling;
  }

  /** The account after the events so far. */
  Account account() {
    return account;
  }

  int today() {
    return today;
  }

  /** The settled score after them; NaN for none. */
  double settled() {
    return settled;
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
  private void settleElapsed() {
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
    Instant activated = next.activatedAt();
    Instant at = account.settlement.since().filter(activated::isBefore).orElse(activated);
    int day = Math.min(account.days.of(at), today);
    move(account.score(seen, day), account.score(next, day), next, Reason.SCORECARD, at, false);
  }

  /**
   * Judges the days up to and including one that have not been judged, in turn. Those on which the
   * score cannot have moved are passed over: what they would be judged is what it was before.
   */
  private void judge(Scorecards by, int last) {
    Optional<Scorecard> fitting = by.of(account.labels);
    if (fitting.isEmpty()) {
      return; // whatever took the scorecard away has taken the tier too
    }
    Scorecard scorecard = fitting.get();
    for (int day = account.settlement.judgedThrough() + 1; day <= last; ) {
      Evaluation evaluation = Evaluation.of(scorecard, account.facts, day);
      double score = account.overrides.held(evaluation.score(), day);
      String tier = account.settlement.tier().orElse(null);
      String judged = scorecard.judged(tier, score);
      if (!Objects.equals(tier, judged)) {
        double before = account.score(by, day - 1);
        change(judged, before, score, by, Reason.TIME, account.days.start(day + 1), false);
      }
      settled = score;
      day = Math.min(evaluation.nextChange(account.facts), account.overrides.nextChange(day));
    }
  }

  /** Lets an event of today happen, and move the tier. */
  void cause(AccountEvent event, Reason reason, boolean quiet) {
    double before = score();
    this.quiet |= quiet;
    add(event);
    evaluation = event instanceof SignalsRecorded recorded ? after(recorded) : null;
    move(before, score(), moment.scorecards(), reason, moment.now(), quiet);
  }

  /** Measures again only what the signals can have changed, where they are of one key. */
  private Evaluation after(SignalsRecorded recorded) {
    String key = recorded.signals().get(0).key();
    for (Signal signal : recorded.signals()) {
      if (!signal.key().equals(key)) {
        return null;
      }
    }
    return evaluation == null ? null : evaluation.after(account.facts, key);
  }

  private void move(
      double before, double after, Scorecards by, Reason reason, Instant at, boolean quiet) {
    String tier = account.settlement.tier().orElse(null);
    Optional<Scorecard> fitting = by.of(account.labels);
    settled = fitting.isPresent() ? settled(settled, before, after) : Double.NaN;
    String moved = fitting.map(card -> card.moved(tier, before, after)).orElse(null);
    if (!Objects.equals(tier, moved)) {
      change(moved, before, after, by, reason, at, quiet);
    }
  }

  /** The settled score after a cause during a day; see {@link Scorecard#moved}. */
  private static double settled(double settled, double before, double after) {
    boolean hadScore = !Double.isNaN(before);
    boolean hasScore = !Double.isNaN(after);
    if (!hadScore || !hasScore || Double.isNaN(settled)) {
      return hadScore || hasScore ? after : settled;
    }
    if (after == before) {
      return settled;
    }
    return after < before ? Math.min(settled, after) : Math.max(settled, after);
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
            account.settlement.tier(),
            Optional.ofNullable(to),
            boxed(after),
            boxed(before),
            reason,
            by.of(account.labels).map(Scorecard::key),
            by.version(),
            at,
            quiet || account.listing.closed()));
  }

  /** Tells the portfolio how the account stands now, if that has become worth telling. */
  void publish() {
    publish(!events.isEmpty());
  }

  /**
   * @param touched whether more may have changed since the last time than that time has passed
   */
  void publish(boolean touched) {
    if (!account.exists()) {
      return;
    }
    Publication publication = new Publication(account, moment, today);
    boolean tierChanged = events.stream().anyMatch(TierChanged.class::isInstance);
    if (rescored || publication.isDue(score(), settled, tierChanged, touched)) {
      add(publication.standing(score(), settled, quiet, moment.now()));
    }
  }

  /** Today's effective score; NaN for none. */
  double score() {
    if (evaluation == null) {
      evaluation =
          moment
              .scorecards()
              .of(account.labels)
              .map(scorecard -> Evaluation.of(scorecard, account.facts, today))
              .orElse(null);
    }
    return account.overrides.held(evaluation == null ? Double.NaN : evaluation.score(), today);
  }

  private static Optional<Double> boxed(double score) {
    return Double.isNaN(score) ? Optional.empty() : Optional.of(score);
  }
}
