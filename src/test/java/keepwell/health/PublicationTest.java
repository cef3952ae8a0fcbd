package keepwell.health;

import static keepwell.health.AccountEvent.Reason.SIGNAL;
import static keepwell.health.AccountEvent.Reason.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import keepwell.health.AccountEvent.Loss;
import keepwell.health.AccountEvent.StandingPublished;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the portfolio is told of an account, and when it is to be looked at. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublicationTest extends AccountStory {
  /** A tenth of a point for each smile of the last day, 10 points for each login of a week. */
  private static final String TENTHS =
      """
      {"scorecards": [{"key": "logins", "tiers": [
          {"key": "green", "from": 80}, {"key": "yellow", "from": 50}, {"key": "red", "from": 0}],
        "adjustments": [
          {"key": "login", "signal": "login", "points": 10, "window": "P7D"},
          {"key": "smile", "signal": "smile", "points": 0.1, "window": "P1D"},
          {"key": "ticket", "name": "Tickets", "signal": "ticket", "points": -2.5, "window": "P7D"}]}]}
      """;

  private void tenths() {
    in(Cases.scorecards(Cases.tree(TENTHS)));
    signals("login", 5, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    published.clear();
  }

  private StandingPublished told() {
    assertThat(published).hasSize(1);
    return published.remove(0);
  }

  private void nothingTold() {
    assertThat(published).isEmpty();
  }

  private void reviewOn(String day) {
    assertThat(told().reviewOn()).isEqualTo(Cases.day(day));
  }

  @Test
  void an_account_is_told_of_as_soon_as_there_is_one() {
    label("smb", "2026-03-01T08:00:00Z");
    StandingPublished standing = told();
    assertThat(standing.score()).isEmpty();
    assertThat(standing.loss()).isEmpty();
    assertThat(standing.reviewOn()).isEqualTo(Days.NEVER);
  }

  @Test
  void a_score_is_told_when_it_has_moved_by_a_point_since_the_last_time() {
    tenths();
    signals("smile", 9, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"); // 50.9
    nothingTold();
    signals("smile", 1, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    assertThat(told().score()).contains(51.0);
    signals("smile", 5, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    nothingTold();
  }

  @Test
  void it_is_looked_at_after_the_day_on_which_its_score_will_have_moved_by_a_point() {
    in(Cases.scorecards(Cases.tree(TENTHS)));
    signals("login", 5, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    reviewOn("2026-03-08"); // the logins leave the week
    signals("smile", 10, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    reviewOn("2026-03-02"); // so do the smiles, and with them a point
    signals("login", 1, "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z");
    reviewOn("2026-03-08");
  }

  @Test
  void what_would_make_it_be_looked_at_earlier_is_told() {
    in(Cases.scorecards(Cases.tree(TENTHS)));
    signals("login", 5, "2026-02-27T09:00:00Z", "2026-03-01T09:00:00Z");
    reviewOn("2026-03-06");
    signals("smile", 9, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    nothingTold();
    override(40.0, null, "2026-03-04", "2026-03-01T10:00:00Z");
    reviewOn("2026-03-05");
  }

  @Test
  void a_tier_that_will_change_when_today_is_judged_is_looked_at_after_today() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 8, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("smile", 1, "2026-03-08T09:00:00Z", "2026-03-08T09:00:00Z"); // still green, with 1
    assertThat(published.get(published.size() - 1).reviewOn()).isEqualTo(Cases.day("2026-03-08"));
  }

  @Test
  void an_account_left_alone_is_moved_by_its_reviews_on_the_right_days() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 3, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 6, "2026-03-03T09:00:00Z", "2026-03-03T09:00:00Z");
    changes.clear();
    published.clear();
    reviewed("2026-03-07", "2026-03-08T00:10:00Z"); // not due: the score stands until the 8th
    nothingTold();
    reviewed("2026-03-08", "2026-03-09T00:10:00Z");
    changed("green", "yellow", TIME, "2026-03-09T00:00:00Z");
    reviewOn("2026-03-10");
    reviewed("2026-03-08", "2026-03-09T00:20:00Z"); // twice is once
    nothingTold();
    reviewed("2026-03-10", "2026-04-01T00:00:00Z"); // missed, and made up as of that day
    changed("yellow", "red", TIME, "2026-03-11T00:00:00Z");
    assertThat(told().at()).isEqualTo("2026-03-11T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void a_score_that_has_moved_within_its_tier_is_told_too_when_it_is_reviewed() {
    tenths();
    signals("smile", 10, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    published.clear();
    reviewed("2026-03-02", "2026-03-03T05:00:00Z");
    StandingPublished standing = told();
    assertThat(standing.score()).contains(50.0);
    assertThat(standing.trend7()).isEmpty();
    assertThat(changes).hasSize(1);
  }

  @Test
  void who_asks_is_told_of_what_a_review_would_have_told() {
    tenths();
    looked("2026-03-07T00:00:00Z");
    nothingTold();
    looked("2026-03-09T00:00:00Z");
    assertThat(told().score()).contains(0.0);
    reviewed("2026-03-08", "2026-03-09T00:10:00Z");
    nothingTold();
  }

  @Test
  void what_an_account_is_worth_and_when_it_renews_are_told_whenever_they_change() {
    tenths();
    signal("arr", 12_000);
    assertThat(told().arr()).contains(12_000.0);
    signal("arr", 12_000);
    nothingTold();
    signal("renewal-date", Cases.day("2026-12-01"));
    assertThat(told().renewalOn()).contains(Cases.day("2026-12-01"));
    signal("renewal-date", Cases.day("2027-12-01"));
    assertThat(told().renewalOn()).contains(Cases.day("2027-12-01"));
  }

  private void signal(String key, double value) {
    happened(
        Decider.record(
            account,
            "a",
            java.util.List.of(Cases.signal(key, value, "2026-03-01T10:00:00Z")),
            false,
            Moments.at("2026-03-01T10:00:00Z", versions)));
  }

  @Test
  void what_takes_most_of_the_score_is_told() {
    tenths();
    signals("ticket", 2, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
    assertThat(told().loss()).isEqualTo(Optional.of(new Loss("ticket", false, "Tickets", 5.0)));
  }

  @Test
  void an_account_whose_score_moves_each_day_for_ever_is_looked_at_now_and_then() {
    in(
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "a", "tiers": [{"key": "fine", "from": 0}],
                  "categories": [{"key": "c", "weight": 1, "metrics": [{"key": "m", "points": 1,
                    "measure": {"of": "days-since", "signal": "login",
                      "per": {"of": "latest", "signal": "login"}},
                    "curve": [[0, 100], [1000000, 0]]}]}]}]}
                """)));
    signals("login", 1, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    assertThat(told().reviewOn()).isBetween(Cases.day("2027-03-01"), Cases.day("2029-03-01"));
  }

  @Test
  void a_closed_account_sleeps_and_its_tier_changes_are_quiet() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 8, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    closed(true, "2026-03-01T10:00:00Z");
    assertThat(((Standing) answer).closedAt()).isPresent();
    published.clear();
    changes.clear();
    closed(true, "2026-03-01T11:00:00Z");
    assertThat(stored).isZero();
    reviewed("2026-03-08", "2026-03-09T00:10:00Z");
    assertThat(stored).isZero();
    closed(false, "2026-03-10T10:00:00Z");
    assertThat(((Standing) answer).closedAt()).isEmpty();
    assertThat(changes.get(0).quiet()).isTrue();
    changed("green", "red", TIME, "2026-03-09T00:00:00Z");
    reviewOn("+5881580-07-11");
    signals("login", 8, "2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z");
    assertThat(changes.get(0).quiet()).isFalse();
    changed("red", "green", SIGNAL, "2026-03-10T12:00:00Z");
  }

  @Test
  void an_account_of_a_release_that_published_nothing_is_told_of_when_it_is_reviewed() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 8, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    Account.Parts parts = account.parts();
    account =
        Account.of(
            new Account.Parts(
                parts.account(),
                parts.labels(),
                parts.tierChanges(),
                parts.judgedThrough(),
                parts.version(),
                parts.overrides(),
                parts.facts(),
                parts.remembered(),
                parts.erasedAt(),
                null,
                null),
            Cases.UTC);
    published.clear();
    reviewed("2026-02-01", "2026-03-01T12:00:00Z");
    assertThat(told().score()).contains(80.0);
  }
}
