package keepwell.truth;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.Metric;
import keepwell.health.Scorecard;

/**
 * The common rule of thumb: the metrics that were weak among the accounts that left weigh twice as
 * much. Weak is a mean score that is below half, of a metric that tells better than chance who
 * stays; that is known of 20 that stayed and 20 that left, and more.
 *
 * @param doubled the keys of those metrics
 */
public record RuleOfThumb(Scorecard scorecard, List<String> doubled) {
  private static final double WEAK_BELOW = 50;

  static RuleOfThumb of(Scorecard scorecard, List<Observation> accounts) {
    List<String> doubled = new ArrayList<>();
    List<Metric> metrics = scorecard.metrics();
    for (int i = 0; i < metrics.size(); i++) {
      if (isWeak(i, accounts)) {
        doubled.add(metrics.get(i).key());
      }
    }
    return new RuleOfThumb(scorecard, doubled);
  }

  private static boolean isWeak(int metric, List<Observation> accounts) {
    Ranks ranks = Ranks.ofMetric();
    double left = 0;
    for (Observation account : accounts) {
      double score = account.metrics()[metric];
      if (!Double.isNaN(score)) {
        ranks.add(score, account.stayed());
        left += account.stayed() ? 0 : score;
      }
    }
    return ranks.verdict() == Verdict.PREDICTIVE && left / ranks.left() < WEAK_BELOW;
  }

  /** What each metric weighs of the whole, as shares that need not add up to 1. */
  double[] weights() {
    double[] weights = scorecard.shares();
    List<Metric> metrics = scorecard.metrics();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= doubled.contains(metrics.get(i).key()) ? 2 : 1;
    }
    return weights;
  }
}
