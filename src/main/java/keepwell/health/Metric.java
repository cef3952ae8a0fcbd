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
    OptionalDouble missing) {}
