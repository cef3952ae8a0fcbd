package keepwell.health;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Optional<Rates> same = Rates.between(before, after);
    Rates plus = same.orElseGet(() -> Rates.of(after));
    Rates minus = same.orElseGet(() -> Rates.of(before)).negated();
    add(movers, after, facts, plus);
    add(movers, before, facts, minus);
    double base = after.scorecard.base() * plus.added + before.scorecard.base() * minus.added;
    movers.put(BASE, new Mover(BASE, false, BASE, base));
    return movers.values().stream()
        .filter(mover -> Evaluation.round(Math.abs(mover.points())) > 0)
        .sorted(Comparator.comparingDouble((Mover mover) -> -Math.abs(mover.points())))
        .limit(MAX)
        .toList();
  }

  /**
   * How many points are told for each point of the sum.
   *
   * @param kept of metrics
   * @param added of adjustments and base
   */
  private record Rates(double kept, double added) {
    static Rates of(Evaluation evaluation) {
      return new Rates(evaluation.kept(), evaluation.added());
    }

    /** Of scores that are chances by the same rule, so that what stands still moves nothing. */
    static Optional<Rates> between(Evaluation before, Evaluation after) {
      return after
          .scorecard
          .logistic()
          .filter(logistic -> before.scorecard.logistic().filter(logistic::equals).isPresent())
          .map(logistic -> logistic.rise(before.sum(), after.sum()))
          .map(rise -> new Rates(rise, rise));
    }

    Rates negated() {
      return new Rates(-kept, -added);
    }
  }

  /** Adds the points of each metric and adjustment. */
  private static void add(
      Map<String, Mover> movers, Evaluation evaluation, Facts facts, Rates rates) {
    for (CategoryScore category : Explanation.categories(evaluation, rates.kept)) {
      for (MetricScore metric : category.metrics()) {
        double points = metric.contribution().orElse(0);
        add(movers, new Mover(metric.key(), true, metric.name(), points));
      }
    }
    for (AdjustmentScore adjustment : Explanation.adjustments(evaluation, facts, rates.added)) {
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
