package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keepwell.health.Outcomes;

/**
 * What became of an account.
 *
 * @param outcomes latest first
 */
record OutcomesBody(String account, List<Day> outcomes) {

  /**
   * A day's.
   *
   * @param at some time of that day
   */
  record Day(LocalDate day, String outcome, Instant at, Instant recordedAt) {}

  static OutcomesBody of(String account, Outcomes outcomes) {
    List<Day> days = new ArrayList<>();
    for (Outcomes.Past past : outcomes.all()) {
      days.add(
          new Day(
              LocalDate.ofEpochDay(past.day()),
              past.outcome().toString(),
              past.at(),
              past.recordedAt()));
    }
    Collections.reverse(days);
    return new OutcomesBody(account, days);
  }
}
