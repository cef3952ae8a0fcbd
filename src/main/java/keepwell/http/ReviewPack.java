package keepwell.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Standing.MetricScore;
import keepwell.playbook.Task;
import keepwell.portfolio.Listed;

/**
 * All that the business review of an account is about.
 *
 * @param explained over {@link #OVER_DAYS}
 * @param history of 180 days
 * @param listed as the portfolio has it; empty if it has not come to it yet
 * @param open tasks, those that are due first come first
 * @param done tasks of the last 90 days, the latest first
 */
public record ReviewPack(
    Explained explained,
    History history,
    Optional<Listed> listed,
    List<Task> open,
    List<Task> done) {
  static final List<Integer> OVER_DAYS = List.of(30, 90);

  private static final int DRIVERS_MAX = 5;

  /** The metrics that give most points to the score, most first. */
  public List<MetricScore> gives() {
    return most(MetricScore::contribution);
  }

  /** Those that lose most. */
  public List<MetricScore> loses() {
    return most(MetricScore::lost);
  }

  private List<MetricScore> most(Function<MetricScore, OptionalDouble> points) {
    return explained.standing().categories().stream()
        .flatMap(category -> category.metrics().stream())
        .filter(metric -> Tenths.tenths(points.apply(metric)) > 0)
        .sorted(Comparator.comparingDouble(metric -> -points.apply(metric).orElse(0)))
        .limit(DRIVERS_MAX)
        .toList();
  }
}
