package keepwell.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import keepwell.health.Scorecard;
import keepwell.portfolio.Listed;

/**
 * What is done when something happens to an account, or a quarter is over.
 *
 * @param when the values that each label named here must have one of; empty: every account fits
 * @param arrAtLeast what the account must be worth a year
 * @param coolDownDays that lie at least between the beginnings of two runs of an account
 * @param owner who gets the tasks of accounts that nobody owns
 */
public record Playbook(
    String key,
    String name,
    Trigger trigger,
    Map<String, Set<String>> when,
    OptionalDouble arrAtLeast,
    int coolDownDays,
    Optional<String> owner,
    List<Step> steps) {

  /**
   * A step where it is.
   *
   * @param path its places in the lists of steps, from the outermost: {@code 2.0}
   * @param afterDays since the run began
   * @param followUp whether it is only done if the account has not recovered
   */
  public record Placed(String path, Step step, int afterDays, boolean followUp) {}

  public Playbook {
    when = Map.copyOf(when);
    steps = List.copyOf(steps);
  }

  /** Whether it is for an account. */
  boolean fits(Listed account) {
    return account.arr().orElse(0.0) >= arrAtLeast.orElse(Double.NEGATIVE_INFINITY)
        && Scorecard.fit(when, account.labels());
  }

  /**
   * Whether another one, or another version of it, begins for the same accounts at the same time.
   */
  boolean waitsForTheSame(Playbook other) {
    return key.equals(other.key)
        && trigger.equals(other.trigger)
        && when.equals(other.when)
        && arrAtLeast.equals(other.arrAtLeast);
  }

  /** Who gets its tasks about an account with these labels that nobody is named for. */
  Optional<String> owner(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(Step.OWNER)).or(() -> owner);
  }

  /** All steps, also those of follow-ups. */
  List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    place(steps, "", 0, false, placed);
    return placed;
  }

  private static void place(
      List<Step> steps, String before, int afterDays, boolean followUp, List<Placed> placed) {
    for (int i = 0; i < steps.size(); i++) {
      String path = before + i;
      if (steps.get(i) instanceof Step.FollowUp later) {
        place(later.steps(), path + ".", afterDays + later.afterDays(), true, placed);
      } else {
        placed.add(new Placed(path, steps.get(i), afterDays, followUp));
      }
    }
  }

  /** The step at a path; empty if there is none. */
  Optional<Placed> step(String path) {
    return placed().stream().filter(step -> step.path().equals(path)).findAny();
  }
}
