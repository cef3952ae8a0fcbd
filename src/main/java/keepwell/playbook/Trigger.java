package keepwell.playbook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a playbook waits for. */
public sealed interface Trigger {

  /**
   * A move from a tier to another; an account's first tier and the loss of its tier are none.
   *
   * @param from empty: any
   * @param to empty: any
   */
  record Transition(Optional<String> from, Optional<String> to) implements Trigger {}

  /** The settled score has fallen below this. */
  record Below(double score) implements Trigger {}

  /**
   * The score has fallen by so many points, from what it was on any of the days before.
   *
   * @param withinDays how many days before
   */
  record Drop(double points, int withinDays) implements Trigger {}

  /**
   * The account has been in a tier for so long.
   *
   * @param declining whether the score must have lost a point or more in the last week
   */
  record Spent(String tier, int days, boolean declining) implements Trigger {}

  /**
   * The account renews soon.
   *
   * @param notIn a tier in which that is no matter; empty: it always is one
   */
  record Renewal(int withinDays, Optional<String> notIn) implements Trigger {}

  /** The account is back in a tier that it left so many days ago or less. */
  record Return(String tier, int withinDays) implements Trigger {}

  /** A calendar quarter is over. It concerns the installation, and no account. */
  record Quarter() implements Trigger {
    /** By what it is told. */
    public static final String TEMPLATE = "recalibration";
  }

  /** The tiers that it names, by where that is in a document that has it at a path. */
  default Map<String, String> tiers(String path) {
    Map<String, String> tiers = new LinkedHashMap<>();
    if (this instanceof Transition transition) {
      transition.from.ifPresent(tier -> tiers.put(path + "from", tier));
      transition.to.ifPresent(tier -> tiers.put(path + "to", tier));
    } else if (this instanceof Spent spent) {
      tiers.put(path + "in", spent.tier);
    } else if (this instanceof Renewal renewal) {
      renewal.notIn.ifPresent(tier -> tiers.put(path + "notIn", tier));
    } else if (this instanceof Return back) {
      tiers.put(path + "backTo", back.tier);
    }
    return tiers;
  }

  /** How many days before one it depends on what was then. */
  default int lookback() {
    if (this instanceof Drop drop) {
      return drop.withinDays;
    }
    if (this instanceof Spent spent) {
      return spent.days;
    }
    return this instanceof Return back ? back.withinDays : 0;
  }

  /** Whether time alone can bring it about. */
  default boolean waitsForTime() {
    return this instanceof Spent || this instanceof Renewal;
  }

  /** Whether only the account itself can tell that it is so. */
  default boolean isToBeConfirmed() {
    return this instanceof Drop || (this instanceof Spent spent && spent.declining);
  }
}
