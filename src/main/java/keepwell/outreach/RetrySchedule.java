package keepwell.outreach;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** When a message is tried again: the schedule of Standard Webhooks 1.0.0, over three days. */
final class RetrySchedule {
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** A delay is longer by up to this share, so that what failed together does not come together. */
  private static final double JITTER = 0.2;

  private static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);

  /** Nobody may put us off for longer. */
  private static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);

  /** Of all attempts at a subscriber that refuses everything. */
  private static final Duration PROBE_MIN = Duration.ofSeconds(5);

  private static final Duration PROBE_MAX = Duration.ofMinutes(5);
  private static final int PROBE_DOUBLINGS_MAX = 6;

  private RetrySchedule() {}

  /**
   * How long to wait after a failure; empty if it was the last attempt.
   *
   * @param failures of the message so far, from 1
   * @param random from 0 to below 1
   */
  static Optional<Duration> delay(int failures, double random) {
    return failures > DELAYS.size()
        ? Optional.empty()
        : Optional.of(longer(DELAYS.get(failures - 1), random));
  }

  /**
   * How long to leave a subscriber alone that refuses everything.
   *
   * @param probes that it has refused since that is known, from 0
   */
  static Duration probe(int probes, double random) {
    Duration doubled = PROBE_MIN.multipliedBy(1L << Math.min(probes, PROBE_DOUBLINGS_MAX));
    return longer(doubled.compareTo(PROBE_MAX) < 0 ? doubled : PROBE_MAX, random);
  }

  private static Duration longer(Duration delay, double random) {
    return delay.plusMillis(Math.round(delay.toMillis() * JITTER * random));
  }

  /**
   * Reads a header {@code Retry-After} (RFC 9110, section 10.2.3), seconds or a date; from a second
   * to a day. Empty if it says nothing.
   */
  static Optional<Duration> retryAfter(String header, Instant now) {
    String value = header.trim();
    if (value.matches("\\d+")) {
      return Optional.of(
          value.length() > 9
              ? RETRY_AFTER_MAX
              : bounded(Duration.ofSeconds(Long.parseLong(value))));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, then)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration duration) {
    if (duration.compareTo(RETRY_AFTER_MIN) < 0) {
      return RETRY_AFTER_MIN;
    }
    return duration.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : duration;
  }
}
