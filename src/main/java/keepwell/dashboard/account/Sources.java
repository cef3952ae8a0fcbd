package keepwell.dashboard.account;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import keepwell.health.Measure;
import keepwell.health.Scorecards;

/**
 * Where the signals come from that metrics measure.
 *
 * @param seen those that any account has ever sent; the source of the others is not connected
 */
record Sources(Scorecards scorecards, Set<String> seen) {

  /** A signal that a metric of a scorecard measures, and that no account has ever sent. */
  Optional<String> missing(String scorecard, String metric) {
    return scorecards.scorecards().stream()
        .filter(card -> card.key().equals(scorecard))
        .flatMap(card -> card.categories().stream())
        .flatMap(category -> category.metrics().stream())
        .filter(each -> each.key().equals(metric))
        .flatMap(each -> signals(each.measure()))
        .filter(signal -> !seen.contains(signal))
        .findFirst();
  }

  private static Stream<String> signals(Measure measure) {
    return Stream.concat(Stream.of(measure.signal()), measure.per().stream().map(Measure::signal));
  }
}
