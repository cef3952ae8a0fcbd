package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an account stands on a day, with every point explained.
 *
 * @param score 0 to 100, held by an override if there is one; empty for none
 * @param rawScore what it would be without the override
 * @param tier the settled one, or by the plain bands where another day was asked for; empty for
 *     none
 * @param tierSince since when it has the settled tier
 * @param asOf the day, counted from 1970-01-01
 * @param coverage the share of the scorecard's points that has data
 * @param trend7 by how much the raw score has changed in 7 days
 * @param trend30 the same in 30 days
 * @param actions the one or two things that would gain most, best first
 * @param forecast the fall of the tier that comes if nothing happens
 * @param override that holds on the day
 * @param closedAt when the account was closed, in product time; empty while it is open
 */
public record Standing(
    String account,
    Map<String, String> labels,
    OptionalDouble score,
    OptionalDouble rawScore,
    Optional<String> tier,
    Optional<Instant> tierSince,
    Optional<String> previousTier,
    int asOf,
    double coverage,
    Optional<String> scorecard,
    int version,
    OptionalDouble trend7,
    OptionalDouble trend30,
    List<CategoryScore> categories,
    List<AdjustmentScore> adjustments,
    List<Action> actions,
    Optional<Forecast> forecast,
    Optional<Overrides.Period> override,
    Optional<Instant> closedAt)
    implements Answer {

  /**
   * @param score empty if none of its metrics is scored: it is left out
   */
  public record CategoryScore(
      String key, String name, double weight, OptionalDouble score, List<MetricScore> metrics) {}

  /**
   * @param value what was measured; empty without data
   * @param score of the value; empty if it is left out
   * @param contribution its points in the score
   * @param lost the points that it could still give
   */
  public record MetricScore(
      String key,
      String name,
      double points,
      OptionalDouble value,
      OptionalDouble score,
      OptionalDouble contribution,
      OptionalDouble lost) {}

  /**
   * @param count signals in its window
   * @param contribution its points in the score, before the whole is held within 0 to 100
   */
  public record AdjustmentScore(
      String key, String name, double points, long count, double contribution) {}

  /**
   * Something to do about the score.
   *
   * @param metric whether the key is a metric's or an adjustment's
   * @param gain points of the score
   */
  public record Action(String key, boolean metric, double gain) {}
}
