package keepwell.faults;

import java.util.Collections;
import java.util.List;
import keepwell.faults.Sent.Outcome;

/**
 * What became of a delivery of some signals.
 *
 * @param outcomes one for each of them
 * @param accepted how many were said to be new
 * @param duplicates how many were said to be known
 */
record Receipt(List<Outcome> outcomes, int accepted, int duplicates) {
  static Receipt all(List<Sent> signals, Outcome outcome) {
    return new Receipt(Collections.nCopies(signals.size(), outcome), 0, 0);
  }

  /** Whether it was answered as a whole. */
  boolean answered() {
    return outcomes.stream().noneMatch(outcome -> outcome == Outcome.UNKNOWN)
        && accepted + duplicates > 0;
  }
}
