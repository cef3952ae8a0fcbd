package keepwell.truth;

import java.util.OptionalInt;
import java.util.TreeMap;

/** How many days before they left accounts had come into the lowest tier, never to leave it. */
final class LeadTimes {
  private final TreeMap<Integer, Long> days = new TreeMap<>();
  private long accounts;

  void add(int before) {
    days.merge(before, 1L, Long::sum);
    accounts++;
  }

  long accounts() {
    return accounts;
  }

  /** The lower one of the two in the middle. */
  OptionalInt median() {
    long passed = 0;
    for (var lead : days.entrySet()) {
      passed += lead.getValue();
      if (2 * passed >= accounts) {
        return OptionalInt.of(lead.getKey());
      }
    }
    return OptionalInt.empty();
  }
}
