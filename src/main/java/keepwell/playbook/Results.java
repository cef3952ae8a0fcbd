package keepwell.playbook;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import keepwell.health.Days;
import keepwell.health.Outcome;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.State;

/**
 * What has come of the runs of a playbook.
 *
 * <p>A run has succeeded if the account was in a better tier for three judged days, and came there
 * within so many days; a run that began in the best tier, from which there is nothing to recover,
 * if the customer has renewed or expanded. It is decided once it has succeeded, the customer is
 * lost, or those days are over.
 *
 * @param withinDays within which an account is to recover
 * @param runs that were not held, withdrawn or discarded
 * @param open are not decided yet
 * @param stillDown have neither recovered in time nor been lost
 * @param churned the customer was lost
 * @param renewed the customer has renewed or expanded, whatever else came of it
 * @param daysToRecovery of those that recovered, the median
 */
public record Results(
    int withinDays,
    long runs,
    long open,
    long succeeded,
    long stillDown,
    long churned,
    long renewed,
    OptionalDouble successRate,
    OptionalInt daysToRecovery,
    Advice advice) {
  /** From fewer nothing can be learnt. */
  private static final int DECIDED_MIN = 10;

  private static final double BROKEN_BELOW = 0.2;
  private static final double GOOD_FROM = 0.4;
  private static final double GOOD_TO = 0.5;
  private static final double EAGER_ABOVE = 0.6;
  private static final Set<Outcome> STAYED = EnumSet.of(Outcome.RENEWED, Outcome.EXPANDED);

  /** Ends after which it is known what came of a run. */
  private static final Set<Ending> FOLLOWED =
      EnumSet.of(Ending.RECOVERED, Ending.CHURNED, Ending.CLOSED);

  /** What the rate says, by the bands that are common. */
  public enum Advice {
    TOO_FEW("Too few runs are decided to say anything."),
    BROKEN(
        "The playbook is broken: hardly anybody recovers. Change what it does, or begin earlier."),
    WEAK("Fewer recover than is common. Look at which steps are done, and when."),
    GOOD("Good: as many recover as is common for a playbook that works."),
    STRONG("Strong: more recover than is common."),
    TOO_EAGER(
        "The threshold is too eager: most of these accounts would have recovered by themselves.");

    private final String sentence;

    Advice(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }

    static Advice of(double rate) {
      if (rate < BROKEN_BELOW) {
        return BROKEN;
      }
      if (rate < GOOD_FROM) {
        return WEAK;
      }
      if (rate <= GOOD_TO) {
        return GOOD;
      }
      return rate <= EAGER_ABOVE ? STRONG : TOO_EAGER;
    }
  }

  /**
   * Of some runs of a playbook.
   *
   * @param best whether a run began in the best tier
   * @param today counted from 1970-01-01
   */
  static Results of(List<Run> all, Predicate<Run> best, Days days, int withinDays, int today) {
    Tally tally = new Tally();
    for (Run run : all) {
      if (counts(run)) {
        tally.add(run, best.test(run), days, withinDays, today);
      }
    }
    return tally.results(withinDays);
  }

  /** Whether it was not held, withdrawn or discarded. */
  static boolean counts(Run run) {
    State state = run.progress().state();
    return state == State.ACTIVE || run.progress().ending().filter(FOLLOWED::contains).isPresent();
  }

  /** Counts runs one by one. */
  private static final class Tally {
    private long runs;
    private long open;
    private long succeeded;
    private long stillDown;
    private long churned;
    private long renewed;
    private final List<Integer> recoveries = new ArrayList<>();

    void add(Run run, boolean best, Days days, int withinDays, int today) {
      Optional<Outcome> outcome = run.progress().outcome();
      boolean stayed = outcome.filter(STAYED::contains).isPresent();
      boolean lost =
          outcome.filter(what -> what == Outcome.CHURNED).isPresent()
              || run.progress().ending().filter(how -> how == Ending.CHURNED).isPresent();
      OptionalInt recovered = best ? OptionalInt.empty() : recovery(run, days);
      boolean success =
          !lost && (best ? stayed : recovered.orElse(Integer.MAX_VALUE) <= withinDays);
      runs++;
      renewed += stayed ? 1 : 0;
      churned += lost ? 1 : 0;
      recovered.ifPresent(recoveries::add);
      if (success) {
        succeeded++;
      } else if (!lost && today - run.beganOn() <= withinDays) {
        open++;
      } else if (!lost) {
        stillDown++;
      }
    }

    private static OptionalInt recovery(Run run, Days days) {
      return run.progress().ending().filter(how -> how == Ending.RECOVERED).isPresent()
          ? OptionalInt.of(
              days.of(run.progress().endedAt().orElseThrow())
                  - Almanac.RECOVERED_DAYS
                  - run.beganOn())
          : OptionalInt.empty();
    }

    Results results(int withinDays) {
      long decided = runs - open;
      double rate = decided == 0 ? 0 : (double) succeeded / decided;
      recoveries.sort(null);
      return new Results(
          withinDays,
          runs,
          open,
          succeeded,
          stillDown,
          churned,
          renewed,
          decided == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate),
          recoveries.isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of(recoveries.get(recoveries.size() / 2)),
          decided < DECIDED_MIN ? Advice.TOO_FEW : Advice.of(rate));
    }
  }
}
