package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What signals, time, overrides and new scorecards did to a score. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScoreChangeTest extends AccountStory {
  private final Scorecards first = versions[0];

  @BeforeEach
  void six_logins_on_the_first_and_two_on_the_tenth() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 2, "2026-03-10T09:00:00Z", "2026-03-10T09:00:00Z");
  }

  private ScoreChange change(String today, int days) {
    Scorecards now = versions[versions.length - 1];
    return ScoreChange.of(account, first, now, Cases.day(today), days);
  }

  private static void parts(
      ScoreChange change, double signals, double time, double scorecard, double override) {
    assertThat(change.signals()).hasValue(signals);
    assertThat(change.time()).hasValue(time);
    assertThat(change.scorecard()).hasValue(scorecard);
    assertThat(change.override()).hasValue(override);
  }

  @Test
  void what_left_the_windows_is_the_work_of_time_and_what_came_since_that_of_signals() {
    ScoreChange change = change("2026-03-10", 7); // 60 on the 3rd, 0 without the two, 20 with them
    assertThat(change.from()).hasValue(60);
    assertThat(change.to()).hasValue(20);
    parts(change, 20, -60, 0, 0);
    assertThat(change.movers())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(new Mover("login", false, "login", -40));
  }

  @Test
  void a_new_scorecard_did_what_it_does_to_the_score_of_the_first_day() {
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 5)), 2, Instant.parse("2026-03-09T10:00:00Z")));
    parts(change("2026-03-10", 7), 10, -30, -30, 0);
  }

  @Test
  void an_override_did_what_it_does_more_today_than_on_the_first_day() {
    override(50.0, null, "2026-03-31", "2026-03-10T10:00:00Z");
    parts(change("2026-03-10", 7), 20, -60, 0, 0); // it does not bind
    override(null, 90.0, "2026-03-31", "2026-03-10T11:00:00Z");
    ScoreChange change = change("2026-03-10", 7);
    assertThat(change.to()).hasValue(90);
    parts(change, 20, -60, 0, 70);
    parts(change("2026-03-17", 7), 0, -20, 0, 20); // from 90 to 90: 20 less, held up 20 more
  }

  @Test
  void a_late_signal_counts_to_the_day_that_it_is_dated_to() {
    signals("login", 1, "2026-03-02T09:00:00Z", "2026-03-10T10:00:00Z");
    ScoreChange change = change("2026-03-10", 7);
    assertThat(change.from()).hasValue(70);
    parts(change, 20, -70, 0, 0);
  }

  @Test
  void without_a_score_then_there_are_no_parts() {
    ScoreChange change = change("2026-03-10", 30);
    assertThat(change.from()).isEmpty();
    assertThat(change.to()).hasValue(20);
    assertThat(change.signals()).isEqualTo(OptionalDouble.empty());
    assertThat(change.movers()).isEmpty();
  }

  @Test
  void where_no_score_was_left_in_between_its_part_counts_to_the_next() {
    in(
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "recent", "tiers": [{"key": "red", "from": 0}],
                  "categories": [{"key": "c", "weight": 1, "metrics": [
                    {"key": "last", "points": 1, "curve": [[0, 0], [10, 100]],
                     "measure": {"of": "mean", "signal": "nps", "window": "P5D"}}]}]}]}
                """)));
    account = Account.unknown(Cases.UTC);
    happened(nps(4, "2026-03-01T09:00:00Z"));
    happened(nps(9, "2026-03-10T09:00:00Z"));
    ScoreChange change =
        ScoreChange.of(account, versions[0], versions[0], Cases.day("2026-03-10"), 7);
    parts(change, 50, 0, 0, 0); // left alone there would be no score at all
  }

  @Test
  void where_the_new_scorecard_gives_no_score_to_the_first_day_all_that_led_to_one_is_its_work() {
    then(
        Cases.scorecards(
            Cases.tree(
                LOGINS
                    .formatted(0, "smb", 10)
                    .replace("\"key\": \"logins\",", "\"key\": \"logins\", \"minAge\": \"P5D\",")),
            2,
            Instant.parse("2026-03-09T10:00:00Z")));
    ScoreChange change = change("2026-03-10", 7); // by then two days old
    assertThat(change.from()).hasValue(60);
    parts(change, 20, 0, -60, 0);
  }

  @Test
  void days_before_the_installation_are_scored_by_todays_scorecards() {
    happened(
        Inquiry.explanation(
            account,
            Inquiry.OVER_DAYS,
            instant -> Optional.empty(),
            Moments.at("2026-03-10T12:00:00Z", versions)));
    parts(((Explained) answer).changes().get(0), 20, -60, 0, 0);
  }

  private Decision<Recorded> nps(double value, String at) {
    return Decider.record(
        account, "a", List.of(Cases.signal("nps", value, at)), false, Moments.at(at, versions));
  }

  @Test
  void the_explanation_takes_the_scorecards_that_were_in_force_then() {
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 5)), 2, Instant.parse("2026-03-09T10:00:00Z")));
    Scorecards second = versions[1];
    happened(
        Inquiry.explanation(
            account,
            List.of(7, 90),
            instant -> Optional.of(second.activatedAt().isBefore(instant) ? second : first),
            Moments.at("2026-03-10T12:00:00Z", versions)));
    Explained explained = (Explained) answer;
    assertThat(explained.changes()).extracting(ScoreChange::days).containsExactly(7, 90);
    assertThat(explained.changes().get(0).scorecard()).hasValue(-30);
    assertThat(explained.standing().tier()).isEqualTo(Optional.of("red"));
  }
}
