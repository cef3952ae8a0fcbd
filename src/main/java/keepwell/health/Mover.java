package keepwell.health;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    add(movers, after, facts, 1);
    add(movers, before, facts, -1);
    double base = after.scorecard.base() - before.scorecard.base();
    movers.put(BASE, new Mover(BASE, false, BASE, base));
    return movers.values().stream()
        .filter(mover -> Evaluation.round(Math.abs(mover.points())) > 0)
        .sorted(Comparator.comparingDouble((Mover mover) -> -Math.abs(mover.points())))
        .limit(MAX)
        .toList();
  }

  /** Adds, or takes away, the points of each metric and adjustment. */
  private static void add(Map<String, Mover> movers, Evaluation evaluation, Facts facts, int sign) {
    for (CategoryScore category : Explanation.categories(evaluation)) {
      for (MetricScore metric : category.metrics()) {
        double points = sign * metric.contribution().orElse(0);
        add(movers, new Mover(metric.key(), true, metric.name(), points));
      }
    }
    for (AdjustmentScore adjustment : Explanation.adjustments(evaluation, facts)) {
      double points = sign * adjustment.contribution();
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
