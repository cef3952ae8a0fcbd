package keepwell.truth;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The accounts that a scorecard is fitted to: of very many a sample, by chance but always the same,
 * that would not teach less.
 */
final class Observations {
  private static final Comparator<Observation> BY_PLACE =
      Comparator.comparingDouble(Observation::place);

  private final int max;
  private final PriorityQueue<Observation> kept = new PriorityQueue<>(BY_PLACE.reversed());

  /**
   * @param max how many are kept
   */
  Observations(int max) {
    this.max = max;
  }

  void add(Observation observation) {
    kept.add(observation);
    if (kept.size() > max) {
      kept.remove();
    }
  }

  /** In an order that does not depend on that in which they came. */
  List<Observation> all() {
    return kept.stream().sorted(BY_PLACE).toList();
  }
}
