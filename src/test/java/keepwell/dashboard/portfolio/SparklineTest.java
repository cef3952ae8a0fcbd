package keepwell.dashboard.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import keepwell.dashboard.frame.Tiers;
import keepwell.dashboard.portfolio.Sparkline.Place;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Tier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SparklineTest {
  private static final Tiers.Mark RED =
      Tiers.of(List.of(new Tier("green", "Healthy", 50), new Tier("red", "Critical", 0)))
          .of(Optional.of("red"));

  /**
   * @param scores by day, 0 to 89; not a number for none
   */
  private static Sparkline of(IntToDoubleFunction scores) {
    List<DayScore> days = new ArrayList<>();
    for (int day = 0; day < Sparkline.DAYS; day++) {
      double score = scores.applyAsDouble(day);
      days.add(
          new DayScore(
              20_000 + day,
              Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score),
              Optional.empty()));
    }
    return Sparkline.of(new History("acme", days, List.of(), List.of()), RED);
  }

  @Test
  void it_goes_through_every_fourth_day_to_today() {
    Sparkline curve = of(day -> day);
    assertThat(curve.words()).isEqualTo("0.0 to 89.0 in 90 days");
    assertThat(curve.lines()).hasSize(1);
    assertThat(curve.lines().get(0).split(" ", -1)).hasSize(23).endsWith("93.0,3.0");
    assertThat(curve.end()).containsExactly(new Place("93.0", "3.0"));
    assertThat(curve.tier()).isEqualTo(RED);
  }

  @Test
  void next_to_nothing_does_not_look_like_a_lot() {
    assertThat(of(day -> 50).end()).containsExactly(new Place("93.0", "12.0"));
    assertThat(of(day -> day == 89 ? 53 : 50).end()).containsExactly(new Place("93.0", "11.1"));
  }

  @Test
  void where_there_is_no_score_it_has_a_gap() {
    Sparkline curve = of(day -> 30 < day && day < 60 ? Double.NaN : 50);
    assertThat(curve.lines()).hasSize(2);
    assertThat(of(day -> day < 80 ? Double.NaN : 50).words()).isEqualTo("50.0 to 50.0 in 10 days");
  }

  @Test
  void it_has_no_end_where_there_is_no_score_today() {
    Sparkline curve = of(day -> day < 60 ? 50 : Double.NaN);
    assertThat(curve.lines()).hasSize(1);
    assertThat(curve.end()).isEmpty();
  }

  @Test
  void what_cannot_be_drawn_is_said() {
    Sparkline none = of(day -> Double.NaN);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.words()).isEqualTo("no score in 90 days");
    assertThat(Sparkline.of(Refusal.of(Code.UNAVAILABLE), RED).words()).isEqualTo("no answer");
    assertThat(of(day -> day == 89 ? 50 : Double.NaN).isEmpty()).isFalse();
  }
}
