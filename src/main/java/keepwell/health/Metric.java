package keepwell.health;

import java.util.OptionalDouble;

/**
 * A measure and the curve that scores it.
 *
 * @param points its share of its category, among the metrics that are scored
 * @param actionable whether somebody can do something about it
 * @param missing the score without data; without it the metric is left out then
 */
public record Metric(
    String key,
    String name,
    double points,
    boolean actionable,
    Measure measure,
    Curve curve,
    OptionalDouble missing) {

  /** The score of what was measured; NaN if it is left out. */
  double score(double value) {
    return Double.isNaN(value) ? missing.orElse(Double.NaN) : curve.at(value);
  }

  /**
   * The first day after another on which, left alone, its score can be another. It may be early,
   * never late.
   *
   * @param value measured on that day
   */
  int nextChange(Facts facts, int day, double value) {
    int next = measure.nextChange(facts, day);
    int dailyRise = measure.dailyRise();
    boolean rises = dailyRise != 0 && measure.per().isEmpty() && !Double.isNaN(value);
    long risen = rises ? day + 1L + curve.steadySteps(value, dailyRise) : Days.NEVER;
    return (int) Math.min(next, risen);
  }
}
