package keepwell.health;

import java.util.List;

/**
 * An account's score on a day by a scorecard, and every number that led to it. NaN stands for none.
 * Numbers are kept as computed; only coverage and score are rounded, half up to 4 decimals.
 */
public final class Evaluation {
  final Scorecard scorecard;

  /** For each category, for each of its metrics: what was measured, and its score. */
  final double[][] values;

  final double[][] scores;
  final double[] pointsScored;
  final double[] categoryScores;
  final long[] counts;
  final double[] adjustments;
  private double weightScored;
  private double coverage = 1;
  private double score;

  private Evaluation(Scorecard scorecard) {
    this.scorecard = scorecard;
    int categories = scorecard.categories().size();
    this.values = new double[categories][];
    this.scores = new double[categories][];
    this.pointsScored = new double[categories];
    this.categoryScores = new double[categories];
    this.counts = new long[scorecard.adjustments().size()];
    this.adjustments = new double[counts.length];
  }

  /** Scores the facts of an account, up to and including a day, on that day. */
  static Evaluation of(Scorecard scorecard, Facts facts, int day) {
    Evaluation evaluation = new Evaluation(scorecard);
    double categories = evaluation.scoreCategories(facts, day);
    double adjustments = evaluation.scoreAdjustments(facts, day);
    boolean none =
        facts.isEmpty()
            || facts.firstDay > day
            || (!scorecard.categories().isEmpty() && evaluation.weightScored == 0)
            || evaluation.coverage < scorecard.minCoverage()
            || (long) day - facts.firstDay < scorecard.minAgeDays();
    double sum = categories + scorecard.base() + adjustments;
    evaluation.score = none ? Double.NaN : round(Math.max(0, Math.min(100, sum)));
    return evaluation;
  }

  private double scoreCategories(Facts facts, int day) {
    List<Category> categories = scorecard.categories();
    double weights = 0;
    double covered = 0;
    double weighted = 0;
    for (int c = 0; c < categories.size(); c++) {
      Category category = categories.get(c);
      weights += category.weight();
      covered += category.weight() * scoreMetrics(c, facts, day);
      if (!Double.isNaN(categoryScores[c])) {
        weighted += category.weight() * categoryScores[c];
        weightScored += category.weight();
      }
    }
    if (!categories.isEmpty()) {
      coverage = round(covered / weights);
    }
    return weightScored == 0 ? 0 : weighted / weightScored;
  }

  /** Returns the share of the category's points that has data. */
  private double scoreMetrics(int c, Facts facts, int day) {
    List<Metric> metrics = scorecard.categories().get(c).metrics();
    values[c] = new double[metrics.size()];
    scores[c] = new double[metrics.size()];
    double points = 0;
    double pointsWithData = 0;
    double sum = 0;
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      double value = metric.measure().value(facts, day);
      boolean hasData = !Double.isNaN(value);
      double metricScore = hasData ? metric.curve().at(value) : metric.missing().orElse(Double.NaN);
      values[c][m] = value;
      scores[c][m] = metricScore;
      points += metric.points();
      if (hasData) {
        pointsWithData += metric.points();
      }
      if (!Double.isNaN(metricScore)) {
        sum += metric.points() * metricScore;
        pointsScored[c] += metric.points();
      }
    }
    categoryScores[c] = pointsScored[c] == 0 ? Double.NaN : sum / pointsScored[c];
    return pointsWithData / points;
  }

  private double scoreAdjustments(Facts facts, int day) {
    double sum = 0;
    for (int a = 0; a < counts.length; a++) {
      Adjustment adjustment = scorecard.adjustments().get(a);
      counts[a] = adjustment.count(facts, day);
      adjustments[a] = adjustment.contribution(counts[a], facts, day);
      sum += adjustments[a];
    }
    return sum;
  }

  /** The score, 0 to 100; NaN for none. */
  double score() {
    return score;
  }

  /** The share of the scorecard's points that has data, 0 to 1. */
  double coverage() {
    return coverage;
  }

  /**
   * Points of the score per point of a metric's score: its share of the whole; NaN if it is left
   * out.
   */
  double share(int category, int metric) {
    if (Double.isNaN(scores[category][metric])) {
      return Double.NaN;
    }
    if (weightScored == 0 || pointsScored[category] == 0) {
      return 0;
    }
    Category of = scorecard.categories().get(category);
    return of.weight() / weightScored * of.metrics().get(metric).points() / pointsScored[category];
  }

  /** Half up to 4 decimals. */
  static double round(double value) {
    return Math.floor(value * 1e4 + 0.5) / 1e4;
  }
}
