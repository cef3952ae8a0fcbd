package keepwell.health;

import java.util.List;
import java.util.OptionalDouble;

/**
 * An account's score on a day by a scorecard, and what was measured for it. NaN stands for none.
 * Numbers are kept as computed; only coverage and score are rounded, half up to 4 decimals.
 */
public final class Evaluation {
  final Scorecard scorecard;
  final int day;

  /** The value of each metric, category by category, and then the count of each adjustment. */
  private final double[] measured;

  private final double[] pointsScored;
  private final double[] categoryScores;
  private double weightScored;
  private double coverage = 1;
  private double ofCategories;
  private double sum;
  private double score;

  private Evaluation(Scorecard scorecard, int day, double[] measured) {
    this.scorecard = scorecard;
    this.day = day;
    this.measured = measured;
    this.pointsScored = new double[scorecard.categories().size()];
    this.categoryScores = new double[pointsScored.length];
  }

  /** Scores an account on a day. */
  static Evaluation of(Scorecard scorecard, Facts facts, int day) {
    return of(scorecard, facts, day, day);
  }

  /**
   * Scores an account on a day as if nothing had happened after another.
   *
   * @param upTo the last day whose signals count
   */
  static Evaluation of(Scorecard scorecard, Facts facts, int day, int upTo) {
    double[] measured = new double[scorecard.measuredCount()];
    return new Evaluation(scorecard, day, measured).measured(facts, upTo, null);
  }

  /** The same day after more signals of one key: only what reads that key is measured again. */
  Evaluation after(Facts facts, String key) {
    return new Evaluation(scorecard, day, measured.clone()).measured(facts, day, key);
  }

  /**
   * @param onlyKey what does not read it is as it was; null: everything is measured
   */
  private Evaluation measured(Facts facts, int upTo, String onlyKey) {
    int i = 0;
    List<Category> categories = scorecard.categories();
    for (int c = 0; c < categories.size(); c++) {
      List<Metric> metrics = categories.get(c).metrics();
      for (int m = 0; m < metrics.size(); m++, i++) {
        Measure measure = metrics.get(m).measure();
        if (onlyKey == null || measure.reads(onlyKey)) {
          measured[i] = measure.value(facts, day, upTo);
        }
      }
    }
    List<Adjustment> adjustments = scorecard.adjustments();
    for (int a = 0; a < adjustments.size(); a++, i++) {
      if (onlyKey == null || adjustments.get(a).signal().equals(onlyKey)) {
        measured[i] = adjustments.get(a).count(facts, day, upTo);
      }
    }
    score(facts, Math.min(day, upTo));
    return this;
  }

  private void score(Facts facts, int upTo) {
    ofCategories = scoreCategories();
    sum = ofCategories + scorecard.base() + sumOfAdjustments(facts);
    boolean none =
        facts.isEmpty()
            || facts.firstDay > upTo
            || (!scorecard.categories().isEmpty() && weightScored == 0)
            || coverage < scorecard.minCoverage()
            || (long) day - facts.firstDay < scorecard.minAgeDays();
    score = none ? Double.NaN : round(scorecard.scored(sum));
  }

  private double scoreCategories() {
    List<Category> categories = scorecard.categories();
    double weights = 0;
    double covered = 0;
    double weighted = 0;
    int first = 0;
    for (int c = 0; c < categories.size(); c++) {
      Category category = categories.get(c);
      weights += category.weight();
      covered += category.weight() * scoreMetrics(c, category.metrics(), first);
      first += category.metrics().size();
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
  private double scoreMetrics(int c, List<Metric> metrics, int first) {
    double points = 0;
    double pointsWithData = 0;
    double sum = 0;
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      double value = measured[first + m];
      double metricScore = metric.score(value);
      points += metric.points();
      if (!Double.isNaN(value)) {
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

  private double sumOfAdjustments(Facts facts) {
    double sum = 0;
    for (int a = 0; a < scorecard.adjustments().size(); a++) {
      sum += contribution(a, facts);
    }
    return sum;
  }

  /** The score, 0 to 100; NaN for none. */
  double score() {
    return score;
  }

  /** All points together, before a score is made of them. */
  double sum() {
    return sum;
  }

  /** By how much the score would rise with more points. */
  double gained(double points) {
    return scorecard.logistic().isEmpty()
        ? points
        : scorecard.scored(sum + points) - scorecard.scored(sum);
  }

  /**
   * Points of the score for each point that metrics give to the sum. Where a chance is made of it,
   * they add up to the rise from the chance of 0 to that of all metrics.
   */
  double kept() {
    return rise(0, ofCategories);
  }

  /** The same of the points of base and adjustments: from there to the score. */
  double added() {
    return rise(ofCategories, sum);
  }

  /** The same of the points that metrics lose: from the score to what it would be with them. */
  double lost() {
    return rise(sum, sum + 100 - ofCategories);
  }

  private double rise(double from, double to) {
    return scorecard.logistic().map(logistic -> logistic.rise(from, to)).orElse(1.0);
  }

  /** The share of the scorecard's points that has data, 0 to 1. */
  double coverage() {
    return coverage;
  }

  double categoryScore(int category) {
    return categoryScores[category];
  }

  /** What was measured for a metric; NaN without data. */
  double value(int category, int metric) {
    int first = 0;
    for (int c = 0; c < category; c++) {
      first += scorecard.categories().get(c).metrics().size();
    }
    return measured[first + metric];
  }

  /** The score of a metric; NaN if it is left out. */
  double score(int category, int metric) {
    Metric of = scorecard.categories().get(category).metrics().get(metric);
    return of.score(value(category, metric));
  }

  /**
   * Points of the sum per point of a metric's score: its share of the whole; NaN if it is left out.
   */
  double share(int category, int metric) {
    if (Double.isNaN(score(category, metric))) {
      return Double.NaN;
    }
    if (weightScored == 0 || pointsScored[category] == 0) {
      return 0;
    }
    Category of = scorecard.categories().get(category);
    return of.weight() / weightScored * of.metrics().get(metric).points() / pointsScored[category];
  }

  /** The signals in the window of an adjustment. */
  long count(int adjustment) {
    return (long) measured[measured.length - scorecard.adjustments().size() + adjustment];
  }

  /** The points that an adjustment adds to the sum, or takes from it. */
  double contribution(int adjustment, Facts facts) {
    return scorecard.adjustments().get(adjustment).contribution(count(adjustment), facts, day);
  }

  /**
   * The first day after this one on which, left alone, the score can be another; {@link Days#NEVER}
   * for none. It may be early, never late.
   */
  int nextChange(Facts facts) {
    if (facts.isEmpty()) {
      return Days.NEVER;
    }
    int ofAge = facts.firstDay + scorecard.minAgeDays();
    int next = ofAge > day ? ofAge : Days.NEVER;
    int i = 0;
    for (Category category : scorecard.categories()) {
      for (Metric metric : category.metrics()) {
        next = Math.min(next, metric.nextChange(facts, day, measured[i++]));
      }
    }
    for (Adjustment adjustment : scorecard.adjustments()) {
      next = Math.min(next, adjustment.nextChange(facts, day));
    }
    return next;
  }

  static OptionalDouble number(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Half up to 4 decimals. */
  static double round(double value) {
    return Math.floor(value * 1e4 + 0.5) / 1e4;
  }
}
