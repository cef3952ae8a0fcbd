package keepwell.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * When the report is sent, and to whom.
 *
 * @param to addresses; none: it is not sent
 * @param hour of the day, 0 to 23
 */
public record Weekly(List<String> to, DayOfWeek day, int hour) {
  public Weekly {
    to = List.copyOf(to);
  }

  /** When it was to be sent last, at or before an instant. */
  Instant lastDue(Instant now, ZoneId zone) {
    LocalDate on = now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(day));
    Instant due = at(on, zone);
    return due.isAfter(now) ? at(on.minusWeeks(1), zone) : due;
  }

  private Instant at(LocalDate on, ZoneId zone) {
    return on.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant();
  }
}
