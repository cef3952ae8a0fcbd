package keepwell.dashboard.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and days as people read them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FiguresTest {
  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999.4, 999",
    "999.5, 1.0k",
    "1234, 1.2k",
    "52000, 52k",
    "999499, 999k",
    "999500, 1.0M",
    "184200000, 184M",
    "4.5e12, '4,500B'",
    "-52000, −52k"
  })
  void amounts_are_short_and_keep_their_size(double amount, String shown) {
    assertThat(Figures.compact(amount)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"3.24, ↗ +3.2", "-22.56, ↘ −22.6", "0.04, → 0.0", "-0.04, → 0.0"})
  void a_trend_is_an_arrow_and_a_number(double points, String shown) {
    assertThat(Figures.trend(points)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0.4583, 0.46", "-15.381, −15.38", "16170, '16,170'", "-0.001, 0", "1e300, 1E300"})
  void what_was_measured_has_two_decimals_at_most(double number, String shown) {
    assertThat(Figures.value(number)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "11, 20 seconds",
    "50, 50 seconds",
    "51, 1 minute",
    "61, 2 minutes",
    "7140, 119 minutes",
    "7141, 2 hours",
    "7201, 3 hours"
  })
  void a_duration_is_rounded_up(long seconds, String shown) {
    assertThat(Figures.duration(seconds)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 2 Mar, today",
    "2026-03-03, 3 Mar, in 1 day",
    "2027-01-01, 1 Jan 2027, in 305 days",
    "2026-02-27, 27 Feb, 3 days ago"
  })
  void a_day_has_its_year_if_it_is_another(String date, String shown, String distance) {
    int today = day("2026-03-02");
    assertThat(Figures.day(day(date), today)).isEqualTo(shown);
    assertThat(Figures.distance(day(date), today)).isEqualTo(distance);
  }
}
