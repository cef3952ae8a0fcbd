package keepwell.dashboard.account;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.playbook.Cause;
import keepwell.playbook.Run;

/** What playbooks have begun for an account, the newest first. */
record PlaybookRuns(List<Item> runs) {

  /**
   * A run.
   *
   * @param state where it is, or how it ended
   * @param why it began, and what followed
   */
  record Item(String name, String state, String why) {}

  /** Whether there may be more. */
  boolean isCut() {
    return runs.size() >= Beside.RUNS_MAX;
  }

  static PlaybookRuns of(Seen seen) {
    return new PlaybookRuns(
        seen.beside().runs().stream()
            .map(
                run ->
                    new Item(
                        seen.beside().playbookName(run.playbook()),
                        state(run, seen),
                        why(run, seen)))
            .toList());
  }

  private static String state(Run run, Seen seen) {
    int today = seen.days().of(seen.now());
    return switch (run.progress().state()) {
      case SUSPECTED -> "being looked into";
      case HELD -> "held";
      case ACTIVE ->
          today <= run.beganOn()
              ? "since today"
              : "for " + Figures.count(today - run.beganOn(), "day");
      case ENDED ->
          run.progress().ending().map(how -> how.name().toLowerCase(Locale.ROOT)).orElse("ended")
              + run.progress()
                  .endedAt()
                  .map(at -> " " + Figures.day(seen.days().of(at), today))
                  .orElse("");
    };
  }

  private static String why(Run run, Seen seen) {
    int today = seen.days().of(seen.now());
    String began =
        "%s, on %s.".formatted(why(run.cause(), seen.tiers()), Figures.day(run.beganOn(), today));
    return began
        + run.progress()
            .outcome()
            .map(what -> " Then " + what.name().toLowerCase(Locale.ROOT) + ".")
            .orElse("");
  }

  private static String why(Cause cause, Tiers tiers) {
    String to = tiers.of(Optional.ofNullable(cause.to())).name();
    return switch (cause.trigger()) {
      case "transition" ->
          "%s to %s".formatted(tiers.of(Optional.ofNullable(cause.from())).name(), to);
      case "below" -> "Fell below " + Figures.value(cause.threshold());
      case "drop" ->
          "Fell by %s in %s"
              .formatted(Figures.value(cause.threshold()), Figures.count(cause.days(), "day"));
      case "spent" -> "In %s for %s".formatted(to, Figures.count(cause.days(), "day"));
      case "renewal" -> Figures.count(cause.days(), "day") + " before the renewal";
      case "return" -> "Back in " + to;
      default -> cause.trigger();
    };
  }
}
