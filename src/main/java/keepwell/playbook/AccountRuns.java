package keepwell.playbook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import keepwell.health.Outcome;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.Progress;

/** The runs of one account, while it is decided which begin, which end, and what has followed. */
final class AccountRuns {
  /** An outcome that comes later is no effect of a run. */
  private static final int FOLLOWS_DAYS_MAX = 180;

  private final List<Run> stored;
  private final List<Run> runs;

  /** What became of a customer on a day, counted from 1970-01-01. */
  record Known(Outcome outcome, int day) {}

  /**
   * @param stored all of the account, the oldest first
   */
  AccountRuns(List<Run> stored) {
    this.stored = List.copyOf(stored);
    this.runs = new ArrayList<>(stored);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /**
   * Whether a playbook may begin: there is one run of it until the account has recovered and it has
   * cooled down; and where it waits for time to pass, one for each stay in a tier.
   *
   * @param since the day on which the account came into its tier
   */
  boolean mayBegin(Playbook playbook, int day, int since) {
    int againAfterDays =
        playbook.trigger() instanceof Trigger.Renewal renewal
            ? renewal.withinDays()
            : Integer.MAX_VALUE;
    boolean waits = playbook.trigger().waitsForTime();
    return runs.stream()
        .filter(run -> run.playbook().equals(playbook.key()))
        .noneMatch(
            run ->
                run.isOpen()
                    || day - run.beganOn() < playbook.coolDownDays()
                    || (waits && run.beganOn() >= since && day - run.beganOn() <= againAfterDays));
  }

  void begin(Run run) {
    runs.add(run);
  }

  /**
   * The account is in another tier.
   *
   * @param better whether it is a better one than that in which a run began
   */
  void moved(Predicate<Run> better, int day) {
    replace(
        Run::isOpen,
        run ->
            run.progress()
                .better(
                    !better.test(run)
                        ? OptionalInt.empty()
                        : run.progress().betterOn().isPresent()
                            ? run.progress().betterOn()
                            : OptionalInt.of(day)));
  }

  /**
   * Ends the runs of which the account has recovered.
   *
   * @param judged the day that has been judged last
   */
  void recovered(int judged, Instant at) {
    replace(
        run ->
            run.isOpen()
                && run.progress().betterOn().orElse(judged) <= judged - Almanac.RECOVERED_DAYS + 1,
        run -> run.progress().ended(at, Ending.RECOVERED));
  }

  /** The account is closed. */
  void closed(Instant at, Ending how) {
    replace(Run::isOpen, run -> run.progress().ended(at, how));
  }

  /**
   * It has become known what became of the customer.
   *
   * @param outcomes all that are known now
   */
  void followedBy(List<Known> outcomes) {
    replace(
        run -> true,
        run -> {
          Optional<Known> last =
              outcomes.stream()
                  .filter(known -> known.day >= run.beganOn())
                  .filter(known -> known.day - run.beganOn() <= FOLLOWS_DAYS_MAX)
                  .max(Comparator.comparingInt(Known::day));
          return run.progress()
              .followedBy(
                  last.map(Known::outcome),
                  last.map(known -> OptionalInt.of(known.day)).orElse(OptionalInt.empty()));
        });
  }

  private void replace(Predicate<Run> which, Function<Run, Progress> progress) {
    runs.replaceAll(run -> which.test(run) ? run.with(progress.apply(run)) : run);
  }

  /** Those that have begun. */
  List<Run> begun() {
    return List.copyOf(runs.subList(stored.size(), runs.size()));
  }

  /** Those that were stored, and have changed. */
  List<Run> changed() {
    List<Run> changed = new ArrayList<>(runs.subList(0, stored.size()));
    changed.removeAll(stored);
    return changed;
  }
}
