package keepwell.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import keepwell.cluster.Roster.Entry;

/**
 * Tells whose beat stands still, by looking at the roster again and again: whoever's has not moved
 * for a while under our own eyes. So the clocks of nodes and database do not matter, nor does the
 * time in which the database was away from everybody.
 */
final class Watch {
  private final LongSupplier nanoTime;
  private final Map<String, Sight> sights = new HashMap<>();

  /** The last move of a beat that was seen. */
  private record Sight(long incarnation, long beat, long seenNanos, boolean moved) {}

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  Watch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Looks at the others as they are now. */
  void look(List<Entry> others) {
    long now = nanoTime.getAsLong();
    Map<String, Sight> before = Map.copyOf(sights);
    sights.clear();
    for (Entry other : others) {
      Sight sight = before.get(other.name());
      if (sight == null || !matches(sight, other)) {
        sight = new Sight(other.incarnation(), other.beat(), now, sight != null);
      }
      sights.put(other.name(), sight);
    }
  }

  /** Forgets what was seen, as it could not be looked at for a while. */
  void forget() {
    sights.clear();
  }

  /** Whether a node's beat has not moved for so long. */
  boolean still(Entry other, Duration duration) {
    Sight sight = sights.get(other.name());
    return sight != null
        && matches(sight, other)
        && nanoTime.getAsLong() - sight.seenNanos() >= duration.toNanos();
  }

  /** Whether a node's beat has moved under our own eyes. */
  boolean moved(Entry other) {
    Sight sight = sights.get(other.name());
    return sight != null && sight.moved();
  }

  private static boolean matches(Sight sight, Entry other) {
    return sight.incarnation() == other.incarnation() && sight.beat() == other.beat();
  }
}
