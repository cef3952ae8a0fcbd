package keepwell.health;

import static keepwell.health.AccountEvent.Reason.SCORECARD;
import static keepwell.health.AccountEvent.Reason.SIGNAL;
import static keepwell.health.AccountEvent.Reason.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How a tier moves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SettlingTest extends AccountStory {
  @Test
  void the_first_tier_and_the_way_down_and_up_go_by_the_bands_without_hysteresis() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "yellow", SIGNAL, "2026-03-01T09:00:00Z");
    signals("login", 2, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    changed("yellow", "green", SIGNAL, "2026-03-01T10:00:00Z");
    nothingElseChanged();
  }

  @Test
  void with_hysteresis_a_tier_is_risen_to_only_when_it_is_exceeded_by_that_much() {
    in(logins(5));
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "yellow", SIGNAL, "2026-03-01T09:00:00Z");
    signals("login", 2, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"); // 80
    nothingElseChanged();
    signals("smile", 4, "2026-03-01T11:00:00Z", "2026-03-01T11:00:00Z"); // 84
    nothingElseChanged();
    signals("smile", 1, "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"); // 85
    changed("yellow", "green", SIGNAL, "2026-03-01T12:00:00Z");
    nothingElseChanged();
  }

  @Test
  void a_day_is_judged_when_it_is_over_and_the_change_is_dated_to_that_moment() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "green", SIGNAL, "2026-03-01T09:00:00Z");
    looked("2026-03-08T23:59:59Z"); // the score is 0 since midnight, but the day is not over
    nothingElseChanged();
    looked("2026-03-09T00:00:00Z");
    changed("green", "red", TIME, "2026-03-09T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void days_on_which_nobody_looked_are_judged_one_by_one() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 3, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 6, "2026-03-03T09:00:00Z", "2026-03-03T09:00:00Z");
    changes.clear();
    looked("2026-05-01T00:00:00Z");
    changed("green", "yellow", TIME, "2026-03-09T00:00:00Z");
    changed("yellow", "red", TIME, "2026-03-11T00:00:00Z");
    nothingElseChanged();
    looked("2026-05-02T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void a_day_that_has_just_begun_is_not_held_against_the_tier_by_a_signal_that_raises_the_score() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changes.clear();
    signals("login", 1, "2026-03-08T00:01:00Z", "2026-03-08T00:01:00Z"); // 90 → 0 → 10
    nothingElseChanged();
    assertThat(account.settlement.tier()).contains("green");
  }

  @Test
  void a_signal_that_lowers_the_score_does_not_raise_the_tier() {
    Scorecards falling =
        Cases.scorecards(
            Cases.tree(
                LOGINS
                    .formatted(0, "smb", -10)
                    .replace("\"key\": \"logins\",", "\"key\": \"logins\", \"base\": 100,")));
    in(falling);
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "red", SIGNAL, "2026-03-01T09:00:00Z");
    signals("login", 1, "2026-03-08T09:00:00Z", "2026-03-08T09:00:00Z"); // 10 → 100 → 90
    nothingElseChanged();
    looked("2026-03-09T00:00:00Z");
    changed("red", "green", TIME, "2026-03-09T00:00:00Z");
  }

  @Test
  void labels_that_select_another_scorecard_change_the_tier_by_reason_of_the_scorecard() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changes.clear();
    label("public", "2026-03-01T10:00:00Z");
    changed("yellow", "fine", SCORECARD, "2026-03-01T10:00:00Z");
    nothingElseChanged();
  }

  @Test
  void a_new_version_counts_from_its_activation_however_late_the_account_learns_of_it() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changes.clear();
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 6)), 2, Instant.parse("2026-03-03T10:00:00Z")));
    looked("2026-03-20T12:00:00Z");
    changed("green", "yellow", SCORECARD, "2026-03-03T10:00:00Z");
    changed("yellow", "red", TIME, "2026-03-09T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void every_version_counts_while_it_is_in_force_also_for_an_account_that_sleeps_through_it() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changes.clear();
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 1)), 2, Instant.parse("2026-03-03T10:00:00Z")));
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 6)), 3, Instant.parse("2026-03-05T10:00:00Z")));
    looked("2026-03-06T12:00:00Z");
    changed("green", "red", SCORECARD, "2026-03-03T10:00:00Z");
    changed("red", "yellow", SCORECARD, "2026-03-05T10:00:00Z");
    nothingElseChanged();
  }

  @Test
  void a_new_version_that_raises_the_score_does_not_lower_the_tier() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 1, "2026-03-08T09:00:00Z", "2026-03-08T09:00:00Z"); // 10, still green
    changes.clear();
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 20)), 2, Instant.parse("2026-03-08T10:00:00Z")));
    looked("2026-03-08T11:00:00Z");
    nothingElseChanged();
    looked("2026-03-09T11:00:00Z");
    changed("green", "red", TIME, "2026-03-09T00:00:00Z");
  }

  @Test
  void when_no_scorecard_fits_any_more_the_tier_is_lost() {
    in(
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "smb", "when": {"segment": ["smb"]},
                  "tiers": [{"key": "red", "from": 0}],
                  "adjustments": [{"key": "a", "signal": "login", "points": 1, "window": "P7D"}]}]}
                """)));
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 1, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "red", SIGNAL, "2026-03-01T09:00:00Z");
    label("enterprise", "2026-03-01T10:00:00Z");
    changed("red", null, SCORECARD, "2026-03-01T10:00:00Z");
    nothingElseChanged();
  }

  @Test
  void an_account_that_comes_of_age_gets_its_first_tier_when_that_day_is_judged() {
    in(
        Cases.scorecards(
            Cases.tree(
                LOGINS
                    .formatted(0, "smb", 10)
                    .replace(
                        "\"key\": \"logins\",", "\"key\": \"logins\", \"minAge\": \"P3D\","))));
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    looked("2026-03-04T12:00:00Z");
    nothingElseChanged();
    looked("2026-03-05T12:00:00Z");
    changed(null, "yellow", TIME, "2026-03-05T00:00:00Z");
    nothingElseChanged();
  }
}
