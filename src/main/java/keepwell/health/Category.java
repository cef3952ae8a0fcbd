package keepwell.health;

import java.util.List;

/**
 * Metrics that belong together.
 *
 * @param weight its share of the score, among the categories that are scored
 */
public record Category(String key, String name, double weight, List<Metric> metrics) {
  public Category {
    metrics = List.copyOf(metrics);
  }
}
