package keepwell.dashboard.today;

import java.util.List;
import java.util.function.UnaryOperator;
import keepwell.dashboard.frame.Figures;
import keepwell.playbook.Storm;
import keepwell.playbook.StormLog;

/**
 * What playbooks would have done, and do not until somebody has looked at it.
 *
 * @param what is held, and since when
 * @param why that is
 * @param playbooks how many runs of each
 */
record Held(long id, String what, String why, List<String> playbooks) {

  /**
   * @param playbook the name of one, by its key
   */
  static Held of(StormLog.Digest digest, UnaryOperator<String> playbook, Due due) {
    Storm storm = digest.storm();
    long runs = digest.playbooks().stream().mapToLong(StormLog.Held::runs).sum();
    return new Held(
        storm.id(),
        "%s for %s %s held since %s."
            .formatted(
                Figures.count(runs, "playbook run"),
                Figures.count(digest.accounts(), "account"),
                runs == 1 ? "is" : "are",
                due.since(storm.beganAt())),
        why(storm, due),
        digest.playbooks().stream()
            .map(held -> Figures.count(held.runs()) + " × " + playbook.apply(held.playbook()))
            .toList());
  }

  private static String why(Storm storm, Due due) {
    return storm.cause() == Storm.Cause.SILENCE
        ? "The signal %s has all but ceased to come, so scores may fall though nothing is wrong with the customers."
            .formatted(storm.signal().orElse(""))
        : "More accounts turned on %s than is likely: a source may have failed, or the scorecards were changed."
            .formatted(due.day(storm.day()));
  }
}
