package keepwell.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import keepwell.faults.Sent.Outcome;

/**
 * What became of a delivery.
 *
 * @param outcomes of each signal
 * @param accepted how many were said to be new
 * @param duplicates how many were said to be known
 */
record Receipt(Map<Sent, Outcome> outcomes, int accepted, int duplicates) {
  /** Nobody says more than this of any of them. */
  static Receipt all(List<Sent> signals, Outcome outcome) {
    return new Receipt(
        signals.stream().collect(Collectors.toMap(sent -> sent, sent -> outcome)), 0, 0);
  }

  /** Both together. */
  Receipt plus(Receipt other) {
    Map<Sent, Outcome> all = new HashMap<>(outcomes);
    all.putAll(other.outcomes);
    return new Receipt(all, accepted + other.accepted, duplicates + other.duplicates);
  }

  /** Whether something is known of each. */
  boolean answered() {
    return accepted + duplicates > 0 && !outcomes.containsValue(Outcome.UNKNOWN);
  }
}
