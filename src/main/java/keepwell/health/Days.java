package keepwell.health;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The calendar of an installation: days are counted from 1970-01-01 in its time zone. */
public final class Days {
  /** The day that never comes. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final long MILLIS = TimeUnit.DAYS.toMillis(1);

  private final ZoneId zone;
  private final boolean utc;

  public Days(ZoneId zone) {
    this.zone = zone;
    this.utc = zone.normalized().equals(ZoneOffset.UTC);
  }

  /** In which days begin and end. */
  public ZoneId zone() {
    return zone;
  }

  /** The day on which an instant falls. */
  public int of(Instant instant) {
    return utc
        ? (int) Math.floorDiv(instant.toEpochMilli(), MILLIS)
        : (int) LocalDate.ofInstant(instant, zone).toEpochDay();
  }

  /** The time of day of an instant. */
  public LocalTime time(Instant instant) {
    return LocalTime.ofInstant(instant, zone);
  }

  /** A day written {@code 2026-12-31}; empty for any other text. */
  public static Optional<LocalDate> read(String text) {
    if (!DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The first instant of a day. */
  public Instant start(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
  }

  /**
   * Where an instant lies against midnight UTC of its day, in milliseconds: orders the instants of
   * one day, and fits an int in every zone.
   */
  static int millis(Instant instant, int day) {
    return (int) (instant.toEpochMilli() - day * MILLIS);
  }
}
