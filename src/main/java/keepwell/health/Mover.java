package keepwell.health;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;

/**
 * What a metric or an adjustment has moved between two scores of an account. What a scorecard gives
 * everybody is one of the adjustments, {@code base}.
 *
 * @param metric whether the key is a metric's or an adjustment's
 * @param points that it adds to the one score, less those that it adds to the other
 */
public record Mover(String key, boolean metric, String name, double points) {
  private static final int MAX = 3;
  private static final String BASE = "base";

  /** The few that moved most points, most first. */
  static List<Mover> between(Evaluation before, Evaluation after, Facts facts) {
    Map<String, Mover> movers = new LinkedHashMap<>();
    OptionalDouble rise = rise(before, after);
    double keptAfter = rise.orElse(after.kept());
    double keptBefore = rise.orElse(before.kept());
    add(movers, after, facts, keptAfter);
    add(movers, before, facts, -keptBefore);
    double base = after.scorecard.base() * keptAfter - before.scorecard.base() * keptBefore;
    movers.put(BASE, new Mover(BASE, false, BASE, base));
    return movers.values().stream()
        .filter(mover -> Evaluation.round(Math.abs(mover.points())) > 0)
        .sorted(Comparator.comparingDouble((Mover mover) -> -Math.abs(mover.points())))
        .limit(MAX)
        .toList();
  }

  /** Of scores that are chances by the same rule, so that what stands still moves nothing. */
  private static OptionalDouble rise(Evaluation before, Evaluation after) {
    Optional<Logistic> logistic = after.scorecard.logistic();
    return logistic.isPresent() && logistic.equals(before.scorecard.logistic())
        ? OptionalDouble.of(logistic.get().rise(before.sum(), after.sum()))
        : OptionalDouble.empty();
  }

  /**
   * Adds, or takes away, the points of each metric and adjustment.
   *
   * @param kept for each point of the sum; negative takes away
   */
  private static void add(
      Map<String, Mover> movers, Evaluation evaluation, Facts facts, double kept) {
    for (CategoryScore category : Explanation.categories(evaluation, kept)) {
      for (MetricScore metric : category.metrics()) {
        double points = metric.contribution().orElse(0);
        add(movers, new Mover(metric.key(), true, metric.name(), points));
      }
    }
    for (AdjustmentScore adjustment : Explanation.adjustments(evaluation, facts, kept)) {
      double points = adjustment.contribution();
      add(movers, new Mover(adjustment.key(), false, adjustment.name(), points));
    }
  }

  private static void add(Map<String, Mover> movers, Mover mover) {
    movers.merge(
        mover.metric() + mover.key(),
        mover,
        (one, other) ->
            new Mover(one.key(), one.metric(), one.name(), one.points() + other.points()));
  }
}
