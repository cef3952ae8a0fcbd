package keepwell.dashboard.scorecard;

import java.time.Duration;
import keepwell.dashboard.frame.Figures;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;

/**
 * How far the accounts are settled by the version in force.
 *
 * @param howFar in words
 * @param ended whether it is over, and need not be asked for again
 */
record RescoringPanel(String what, long rescored, long accounts, String howFar, boolean ended) {

  static RescoringPanel of(Rescoring.Status status, int inForce) {
    RescoringProgress progress = status.progress();
    String version = "version " + inForce;
    if (progress.version() < inForce) {
      return new RescoringPanel("Accounts are about to be rescored by " + version, 0, 1, "", false);
    }
    boolean ended = progress.endedAt().isPresent();
    String accounts = Figures.count(progress.accounts(), "account");
    return ended
        ? new RescoringPanel(
            "All accounts have been rescored by " + version,
            progress.accounts(),
            Math.max(1, progress.accounts()),
            accounts,
            true)
        : new RescoringPanel(
            "Accounts are rescored by " + version,
            progress.rescored(),
            Math.max(1, progress.accounts()),
            "%s of %s%s"
                .formatted(
                    Figures.count(progress.rescored()),
                    accounts,
                    status.remaining().map(RescoringPanel::left).orElse("")),
            false);
  }

  private static String left(Duration left) {
    return ", about " + Figures.duration(Math.max(1, left.toSeconds())) + " left";
  }
}
