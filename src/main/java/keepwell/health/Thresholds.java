package keepwell.health;

import java.util.List;
import java.util.TreeSet;

/**
 * The scores that playbooks name: an account tells when it has crossed one.
 *
 * @param version of the playbooks that changed them last; 0 for none
 * @param scores distinct, rising
 */
public record Thresholds(int version, List<Double> scores) {
  public static final Thresholds NONE = new Thresholds(0, List.of());

  public Thresholds {
    scores = List.copyOf(new TreeSet<>(scores));
  }

  /**
   * Whether one lies between two scores: of these one is below it, the other not. None, NaN, is
   * apart from every score. Without thresholds nothing is apart.
   */
  boolean separate(double one, double other) {
    if (scores.isEmpty()) {
      return false;
    }
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Double.isNaN(one) != Double.isNaN(other);
    }
    for (double threshold : scores) {
      if (one < threshold != other < threshold) {
        return true;
      }
    }
    return false;
  }
}
