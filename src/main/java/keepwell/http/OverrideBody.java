package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import keepwell.health.Overrides.Period;

/**
 * The public form of an override.
 *
 * @param until the last day on which it is to hold
 */
record OverrideBody(
    Double max, Double min, String reason, String author, LocalDate until, Instant setAt) {

  static OverrideBody of(Period period) {
    return new OverrideBody(
        period.what().max().orElse(null),
        period.what().min().orElse(null),
        period.what().reason(),
        period.what().author(),
        LocalDate.ofEpochDay(period.what().until()),
        period.setAt());
  }
}
