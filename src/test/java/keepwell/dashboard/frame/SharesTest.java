package keepwell.dashboard.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import keepwell.dashboard.frame.Shares.Share;
import keepwell.portfolio.Overview.Move;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SharesTest {
  @Test
  void tiers_come_best_first_then_those_that_are_no_more_and_last_no_score() {
    Shares shares =
        Shares.of(
            Groups.of(
                List.of(
                    Groups.band("", 1, 0), Groups.band("purple", 1, 0), Groups.band("red", 2, 0)),
                List.of()),
            Groups.TIERS,
            7);
    assertThat(shares.shares())
        .extracting(share -> share.tier().name())
        .containsExactly("Healthy", "At risk", "Critical", "purple", "No score");
    assertThat(shares.words())
        .isEqualTo("Healthy 0.0%, At risk 0.0%, Critical 50.0%, purple 25.0%, No score 25.0%");
    assertThat(shares.worth()).isFalse();
  }

  @Test
  void they_fill_a_bar_from_left_to_right() {
    Shares shares =
        Shares.of(
            Groups.of(
                List.of(Groups.band("green", 3, 52_000), Groups.band("red", 1, 1000)), List.of()),
            Groups.TIERS,
            7);
    assertThat(shares.shares()).extracting(Share::from).containsExactly(0.0, 75.0, 75.0);
    assertThat(shares.shares()).extracting(Share::width).containsExactly(75.0, 0.0, 25.0);
    assertThat(shares.shares()).extracting(Share::arr).containsExactly("52k", "0", "1.0k");
    assertThat(shares.worth()).isTrue();
  }

  @Test
  void moves_say_by_how_many_a_tier_has_grown_and_how() {
    List<Move> moves =
        List.of(
            new Move("green", "red", 2, 20),
            new Move("yellow", "red", 1, 10),
            new Move("red", "yellow", 1, 5));
    Shares week = Shares.of(Groups.of(List.of(), moves), Groups.TIERS, 7);
    assertThat(week.shares()).extracting(Share::net).containsExactly("−2", "±0", "+2");
    assertThat(week.shares())
        .extracting(Share::moves)
        .containsExactly(
            "in 7 days: 0 in, 2 out", "in 7 days: 1 in, 1 out", "in 7 days: 3 in, 1 out");
    Shares month = Shares.of(Groups.of(List.of(), moves), Groups.TIERS, 30);
    assertThat(month.shares()).extracting(Share::net).containsExactly("−20", "−5", "+25");
  }

  @Test
  void without_moves_that_is_said() {
    Shares shares = Shares.of(Groups.of(List.of(), List.of()), Groups.TIERS, 30);
    assertThat(shares.shares()).extracting(Share::moves).containsOnly("no moves in 30 days");
    assertThat(shares.shares()).extracting(Share::width).containsOnly(0.0);
  }
}
