package keepwell.health;

import java.time.Instant;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.StandingPublished;

/**
 * What the portfolio knows of an account: what was published of it last, and whether it is closed.
 *
 * @param score NaN for none
 * @param arr NaN if there is none
 * @param renewalOn {@link Days#NEVER} if there is none
 * @param reviewOn the day after which the account is to be looked at; long ago if nothing was
 *     published since it was opened or reopened
 * @param closedAt when it was closed, in product time; null while it is open
 * @param settledScore null for none, and in a snapshot that is older than this component
 * @param closedByOutcome whether it is closed, and its last outcome was the reason
 */
record Listing(
    double score,
    double arr,
    int renewalOn,
    int reviewOn,
    Instant closedAt,
    Double settledScore,
    boolean closedByOutcome) {
  private static final int AT_ONCE = Integer.MIN_VALUE;

  static final Listing NONE =
      new Listing(Double.NaN, Double.NaN, Days.NEVER, AT_ONCE, null, null, false);

  Listing published(StandingPublished standing) {
    return new Listing(
        standing.score().orElse(Double.NaN),
        standing.arr().orElse(Double.NaN),
        standing.renewalOn().orElse(Days.NEVER),
        standing.reviewOn(),
        closedAt,
        standing.settledScore().orElse(null),
        closedByOutcome);
  }

  Listing closed(AccountClosed closed) {
    return new Listing(
        score, arr, renewalOn, reviewOn, closed.at(), settledScore, closed.byOutcome());
  }

  Listing reopened() {
    return new Listing(score, arr, renewalOn, AT_ONCE, null, settledScore, false);
  }

  /** Whether something has been published of it since it was opened or reopened. */
  boolean exists() {
    return reviewOn != AT_ONCE;
  }

  boolean closed() {
    return closedAt != null;
  }

  /** The settled score that was published last; NaN for none. */
  double settled() {
    return settledScore == null ? Double.NaN : settledScore;
  }
}
