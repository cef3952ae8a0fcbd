package keepwell.dashboard.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import keepwell.health.Adjustment;
import keepwell.health.Measure;
import keepwell.health.Metric;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Standing;

/**
 * Where the numbers come from that a standing has.
 *
 * @param seen signals that any account has ever sent; the source of the others is not connected
 */
record Sources(Scorecards scorecards, Set<String> seen) {
  /** Where nothing is said of them. */
  static final Sources NONE = new Sources(new Scorecards(0, Instant.EPOCH, List.of()), Set.of());

  /** The scorecard of a standing; empty if none fits, or there is no such one any more. */
  Optional<Scorecard> card(Standing standing) {
    return standing
        .scorecard()
        .flatMap(
            key ->
                scorecards.scorecards().stream()
                    .filter(card -> card.key().equals(key))
                    .findFirst());
  }

  Optional<Metric> metric(Standing standing, String key) {
    return card(standing).stream()
        .flatMap(card -> card.metrics().stream())
        .filter(metric -> metric.key().equals(key))
        .findFirst();
  }

  Optional<Adjustment> adjustment(Standing standing, String key) {
    return card(standing).stream()
        .flatMap(card -> card.adjustments().stream())
        .filter(adjustment -> adjustment.key().equals(key))
        .findFirst();
  }

  /** A signal that a metric measures, and that no account has ever sent. */
  Optional<String> missing(Metric metric) {
    return signals(metric.measure()).filter(signal -> !seen.contains(signal)).findFirst();
  }

  /** The signals that a measure reads. */
  static Stream<String> signals(Measure measure) {
    return Stream.concat(
        Stream.of(measure.signal()), measure.per().stream().flatMap(Sources::signals));
  }
}
