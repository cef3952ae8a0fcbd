package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import keepwell.health.AccountEvent.StandingPublished;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an account tells of the scores that playbooks name. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThresholdsTest extends AccountStory {
  /** Ten points for each login of a week, and a tenth for each smile of a week. */
  @BeforeEach
  void an_account_with_a_score_of_60_that_is_watched_for_less() {
    in(
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "logins", "tiers": [{"key": "fine", "from": 0}],
                  "adjustments": [
                    {"key": "login", "signal": "login", "points": 10, "window": "P7D"},
                    {"key": "ticket", "signal": "ticket", "points": -0.1, "window": "P7D"},
                    {"key": "smile", "signal": "smile", "points": 10, "window": "P1D"}]}]}
                """)));
    watching(60);
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    told(60.0, null);
  }

  private void told(Double settled, Double previous) {
    assertThat(published).hasSize(1);
    StandingPublished standing = published.remove(0);
    assertThat(standing.settledScore().orElse(null)).isEqualTo(settled);
    assertThat(standing.previousSettledScore().orElse(null)).isEqualTo(previous);
  }

  private void nothingTold() {
    assertThat(published).isEmpty();
  }

  private int reviewOn() {
    return account.listing.reviewOn();
  }

  @Test
  void a_threshold_lies_between_a_score_below_it_and_one_that_is_not() {
    Thresholds two = new Thresholds(1, List.of(60.0, 40.0, 60.0));
    assertThat(two.scores()).containsExactly(40.0, 60.0);
    assertThat(two.separate(60, 59.9999)).isTrue();
    assertThat(two.separate(60, 100)).isFalse();
    assertThat(two.separate(39, 41)).isTrue();
    assertThat(two.separate(41, 59)).isFalse();
  }

  @Test
  void no_score_is_apart_from_every_score_where_there_are_thresholds() {
    assertThat(new Thresholds(1, List.of(60.0)).separate(Double.NaN, 70)).isTrue();
    assertThat(new Thresholds(1, List.of(60.0)).separate(Double.NaN, Double.NaN)).isFalse();
    assertThat(Thresholds.NONE.separate(Double.NaN, 70)).isFalse();
  }

  @Test
  void a_crossing_is_told_though_the_score_has_not_moved_by_a_point() {
    signals("ticket", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    told(59.9, 60.0);
    signals("ticket", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    nothingTold();
  }

  @Test
  void without_thresholds_it_is_not() {
    watching();
    signals("ticket", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    nothingTold();
  }

  @Test
  void a_day_that_has_just_begun_crosses_nothing_though_its_score_is_lower() {
    signals("smile", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    told(70.0, 60.0);
    watching(65);
    looked("2026-03-02T08:00:00Z"); // 60, as nobody has smiled yet
    told(70.0, 70.0);
    signals("smile", 1, "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z");
    told(70.0, 70.0);
    reviewed("2026-03-02", "2026-03-03T00:10:00Z");
    assertThat(account.listing.settled()).isEqualTo(70);
  }

  @Test
  void a_day_that_ends_below_crosses_when_it_is_judged() {
    signals("smile", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    watching(65);
    looked("2026-03-02T08:00:00Z");
    published.clear();
    assertThat(reviewOn()).isEqualTo(Cases.day("2026-03-02"));
    reviewed("2026-03-02", "2026-03-03T00:10:00Z");
    told(60.0, 70.0);
  }

  @Test
  void what_lowers_a_score_that_time_has_lowered_already_crosses_at_once() {
    signals("smile", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    watching(65);
    published.clear();
    signals("ticket", 1, "2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z");
    told(59.9, 70.0);
  }

  @Test
  void it_is_looked_at_after_the_first_day_that_will_be_judged_on_another_side() {
    signals("ticket", 5, "2026-02-25T10:00:00Z", "2026-03-01T10:00:00Z");
    told(59.5, 60.0);
    assertThat(reviewOn()).isEqualTo(Cases.day("2026-03-04")); // the tickets leave the week
    reviewed("2026-03-04", "2026-03-05T00:10:00Z");
    told(60.0, 59.5);
  }

  @Test
  void with_its_scorecard_it_loses_its_settled_score() {
    Object smb =
        Cases.tree(
            LOGINS
                .formatted(0, "smb", 10)
                .replace("\"other\",", "\"other\", \"when\": {\"segment\": [\"smb\"]},"));
    then(Cases.scorecards(smb, 2, Instant.parse("2026-03-02T10:00:00Z")));
    rescored("2026-03-02T11:00:00Z");
    told(null, 60.0);
  }

  @Test
  void a_new_threshold_is_told_of_by_an_account_that_nobody_asks() {
    signals("ticket", 5, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    told(59.5, 60.0);
    assertThat(reviewOn()).isEqualTo(Cases.day("2026-03-08"));
    signals("ticket", 5, "2026-02-25T10:00:00Z", "2026-03-01T11:00:00Z"); // 59.0
    nothingTold();
    watching(59.3);
    rescored("2026-03-01T12:00:00Z");
    assertThat(reviewOn()).isEqualTo(Cases.day("2026-03-01"));
    published.clear();
    reviewed("2026-03-01", "2026-03-02T00:10:00Z");
    told(59.0, 59.5);
    assertThat(reviewOn()).isEqualTo(Cases.day("2026-03-04"));
    rescored("2026-03-02T00:20:00Z");
    assertThat(stored).isZero();
  }

  @Test
  void a_closed_account_is_not_woken_for_it() {
    closed(true, "2026-03-01T10:00:00Z");
    watching(70);
    rescored("2026-03-12T12:00:00Z");
    assertThat(stored).isZero();
  }

  @Test
  void what_was_crossed_while_it_was_closed_is_not_told_when_it_is_reopened() {
    closed(true, "2026-03-01T10:00:00Z");
    closed(false, "2026-03-12T10:00:00Z");
    told(0.0, null);
  }
}
