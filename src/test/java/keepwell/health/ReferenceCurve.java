package keepwell.health;

import java.util.List;
import java.util.Map;

/** Grades what {@link Reference} measures, as plainly. */
final class ReferenceCurve {
  private ReferenceCurve() {}

  /** The score of a value by a metric (parsed JSON). */
  static Double grade(Map<?, ?> metric, double value) {
    double x = "log1p".equals(metric.get("transform")) ? Math.log1p(Math.max(value, 0)) : value;
    List<?> steps = (List<?>) metric.get("steps");
    return steps != null ? stepAt(steps, x) : curveAt((List<?>) metric.get("curve"), x);
  }

  private static double stepAt(List<?> steps, double x) {
    double score = 0;
    for (Object step : steps) {
      score = at(step, 0) <= x ? at(step, 1) : score;
    }
    return score;
  }

  private static double curveAt(List<?> curve, double x) {
    Object left = curve.get(0);
    for (Object right : curve) {
      if (x <= at(right, 0)) {
        double width = at(right, 0) - at(left, 0);
        double way = width == 0 ? 0 : (x - at(left, 0)) / width;
        return at(left, 1) + (at(right, 1) - at(left, 1)) * way;
      }
      left = right;
    }
    return at(left, 1);
  }

  private static double at(Object pair, int index) {
    return ((Number) ((List<?>) pair).get(index)).doubleValue();
  }
}
