package keepwell.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.IsoFields;

/**
 * A quarter of a year.
 *
 * @param first its first day
 */
record Quarter(LocalDate first) {
  private static final LocalTime DUE_AT = LocalTime.of(8, 0);

  /** The one that an instant is in. */
  static Quarter of(Instant instant, ZoneId zone) {
    return new Quarter(instant.atZone(zone).toLocalDate().with(IsoFields.DAY_OF_QUARTER, 1));
  }

  /** When reminders were due last, at or before an instant: on the first day of a quarter. */
  static Instant lastDue(Instant now, ZoneId zone) {
    Quarter present = of(now, zone);
    Instant due = present.due(zone);
    return due.isAfter(now) ? present.before().due(zone) : due;
  }

  private Instant due(ZoneId zone) {
    return first.atTime(DUE_AT).atZone(zone).toInstant();
  }

  /** The one before. */
  Quarter before() {
    return new Quarter(first.minusMonths(3));
  }

  LocalDate last() {
    return first.plusMonths(3).minusDays(1);
  }

  /** For people, such as Q4 2026. */
  String name() {
    return "Q%d %d".formatted(first.get(IsoFields.QUARTER_OF_YEAR), first.getYear());
  }
}
