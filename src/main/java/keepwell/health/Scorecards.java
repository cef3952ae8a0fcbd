package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of the scorecards of an installation. The first that fits an account is the
 * account's.
 *
 * @param version 1 for the first
 * @param activatedAt since when it is in force, in product time
 */
public record Scorecards(int version, Instant activatedAt, List<Scorecard> scorecards) {
  public Scorecards {
    scorecards = List.copyOf(scorecards);
  }

  /** The scorecard of an account with these labels; empty if none fits: it has no score. */
  public Optional<Scorecard> of(Map<String, String> labels) {
    for (Scorecard scorecard : scorecards) {
      if (scorecard.fits(labels)) {
        return Optional.of(scorecard);
      }
    }
    return Optional.empty();
  }
}
