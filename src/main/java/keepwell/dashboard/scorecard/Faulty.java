package keepwell.dashboard.scorecard;

import java.util.Collection;
import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Fault;

/**
 * What is wrong with a draft.
 *
 * @param says how much
 * @param faults the first of them
 */
record Faulty(String says, List<Told> faults) {
  private static final int MAX = 50;

  /**
   * @param where the path in words
   */
  record Told(String path, String where, String problem) {}

  /**
   * @param document that has them
   */
  static Faulty of(Object document, Collection<Fault> faults) {
    return new Faulty(
        faults.size() == 1
            ? "The draft has a fault"
            : "The draft has " + Figures.count(faults.size()) + " faults",
        faults.stream()
            .limit(MAX)
            .map(
                fault ->
                    new Told(fault.path(), Places.words(document, fault.path()), fault.problem()))
            .toList());
  }
}
