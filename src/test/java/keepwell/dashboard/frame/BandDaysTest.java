package keepwell.dashboard.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import keepwell.dashboard.frame.BandDays.Line;
import keepwell.dashboard.frame.BandDays.Tick;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BandDaysTest {
  private static final int FIRST = 20_000; // 2024-10-04

  private static BandDays of(long[]... greenAndRed) {
    return BandDays.of(Groups.days(greenAndRed), Groups.TIERS, FIRST + greenAndRed.length - 1);
  }

  @Test
  void one_day_makes_no_curve_nor_does_one_after_days_without_accounts() {
    assertThat(of(new long[] {9, 1}).lines()).isEmpty();
    assertThat(of(new long[] {0, 0}, new long[] {9, 1}).lines()).isEmpty();
  }

  @Test
  void each_tier_says_where_it_is_and_by_how_much_it_has_changed() {
    BandDays days = of(new long[] {9, 1}, new long[] {8, 2}, new long[] {6, 4});
    assertThat(days.lines()).extracting(Line::percent).containsExactly("60.0%", "0.0%", "40.0%");
    assertThat(days.lines())
        .extracting(Line::change)
        .containsExactly("−30.0 pt", "0.0 pt", "+30.0 pt");
    assertThat(days.lines().get(0).words()).isEqualTo("Healthy: 90.0% to 60.0% in 3 days");
    assertThat(days.note()).isEqualTo("3 days are known, one scale, dashed at the start");
  }

  @Test
  void a_point_is_as_high_in_all_drawings() {
    BandDays days = of(new long[] {9, 1}, new long[] {8, 2}, new long[] {6, 4});
    assertThat(days.lines().get(0).points()).isEqualTo("0,6.0 1,35.3 2,94.0");
    assertThat(days.lines().get(2).points()).isEqualTo("0,94.0 1,64.7 2,6.0");
    assertThat(days.lines().get(1).points()).isEqualTo("0,50.0 1,50.0 2,50.0");
    assertThat(days.lines().get(0).area(days.lastDay()))
        .isEqualTo("0,6.0 0,6.0 1,35.3 2,94.0 2,6.0");
  }

  @Test
  void next_to_nothing_does_not_look_like_a_lot() {
    BandDays days = of(new long[] {500, 500}, new long[] {501, 499});
    assertThat(days.lines().get(0).points()).isEqualTo("0,50.9 1,49.1");
  }

  @Test
  void ninety_days_are_named_at_both_ends_and_between() {
    BandDays days =
        of(IntStream.range(0, 90).mapToObj(day -> new long[] {9, 1}).toArray(long[][]::new));
    assertThat(days.note()).isEqualTo("90 days, one scale, dashed at the start");
    assertThat(days.ticks())
        .extracting(Tick::name)
        .containsExactly("4 Oct 2024", "17 Nov 2024", "Today");
    assertThat(days.ticks()).extracting(Tick::anchor).containsExactly("start", "middle", "end");
  }
}
