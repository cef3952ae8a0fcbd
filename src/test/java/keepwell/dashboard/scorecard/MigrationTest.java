package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Tiers;
import keepwell.dashboard.scorecard.Migration.Cell;
import keepwell.health.Scorecards;
import keepwell.portfolio.Comparison.Move;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MigrationTest {
  private final Map<Move, Long> moves = new HashMap<>();

  private void move(String from, String to, long accounts) {
    moves.put(
        new Move(
            Optional.of(from).filter(key -> !key.isEmpty()),
            Optional.of(to).filter(key -> !key.isEmpty())),
        accounts);
  }

  private Migration migration() {
    return Migration.of(moves, Documents.usual(), Documents.usual());
  }

  @Test
  void it_says_who_goes_up_and_down_gets_a_score_and_loses_it() {
    move("green", "green", 80);
    move("green", "red", 3);
    move("red", "yellow", 5);
    move("", "yellow", 2);
    move("yellow", "", 1);
    Migration migration = migration();
    assertThat(migration.down()).isEqualTo(3);
    assertThat(migration.up()).isEqualTo(5);
    assertThat(migration.first()).isEqualTo(2);
    assertThat(migration.lost()).isEqualTo(1);
    assertThat(migration.changing()).isEqualTo(11);
    assertThat(migration.totals()).containsExactly("80", "7", "3", "1", "91");
  }

  @Test
  void the_matrix_has_a_row_and_a_column_for_each_tier_and_for_none() {
    move("green", "yellow", 1378);
    Migration migration = migration();
    assertThat(migration.marks().values())
        .extracting(Tiers.Mark::name)
        .containsExactly("Healthy", "At risk", "Critical", "No score");
    assertThat(migration.rows().get(0).cells())
        .extracting(Cell::way)
        .containsExactly("zero", "down", "zero", "zero");
    assertThat(migration.rows().get(0).cells().get(1).accounts()).isEqualTo("1,378");
    assertThat(migration.rows().get(0).total()).isEqualTo("1,378");
  }

  @Test
  void shares_are_bars_that_are_said_in_words() {
    move("green", "yellow", 1);
    move("red", "red", 3);
    assertThat(migration().bars().get(0).words())
        .isEqualTo("Today: Healthy 25.0%, At risk 0.0%, Critical 75.0%, No score 0.0%");
    assertThat(migration().bars().get(1).parts().get(2).from()).isEqualTo(25);
  }

  @Test
  void a_tier_that_only_the_draft_has_is_shown_too() {
    Scorecards draft =
        Documents.one(
            "",
            "[{'key': 'gold', 'name': 'Gold', 'from': 50}, {'key': 'red', 'name': 'Critical',"
                + " 'from': 0}]",
            Documents.CATEGORIES,
            "[]");
    move("green", "gold", 4);
    move("red", "gold", 2);
    Migration migration = Migration.of(moves, Documents.usual(), draft);
    assertThat(migration.mark(Optional.of("gold")).name()).isEqualTo("Gold");
    assertThat(migration.up()).isEqualTo(2);
    assertThat(migration.aside()).isEqualTo(4);
  }
}
