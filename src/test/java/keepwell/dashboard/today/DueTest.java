package keepwell.dashboard.today;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import keepwell.health.Days;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DueTest {
  private static final Days DAYS = new Days(ZoneId.of("Europe/Berlin"));

  /** A Wednesday, 10:30 in Berlin. */
  private final Due due = new Due(DAYS, Instant.parse("2026-03-04T09:30:00Z"));

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T09:30:00Z, OVERDUE, 3 days late",
    "2026-03-03T09:30:00Z, OVERDUE, 1 day late",
    "2026-03-03T09:31:00Z, OVERDUE, 23 h late",
    "2026-03-04T09:29:59Z, OVERDUE, just now",
    "2026-03-04T09:30:00Z, TODAY, 10:30",
    "2026-03-04T22:59:00Z, TODAY, 23:59",
    "2026-03-04T23:00:00Z, TODAY, today",
    "2026-03-04T23:00:01Z, THIS_WEEK, Thu 5 Mar",
    "2026-03-08T23:00:00Z, THIS_WEEK, Sun 8 Mar",
    "2026-03-08T23:00:01Z, LATER, 9 Mar",
    "2027-03-08T12:00:00Z, LATER, 8 Mar 2027"
  })
  void what_is_due_at_the_end_of_a_day_is_due_on_it(Instant at, Due.When when, String text) {
    assertThat(due.when(at)).isEqualTo(when);
    assertThat(due.due(at)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-03T22:59:59Z, 3 Mar",
    "2026-03-03T23:00:00Z, 00:00",
    "2025-12-01T09:00:00Z, 1 Dec 2025"
  })
  void what_has_happened_today_has_a_time(Instant at, String text) {
    assertThat(due.since(at)).isEqualTo(text);
  }

  @Test
  void the_day_is_that_of_the_installation() {
    assertThat(due.today()).isEqualTo("Wednesday 4 March");
    assertThat(due.endOfToday()).isEqualTo("2026-03-04T23:00:00Z");
  }
}
