package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.dashboard.scorecard.Words.Piece;
import keepwell.health.Adjustment;
import keepwell.health.Measure;
import keepwell.health.Measure.Of;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WordsTest {
  private static Measure measure(Of of, int days) {
    return new Measure(of, "x", days, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COUNT | 1 | Number of x in 1 day",
        "SUM | 28 | Sum of x in 28 days",
        "USERS | 28 | Distinct users with x in 28 days",
        "ITEMS | 28 | Distinct items with x in 28 days",
        "DAYS | 28 | Days with x in 28 days",
        "USER_DAYS | 28 | Days of each user with x in 28 days, added up",
        "MEAN | 90 | Mean of x in 90 days",
        "LATEST | 0 | Latest x",
        "LATEST | 60 | Latest x in 60 days",
        "DAYS_SINCE | 0 | Days since the last x",
        "DAYS_UNTIL | 0 | Days until x",
        "TREND | 28 | Trend of x: sum of 28 days over that of the 28 before",
        "SHIFT | 28 | Shift of x: mean of 28 days less that of the 28 before",
        "CHANGE | 91 | Change of x in 91 days, in percent"
      })
  void a_measure_is_said_in_words(Of of, int days, String words) {
    assertThat(Words.of(measure(of, days), Set.of()).plain()).isEqualTo(words);
  }

  @Test
  void every_kind_of_measure_has_words_of_its_own() {
    assertThat(
            EnumSet.allOf(Of.class).stream()
                .map(of -> Words.of(measure(of, 7), Set.of()).plain())
                .collect(Collectors.toSet()))
        .hasSize(Of.values().length);
  }

  @Test
  void what_it_is_divided_by_follows() {
    Measure seats = new Measure(Of.LATEST, "seats", 0, Optional.empty());
    Measure users = new Measure(Of.USERS, "login", 30, Optional.of(seats));
    assertThat(Words.of(users, Set.of()).plain())
        .isEqualTo("Distinct users with login in 30 days, per latest seats");
  }

  @Test
  void signals_are_marked_and_those_that_nobody_has_ever_sent() {
    Measure seats = new Measure(Of.LATEST, "seats", 0, Optional.empty());
    Measure users = new Measure(Of.USERS, "login", 30, Optional.of(seats));
    List<Piece> signals =
        Words.of(users, Set.of("login")).pieces().stream().filter(Piece::signal).toList();
    assertThat(signals)
        .containsExactly(new Piece("login", true, false), new Piece("seats", true, true));
  }

  @Test
  void an_adjustment_is_said_in_words() {
    assertThat(
            Words.of(
                    new Adjustment("k", "n", "referral", 5, OptionalDouble.of(10), 90, false),
                    Set.of())
                .plain())
        .isEqualTo("For each referral in 90 days, 10 at most");
    assertThat(
            Words.of(
                    new Adjustment("k", "n", "login", -10, OptionalDouble.empty(), 14, true),
                    Set.of())
                .plain())
        .isEqualTo("Once if there is no login in 14 days, from an age of 14 days on");
  }
}
