package keepwell.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import keepwell.http.StandingBody.ScorecardBody;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** A tier change of the feed as public JSON. */
record TierChangeBody(
    long id,
    String account,
    String from,
    String to,
    Double score,
    Double previousScore,
    String reason,
    ScorecardBody scorecard,
    Instant at,
    boolean quiet,
    Map<String, String> labels) {

  /**
   * @param next after which to go on
   */
  record Page(List<TierChangeBody> items, long next) {
    static Page of(Feed.Part part) {
      return new Page(part.changes().stream().map(TierChangeBody::of).toList(), part.end());
    }
  }

  static TierChangeBody of(TierChange change) {
    return new TierChangeBody(
        change.id(),
        change.account(),
        change.from().orElse(null),
        change.to().orElse(null),
        change.score().orElse(null),
        change.previousScore().orElse(null),
        change.reason(),
        change.scorecard().map(key -> new ScorecardBody(key, change.version())).orElse(null),
        change.at(),
        change.quiet(),
        change.labels());
  }
}
