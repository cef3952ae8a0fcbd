package keepwell.dashboard;

import java.time.Duration;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;

/**
 * How far the accounts are settled by the newest scorecards.
 *
 * @param what says by which version
 * @param rescored of {@code accounts}
 * @param howFar says that, and when it will be over if that can be said
 */
record RescoringBar(String what, long rescored, long accounts, String howFar) {
  private static final long SECONDS_FEW = 10;

  /** Empty if nothing goes on, or there is nobody yet to be rescored. */
  static Optional<RescoringBar> of(Rescoring.Status status) {
    RescoringProgress progress = status.progress();
    if (progress.endedAt().isPresent() || progress.accounts() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RescoringBar(
            "Accounts are rescored by scorecard version " + progress.version(),
            progress.rescored(),
            progress.accounts(),
            "%d%% of %s%s"
                .formatted(
                    100 * progress.rescored() / progress.accounts(),
                    Figures.count(progress.accounts()),
                    status.remaining().map(left -> ", " + left(left)).orElse(""))));
  }

  private static String left(Duration left) {
    long seconds = left.toSeconds();
    return seconds < SECONDS_FEW
        ? "a few seconds left"
        : "about " + Figures.duration(seconds) + " left";
  }
}
