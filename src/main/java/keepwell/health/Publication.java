package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import keepwell.health.AccountEvent.Loss;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.Decider.Moment;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;

/**
 * What the portfolio is told of an account, and when: as little as lets its lists be right to a
 * point of the score, and lets accounts sleep that cannot have moved.
 */
final class Publication {
  /** The score has moved when it has moved by so much. */
  private static final double POINT = 1;

  /**
   * How many days are scored at most to find the one of the next review: it is then early. Some
   * scores are another each day for ever without ever moving by a point.
   */
  private static final int SCORED_MAX = 500;

  private final Account account;
  private final Scorecards scorecards;
  private final Thresholds thresholds;
  private final int today;

  Publication(Account account, Moment moment, int today) {
    this.account = account;
    this.scorecards = moment.scorecards();
    this.thresholds = moment.thresholds();
    this.today = today;
  }

  /**
   * Whether something must be told.
   *
   * @param score today's effective one; NaN for none
   * @param settled the settled score; NaN for none
   * @param tierChanged whether the tier has, since the last time
   * @param touched whether anything has happened to the account since then but that time has passed
   */
  boolean isDue(double score, double settled, boolean tierChanged, boolean touched) {
    Listing listing = account.listing;
    return !listing.exists()
        || tierChanged
        || moved(listing.score(), score)
        || thresholds.separate(listing.settled(), settled)
        || (touched && !same(listing.arr(), account.arr(today)))
        || (touched && listing.renewalOn() != account.renewalOn(today))
        || (!listing.closed()
            && (listing.reviewOn() < today
                || (touched
                    && reviewOn(listing.score(), settled, listing.reviewOn())
                        < listing.reviewOn())));
  }

  /**
   * What is told, all of it.
   *
   * @param quiet whether channels and playbooks skip it
   */
  StandingPublished standing(double score, double settled, boolean quiet, Instant now) {
    Optional<Evaluation> evaluation =
        scorecards
            .of(account.labels)
            .map(scorecard -> Evaluation.of(scorecard, account.facts, today));
    double raw = evaluation.map(Evaluation::score).orElse(Double.NaN);
    double arr = account.arr(today);
    int renewalOn = account.renewalOn(today);
    return new StandingPublished(
        boxed(score),
        trend(raw, 7),
        trend(raw, 30),
        Double.isNaN(score) ? Optional.empty() : evaluation.flatMap(this::loss),
        boxed(arr),
        renewalOn == Days.NEVER ? Optional.empty() : Optional.of(renewalOn),
        reviewOn(score, settled, Days.NEVER),
        scorecards.version(),
        now,
        boxed(settled),
        account.listing.exists() ? boxed(account.listing.settled()) : Optional.empty(),
        quiet);
  }

  /**
   * The first day from today on on which, left alone, the account will have another tier or have
   * crossed a threshold once the day is judged, or after today a score that has moved; but no later
   * than {@code limit}.
   */
  private int reviewOn(double published, double settled, int limit) {
    Optional<Scorecard> fitting = scorecards.of(account.labels);
    if (fitting.isEmpty()) {
      return limit;
    }
    Scorecard scorecard = fitting.get();
    String tier = account.settlement.tier().orElse(null);
    int day = today;
    for (int scored = 0; day < limit && scored < SCORED_MAX; scored++) {
      Evaluation evaluation = Evaluation.of(scorecard, account.facts, day);
      double score = account.overrides.held(evaluation.score(), day);
      if ((day > today && moved(published, score))
          || !Objects.equals(tier, scorecard.judged(tier, score))
          || thresholds.separate(settled, score)) {
        return day;
      }
      day = Math.min(evaluation.nextChange(account.facts), account.overrides.nextChange(day));
    }
    return Math.min(day, limit);
  }

  private static boolean moved(double from, double to) {
    if (Double.isNaN(from) || Double.isNaN(to)) {
      return Double.isNaN(from) != Double.isNaN(to);
    }
    return Evaluation.round(Math.abs(from - to)) >= POINT;
  }

  private static boolean same(double one, double other) {
    return Double.compare(one, other) == 0;
  }

  private Optional<Double> trend(double raw, int days) {
    int since = today - days;
    return account.canScore(scorecards, since)
        ? boxed(Evaluation.round(raw - account.rawScore(scorecards, since, since)))
        : Optional.empty();
  }

  private Optional<Loss> loss(Evaluation evaluation) {
    Loss most = null;
    for (CategoryScore category : Explanation.categories(evaluation)) {
      for (MetricScore metric : category.metrics()) {
        most = greater(most, metric.key(), true, metric.name(), metric.lost().orElse(0));
      }
    }
    List<AdjustmentScore> adjustments = Explanation.adjustments(evaluation, account.facts);
    for (AdjustmentScore adjustment : adjustments) {
      most = greater(most, adjustment.key(), false, adjustment.name(), -adjustment.contribution());
    }
    return Optional.ofNullable(most);
  }

  private static Loss greater(Loss most, String key, boolean metric, String name, double points) {
    double rounded = Evaluation.round(points);
    return rounded > (most == null ? 0 : most.points())
        ? new Loss(key, metric, name, rounded)
        : most;
  }

  private static Optional<Double> boxed(double number) {
    return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
  }
}
