package keepwell.http;

import java.time.Duration;
import java.time.Instant;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;

/**
 * How far the accounts are settled by a version of the scorecards.
 *
 * @param accounts how many there are, as far as is known
 * @param endedAt null while it goes on
 * @param secondsLeft at the pace that it has had; null before that can be said
 */
record RescoringBody(
    int version, long accounts, long rescored, Instant beganAt, Instant endedAt, Long secondsLeft) {

  static RescoringBody of(Rescoring.Status status) {
    RescoringProgress progress = status.progress();
    return new RescoringBody(
        progress.version(),
        progress.accounts(),
        progress.rescored(),
        progress.beganAt(),
        progress.endedAt().orElse(null),
        status.remaining().map(Duration::toSeconds).orElse(null));
  }
}
