package keepwell.health;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One version of the scorecards of an installation. The first that fits an account is the
 * account's.
 *
 * @param version 1 for the first
 * @param activatedAt since when it is in force, in product time
 */
public record Scorecards(int version, Instant activatedAt, List<Scorecard> scorecards) {
  /** How many warnings are given at most. */
  public static final int WARNINGS_MAX = 100;

  public Scorecards {
    scorecards = List.copyOf(scorecards);
  }

  /** The scorecard of an account with these labels; empty if none fits: it has no score. */
  public Optional<Scorecard> of(Map<String, String> labels) {
    for (Scorecard scorecard : scorecards) {
      if (scorecard.fits(labels)) {
        return Optional.of(scorecard);
      }
    }
    return Optional.empty();
  }

  /** Every signal key that is named, by the paths of the places where it is, in their order. */
  public Map<String, String> signals() {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (int i = 0; i < scorecards.size(); i++) {
      scorecards.get(i).putSignals("scorecards[" + i + "]", byPath);
    }
    return byPath;
  }

  /**
   * A warning for each place that names a signal which no account has ever sent; the first {@value
   * #WARNINGS_MAX}.
   *
   * @param seen those of the signals named that some account has sent
   */
  public List<Warning> warnings(Set<String> seen) {
    return signals().entrySet().stream()
        .filter(place -> !seen.contains(place.getValue()))
        .limit(WARNINGS_MAX)
        .map(place -> Warning.neverSent(place.getKey(), place.getValue()))
        .toList();
  }
}
