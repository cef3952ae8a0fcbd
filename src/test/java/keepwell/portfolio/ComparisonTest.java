package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import keepwell.health.Mover;
import keepwell.health.Previewed;
import keepwell.health.Previewed.Outcome;
import keepwell.health.Previewed.Pair;
import keepwell.portfolio.Comparison.Move;
import keepwell.portfolio.Comparison.Moved;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How accounts stand by two scorecards. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComparisonTest {
  private static final Outcome NONE = new Outcome(OptionalDouble.empty(), Optional.empty());
  private static final List<Mover> MOVERS = List.of(new Mover("logins", true, "Logins", 1));

  private final Comparison comparison = new Comparison(new Pair(0, 1), 0);

  private static Outcome stands(double score) {
    String tier = score < 50 ? "red" : "green";
    return new Outcome(OptionalDouble.of(score), Optional.of(tier));
  }

  private static Previewed account(String id, Outcome before, Outcome after) {
    return new Previewed(id, "Name of " + id, List.of(before, after), List.of(MOVERS));
  }

  private void add(Outcome before, Outcome after) {
    comparison.add(account("a", before, after));
  }

  private static Move move(String from, String to) {
    return new Move(Optional.ofNullable(from), Optional.ofNullable(to));
  }

  private List<String> most() {
    return comparison.most().stream().map(Moved::account).toList();
  }

  @Test
  void every_account_is_counted_where_it_was_and_where_it_would_be() {
    add(stands(10), stands(90));
    add(stands(20), stands(60));
    add(stands(60), stands(60));
    add(NONE, stands(20));
    add(stands(90), NONE);
    add(NONE, NONE);
    assertThat(comparison.moves())
        .isEqualTo(
            Map.of(
                move("red", "green"), 2L,
                move("green", "green"), 1L,
                move(null, "red"), 1L,
                move("green", null), 1L,
                move(null, null), 1L));
  }

  @Test
  void scores_are_counted_in_bands_of_ten_and_a_hundred_is_in_the_last() {
    add(stands(0), stands(100));
    add(stands(9.9999), stands(90));
    add(stands(10), stands(89.9999));
    add(NONE, stands(55));
    assertThat(comparison.scoresBefore()).containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(comparison.scoresAfter()).containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 1L, 2L);
  }

  @Test
  void those_that_differ_most_come_first_up_or_down() {
    comparison.add(account("up", stands(10), stands(40)));
    comparison.add(account("down", stands(90), stands(40)));
    comparison.add(account("little", stands(90), stands(89)));
    assertThat(most()).containsExactly("down", "up", "little");
    assertThat(comparison.most().get(0))
        .isEqualTo(new Moved("down", "Name of down", stands(90), stands(40), MOVERS));
  }

  @Test
  void those_whose_score_is_the_same_or_missing_do_not_differ() {
    comparison.add(account("same", stands(10), stands(10)));
    comparison.add(account("new", NONE, stands(10)));
    comparison.add(account("gone", stands(10), NONE));
    assertThat(most()).isEmpty();
  }

  @Test
  void only_twenty_are_kept_and_of_those_that_differ_alike_the_first_by_their_ids() {
    for (int i = 34; i >= 10; i--) {
      comparison.add(account("a" + i, stands(50), stands(51)));
    }
    comparison.add(account("z", stands(50), stands(52)));
    List<String> expected = new ArrayList<>(List.of("z"));
    IntStream.range(10, 29).forEach(i -> expected.add("a" + i));
    assertThat(most()).isEqualTo(expected);
  }

  @Test
  void nobody_needs_to_be_explained_that_differs_less_than_those_that_are_kept() {
    assertThat(comparison.least()).isPositive().isLessThan(1e-4);
    for (int i = 1; i <= 21; i++) {
      comparison.add(account("a" + i, stands(50), stands(50 + i)));
    }
    assertThat(comparison.least()).isEqualTo(2);
  }

  @Test
  void the_order_in_which_accounts_answer_makes_no_difference() {
    Random random = new Random(20260301);
    List<Previewed> accounts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      accounts.add(account("a" + i, stands(random.nextInt(100)), stands(random.nextInt(100))));
    }
    accounts.forEach(comparison::add);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(accounts, random);
      Comparison other = new Comparison(new Pair(0, 1), 0);
      accounts.forEach(other::add);
      assertThat(other.most()).isEqualTo(comparison.most());
      assertThat(other.moves()).isEqualTo(comparison.moves());
      assertThat(other.scoresAfter()).isEqualTo(comparison.scoresAfter());
    }
  }

  @Test
  void of_several_scorecards_it_takes_its_own_two() {
    Comparison last = new Comparison(new Pair(1, 2), 2);
    List<Mover> own = List.of(new Mover("tickets", true, "Tickets", 2));
    last.add(
        new Previewed(
            "a", "A", List.of(stands(10), stands(20), stands(90)), List.of(MOVERS, MOVERS, own)));
    assertThat(last.moves()).isEqualTo(Map.of(move("red", "green"), 1L));
    assertThat(last.most()).containsExactly(new Moved("a", "A", stands(20), stands(90), own));
  }
}
