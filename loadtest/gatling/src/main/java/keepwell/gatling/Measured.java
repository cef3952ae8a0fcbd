package keepwell.gatling;

import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of one name: how long they took, each from when it was due, and what
 * was acknowledged. Gatling times a request from when it is sent, makes simulations by itself, and
 * tells no percentiles to programs; and so the figures of the one run of a process are kept here.
 */
final class Measured {

  /** The attribute of a session that holds the status of the last answer. */
  static final String STATUS = "status";

  private static final Map<String, Measured> ALL = new ConcurrentHashMap<>();
  private static final int DIGITS = 3;

  private final Histogram micros = new Histogram(DIGITS);
  private long failures;
  private long refused;
  private long signals;
  private long firstNanos;
  private long lastNanos;

  /** Of each name that was sent. */
  static Map<String, Measured> all() {
    return ALL;
  }

  /** Notes the last request of a session, by its name, and makes it ready for the next. */
  static Session note(Session session) {
    Measured measured = of(session);
    if (session.isFailed()) {
      measured.fail();
    } else {
      measured.answer(
          session.getLong(Timetable.DUE_NANOS), System.nanoTime(), session.getInt("signals"));
    }
    return session.markAsSucceeded().remove(STATUS);
  }

  /** Notes that it was refused and may be sent again. */
  static Session noteRefused(Session session) {
    of(session).refuse();
    return session;
  }

  private static Measured of(Session session) {
    return ALL.computeIfAbsent(session.getString("name"), name -> new Measured());
  }

  synchronized void fail() {
    failures++;
  }

  synchronized void refuse() {
    refused++;
  }

  /**
   * @param signals that were acknowledged
   */
  synchronized void answer(long dueNanos, long nowNanos, int signals) {
    firstNanos = micros.getTotalCount() == 0 ? nowNanos : firstNanos;
    lastNanos = nowNanos;
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nowNanos - dueNanos));
    this.signals += signals;
  }

  /** Answers, without those that failed or were refused. */
  synchronized long count() {
    return micros.getTotalCount();
  }

  synchronized long failures() {
    return failures;
  }

  synchronized long refused() {
    return refused;
  }

  synchronized long signals() {
    return signals;
  }

  /** What so many of a hundred answers took at most. */
  synchronized double millis(double percent) {
    return micros.getValueAtPercentile(percent) / 1e3;
  }

  /** From the first answer to the last. */
  synchronized Duration span() {
    return Duration.ofNanos(lastNanos - firstNanos);
  }
}
