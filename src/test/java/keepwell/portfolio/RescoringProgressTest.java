package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How far a rescoring is, and how long it goes on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringProgressTest {
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

  private static RescoringProgress begun(int accounts) {
    return RescoringProgress.NONE.anew(3, 2, accounts, BEGAN);
  }

  private final RescoringProgress begun = begun(400);

  @Test
  void at_the_beginning_all_are_left_and_nobody_knows_how_long_it_takes() {
    assertThat(begun.left()).isEqualTo(400);
    assertThat(begun.remaining(BEGAN.plusSeconds(5), 1000)).isEmpty();
  }

  @Test
  void it_goes_on_at_the_pace_that_it_has_had() {
    RescoringProgress quarter = begun.after("account-m", 100);
    assertThat(quarter.left()).isEqualTo(300);
    assertThat(quarter.remaining(BEGAN.plusSeconds(10), 1000)).hasValue(Duration.ofSeconds(30));
  }

  @Test
  void accounts_that_came_since_it_began_are_no_less_than_none_left() {
    RescoringProgress more = begun.after("account-y", 400).after("account-z", 7);
    assertThat(more.left()).isZero();
    assertThat(more.accounts()).isEqualTo(407);
  }

  @Test
  void in_the_end_none_is_left_though_some_were_erased_since_it_began() {
    Instant end = BEGAN.plusSeconds(40);
    RescoringProgress ended = begun.after("account-z", 390).ended(end);
    assertThat(ended.left()).isZero();
    assertThat(ended.accounts()).isEqualTo(390);
    assertThat(ended.endedAt()).hasValue(end);
    assertThat(ended.remaining(end.plusSeconds(60), 1000)).hasValue(Duration.ZERO);
  }

  @Test
  void it_goes_on_at_least_as_long_as_the_rate_allows() {
    RescoringProgress quarter = begun(100).after("b", 25);

    assertThat(quarter.remaining(BEGAN.plusSeconds(10), 1)).hasValue(Duration.ofSeconds(75));
  }

  @Test
  void its_pace_is_not_known_from_the_first_seconds() {
    RescoringProgress quarter = begun(100).after("b", 25);

    assertThat(quarter.remaining(BEGAN.plusSeconds(4), 1000)).isEmpty();
  }

  @Test
  void a_newer_version_of_scorecards_or_thresholds_begins_anew() {
    RescoringProgress ended = begun.after("account-z", 400).ended(BEGAN);
    assertThat(begun.covers(3, 2)).isFalse();
    assertThat(ended.covers(3, 2)).isTrue();
    assertThat(ended.covers(4, 2)).isFalse();
    assertThat(ended.covers(3, 3)).isFalse();
    RescoringProgress anew = ended.anew(3, 3, 500, BEGAN.plusSeconds(60));
    assertThat(anew.left()).isEqualTo(500);
    assertThat(anew.afterId()).isEmpty();
  }

  @Test
  void a_node_that_knows_an_earlier_version_goes_on_with_the_later_one() {
    assertThat(begun.precedes(2, 1)).isFalse();
    RescoringProgress anew = begun.anew(4, 1, 400, BEGAN);
    assertThat(anew.version()).isEqualTo(4);
    assertThat(anew.thresholds()).isEqualTo(2);
  }
}
