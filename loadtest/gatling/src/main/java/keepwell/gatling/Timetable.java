package keepwell.gatling;

import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Requests, each at the time when it is due, whether or not those before it were answered. It
 * begins a second after the first is taken, when those that are due first have been made.
 */
final class Timetable {
  /** The attribute of a session that holds when its request is due; none when it is over. */
  static final String DUE_NANOS = "dueNanos";

  private static final double NANOS = 1e9;

  private final Iterator<Map<String, Object>> requests;
  private final Queue<Part> parts;
  private long beginNanos;
  private double partSeconds;
  private double seconds;

  /**
   * So many requests a second, more or fewer evenly.
   *
   * @param from at its begin
   * @param to at its end; 0 and 0 for none
   */
  record Part(double from, double to, double seconds) {
    static Part steady(double perSecond, double seconds) {
      return new Part(perSecond, perSecond, seconds);
    }
  }

  /**
   * @param parts one after the other
   */
  Timetable(Iterator<Map<String, Object>> requests, List<Part> parts) {
    this.requests = requests;
    this.parts = new ArrayDeque<>(parts);
  }

  /** Puts the next request into a session, or takes away that it has one if there is none left. */
  synchronized Session next(Session session) {
    double due = nextSeconds();
    if (due < 0 || !requests.hasNext()) {
      return session.remove(DUE_NANOS);
    }
    beginNanos = beginNanos == 0 ? System.nanoTime() + (long) NANOS : beginNanos;
    return session.setAll(requests.next()).set(DUE_NANOS, beginNanos + (long) (due * NANOS));
  }

  /** When the next request is due, from the begin on; negative if there is none. */
  double nextSeconds() {
    while (!parts.isEmpty()) {
      Part part = parts.element();
      if (seconds < part.seconds() && part.from() + part.to() > 0) {
        double due = partSeconds + seconds;
        double perSecond = part.from() + (part.to() - part.from()) * seconds / part.seconds();
        seconds += 1 / perSecond;
        return due;
      }
      partSeconds += part.seconds();
      seconds = Math.max(0, seconds - part.seconds());
      parts.remove();
    }
    return -1;
  }

  /**
   * How long a session must still wait until its request is due; Gatling knows whole milliseconds.
   */
  static Duration left(Session session) {
    long nanos = session.getLong(DUE_NANOS) - System.nanoTime();
    return Duration.ofMillis((long) Math.ceil(Math.max(0, nanos) / 1e6));
  }
}
