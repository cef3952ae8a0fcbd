package keepwell.dashboard.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * A label by which accounts are chosen.
 *
 * @param chosen empty for all
 * @param values those worth most, and the one that is chosen
 */
record Choice(String label, String chosen, List<String> values) {

  static Choice of(String label, String chosen, List<String> known) {
    List<String> values = new ArrayList<>(known);
    if (!chosen.isEmpty() && !values.contains(chosen)) {
      values.add(chosen);
    }
    return new Choice(label, chosen, values);
  }
}
