package keepwell.dashboard.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Tiers;
import keepwell.dashboard.portfolio.Moves.Cell;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Tier;
import keepwell.portfolio.Overview.Move;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MovesTest {
  private static final Tiers TIERS =
      Tiers.of(
          List.of(
              new Tier("green", "Healthy", 80),
              new Tier("yellow", "At risk", 50),
              new Tier("red", "Critical", 0)));

  private static final List<Move> MOVES =
      List.of(
          new Move("green", "red", 2, 1200),
          new Move("yellow", "green", 1, 3),
          new Move("green", "yellow", 0, 4));

  private static Scorecard scorecard(String key, String... tiers) {
    return new Scorecard(
        key,
        key,
        Map.of(),
        Stream.of(tiers).map(tier -> new Tier(tier, tier, 0)).toList(),
        0,
        0,
        0,
        0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void they_are_told_from_row_to_column_and_by_whether_they_are_up_or_down() {
    Moves week = Moves.of(MOVES, TIERS, 7);
    assertThat(week.sentence()).isEqualTo("1 rose and 2 fell in 7 days.");
    assertThat(week.rows().get(0).cells())
        .containsExactly(new Cell("", ""), new Cell("0", ""), new Cell("2", "down"));
    assertThat(week.rows().get(1).cells())
        .containsExactly(new Cell("1", "up"), new Cell("", ""), new Cell("0", ""));
    assertThat(week.net()).containsExactly("−1", "−1", "+2");
  }

  @Test
  void those_of_a_month_are_others() {
    Moves month = Moves.of(MOVES, TIERS, 30);
    assertThat(month.sentence()).isEqualTo("3 rose and 1,204 fell in 30 days.");
    assertThat(month.net()).containsExactly("−1,201", "+1", "+1,200");
  }

  @Test
  void nothing_is_up_or_down_from_a_tier_that_is_no_more() {
    Moves moves = Moves.of(List.of(new Move("purple", "green", 5, 5)), TIERS, 7);
    assertThat(moves.tiers()).extracting(Tiers.Mark::name).endsWith("purple");
    assertThat(moves.rows().get(3).cells().get(0)).isEqualTo(new Cell("5", ""));
    assertThat(moves.sentence()).isEqualTo("5 accounts changed tier in 7 days.");
  }

  @Test
  void nothing_is_up_or_down_from_one_scorecard_to_another() {
    Tiers tiers =
        Tiers.of(
            new Scorecards(
                1,
                Instant.EPOCH,
                List.of(
                    scorecard("first", "green", "yellow", "red"),
                    scorecard("second", "gold", "orange", "red"))));
    List<Move> all =
        List.of(
            new Move("orange", "red", 7, 7),
            new Move("red", "gold", 1, 1),
            new Move("red", "orange", 1, 1));
    assertThat(Moves.of(all, tiers, 7).sentence()).isEqualTo("2 rose and 7 fell in 7 days.");
    assertThat(Moves.of(List.of(new Move("yellow", "gold", 5, 5)), tiers, 7).sentence())
        .isEqualTo("5 accounts changed tier in 7 days.");
  }

  @Test
  void without_moves_that_is_said() {
    assertThat(Moves.of(List.of(), TIERS, 30).sentence())
        .isEqualTo("No account changed tier in 30 days.");
  }
}
