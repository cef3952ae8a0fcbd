package keepwell.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import keepwell.health.Standing.Action;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;

/**
 * Says where the points of an evaluation came from, where they were lost, and what would win most
 * of them back.
 */
final class Explanation {
  private static final int ACTIONS_MAX = 2;

  private Explanation() {}

  static List<CategoryScore> categories(Evaluation evaluation) {
    List<CategoryScore> categories = new ArrayList<>();
    for (int c = 0; c < evaluation.values.length; c++) {
      Category category = evaluation.scorecard.categories().get(c);
      List<MetricScore> metrics = new ArrayList<>();
      for (int m = 0; m < category.metrics().size(); m++) {
        metrics.add(metric(evaluation, c, m));
      }
      categories.add(
          new CategoryScore(
              category.key(),
              category.name(),
              category.weight(),
              number(evaluation.categoryScores[c]),
              metrics));
    }
    return categories;
  }

  private static MetricScore metric(Evaluation evaluation, int c, int m) {
    Metric metric = evaluation.scorecard.categories().get(c).metrics().get(m);
    double share = evaluation.share(c, m);
    double score = evaluation.scores[c][m];
    return new MetricScore(
        metric.key(),
        metric.name(),
        metric.points(),
        number(evaluation.values[c][m]),
        number(score),
        number(share * score),
        number(share * (100 - score)));
  }

  static List<AdjustmentScore> adjustments(Evaluation evaluation) {
    List<AdjustmentScore> adjustments = new ArrayList<>();
    for (int a = 0; a < evaluation.adjustments.length; a++) {
      Adjustment adjustment = evaluation.scorecard.adjustments().get(a);
      adjustments.add(
          new AdjustmentScore(
              adjustment.key(),
              adjustment.name(),
              adjustment.points(),
              evaluation.counts[a],
              evaluation.adjustments[a] + 0.0));
    }
    return adjustments;
  }

  /** The two largest gains among what actionable metrics lost and what adjustments took. */
  static List<Action> actions(Evaluation evaluation) {
    List<Action> actions = new ArrayList<>();
    for (int c = 0; c < evaluation.values.length; c++) {
      List<Metric> metrics = evaluation.scorecard.categories().get(c).metrics();
      for (int m = 0; m < metrics.size(); m++) {
        double gain = evaluation.share(c, m) * (100 - evaluation.scores[c][m]);
        if (metrics.get(m).actionable() && Evaluation.round(gain) > 0) {
          actions.add(new Action(metrics.get(m).key(), true, gain));
        }
      }
    }
    for (int a = 0; a < evaluation.adjustments.length; a++) {
      double gain = -evaluation.adjustments[a];
      if (Evaluation.round(gain) > 0) {
        actions.add(new Action(evaluation.scorecard.adjustments().get(a).key(), false, gain));
      }
    }
    actions.sort(Comparator.comparingDouble(Action::gain).reversed());
    return List.copyOf(actions.subList(0, Math.min(ACTIONS_MAX, actions.size())));
  }

  static OptionalDouble number(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
