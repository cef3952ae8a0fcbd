package keepwell.truth;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.Metric;
import keepwell.health.Scorecard;

/**
 * The common rule of thumb: the metrics that were weak among the accounts that left weigh twice as
 * much. Weak is a mean score that is below half, and below that of the accounts that stayed.
 *
 * @param doubled the keys of those metrics
 */
public record RuleOfThumb(Scorecard scorecard, List<String> doubled) {
  private static final double WEAK_BELOW = 50;

  static RuleOfThumb of(Scorecard scorecard, List<Observation> accounts) {
    List<String> doubled = new ArrayList<>();
    List<Metric> metrics = scorecard.metrics();
    for (int i = 0; i < metrics.size(); i++) {
      double left = mean(accounts, i, false);
      if (left < WEAK_BELOW && left < mean(accounts, i, true)) {
        doubled.add(metrics.get(i).key());
      }
    }
    return new RuleOfThumb(scorecard, doubled);
  }

  private static double mean(List<Observation> accounts, int metric, boolean stayed) {
    return accounts.stream()
        .filter(account -> account.stayed() == stayed)
        .mapToDouble(account -> account.metrics()[metric])
        .filter(score -> !Double.isNaN(score))
        .average()
        .orElse(Double.NaN);
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
