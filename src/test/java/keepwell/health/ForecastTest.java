package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The day on which, left alone, the tier falls. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForecastTest extends AccountStory {

  private Optional<Forecast> forecast(String now) {
    looked(now);
    return ((Standing) answer).forecast();
  }

  private static Optional<Forecast> on(String day, String tier) {
    return Optional.of(new Forecast(tier, Cases.day(day)));
  }

  @Test
  void it_is_the_first_day_whose_score_lies_in_a_lower_tier() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 3, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 6, "2026-03-03T09:00:00Z", "2026-03-03T09:00:00Z");
    assertThat(forecast("2026-03-03T12:00:00Z")).isEqualTo(on("2026-03-08", "yellow"));
    assertThat(forecast("2026-03-09T12:00:00Z")).isEqualTo(on("2026-03-10", "red"));
    assertThat(forecast("2026-03-20T12:00:00Z")).isEmpty();
  }

  @Test
  void a_day_that_has_just_begun_may_be_the_one() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    assertThat(forecast("2026-03-08T00:00:01Z")).isEqualTo(on("2026-03-08", "red"));
  }

  @Test
  void of_another_day_it_is_what_was_to_be_seen_from_that_day() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    happened(
        Inquiry.standing(
            account,
            Optional.of(Cases.day("2026-03-04")),
            Moments.at("2026-03-02T12:00:00Z", versions)));
    assertThat(((Standing) answer).forecast()).isEqualTo(on("2026-03-08", "red"));
  }

  @Test
  void what_an_override_hides_it_does_not() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    override(null, 90.0, "2026-06-01", "2026-03-02T10:00:00Z"); // green, but yellow underneath
    assertThat(forecast("2026-03-02T12:00:00Z")).isEqualTo(on("2026-03-08", "red"));
    override(40.0, null, "2026-06-01", "2026-03-02T13:00:00Z"); // red, and still so underneath
    assertThat(forecast("2026-03-02T14:00:00Z")).isEqualTo(on("2026-03-08", "red"));
  }

  @Test
  void only_days_on_which_the_score_can_move_are_looked_at() {
    Facts facts = Cases.facts(Cases.daily("login", "2026-03-01", 1));
    Scorecard silence =
        Cases.scorecard(
            Cases.tree(
                """
                {"key": "silence", "tiers": [{"key": "green", "from": 50}, {"key": "red", "from": 0}],
                 "categories": [{"key": "c", "weight": 1, "metrics": [
                   {"key": "silent", "points": 1, "curve": [[30, 100], [33, 0]],
                    "measure": {"of": "days-since", "signal": "login"}}]}]}
                """));
    int looks = 0;
    int day = Cases.day("2026-03-01");
    while (day != Days.NEVER) {
      day = Evaluation.of(silence, facts, day).nextChange(facts);
      looks++;
    }
    // Nothing for 30 days, three days of falling, and never again.
    assertThat(looks).isLessThanOrEqualTo(7);
    assertThat(Evaluation.of(silence, facts, Cases.day("2027-03-01")).nextChange(facts))
        .isGreaterThan(Cases.day("2100-01-01"));
  }

  @Test
  void it_looks_ahead_180_days_and_no_further() {
    assertThat(aheadOfAWindow("P180D")).isEqualTo(on("2026-08-28", "red"));
    assertThat(aheadOfAWindow("P181D")).isEmpty();
  }

  private Optional<Forecast> aheadOfAWindow(String window) {
    in(
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "once", "tiers": [{"key": "green", "from": 50},
                    {"key": "red", "from": 0}], "adjustments": [
                    {"key": "login", "signal": "login", "points": 60, "window": "%s"}]}]}
                """
                    .formatted(window))));
    account = Account.unknown(Cases.UTC);
    signals("login", 1, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    return forecast("2026-03-01T12:00:00Z");
  }

  @Test
  void without_a_tier_there_is_none() {
    label("smb", "2026-03-01T08:00:00Z");
    assertThat(forecast("2026-03-02T12:00:00Z")).isEmpty();
  }
}
