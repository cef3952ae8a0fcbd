package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Retraced.Day;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an account has been through, for those who ask what playbooks would have done. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetracedTest extends AccountStory {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @BeforeEach
  void an_account() {
    label("smb", "2026-03-01T08:00:00Z");
  }

  private Retraced retraced(int days, String now) {
    Account before = account;
    happened(Inquiry.retrace(account, days, Moments.at(now, versions)));
    assertThat(stored).isZero();
    assertThat(account).isSameAs(before);
    return (Retraced) answer;
  }

  private static Day day(String date, double score) {
    return new Day(Cases.day(date), OptionalDouble.of(score), NONE, OptionalInt.empty());
  }

  private static String move(TierChanged change) {
    return change.from().orElse("-")
        + " > "
        + change.to().orElse("-")
        + " "
        + change.at()
        + (change.quiet() ? " quiet" : "");
  }

  @Test
  void it_tells_the_days_on_which_something_was_another() {
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 1, "2026-03-04T09:00:00Z", "2026-03-04T09:00:00Z");
    assertThat(retraced(10, "2026-03-09T12:00:00Z").days())
        .containsExactly(
            new Day(Cases.day("2026-02-28"), NONE, NONE, OptionalInt.empty()),
            day("2026-03-01", 90),
            day("2026-03-04", 100),
            day("2026-03-08", 10));
  }

  @Test
  void it_tells_the_changes_as_they_were_settled() {
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    override(40.0, null, "2026-03-02", "2026-03-02T10:00:00Z");
    overrideRemoved("2026-03-02T11:00:00Z");
    assertThat(retraced(9, "2026-03-03T12:00:00Z").changes())
        .extracting(RetracedTest::move)
        .containsExactly(
            "- > green 2026-03-01T09:00:00Z",
            "green > red 2026-03-02T10:00:00Z",
            "red > green 2026-03-02T11:00:00Z");
  }

  @Test
  void of_a_history_that_was_loaded_later_it_tells_those_that_would_have_been() {
    signals("login", 9, "2026-02-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("login", 6, "2026-02-27T09:00:00Z", "2026-03-01T09:00:00Z");
    assertThat(retraced(40, "2026-03-01T12:00:00Z").changes())
        .extracting(RetracedTest::move)
        .containsExactly(
            "- > green 2026-02-02T00:00:00Z",
            "green > red 2026-02-09T00:00:00Z",
            "red > yellow 2026-02-28T00:00:00Z",
            "yellow > red 2026-03-01T09:00:00Z quiet", // as the older signals came first
            "red > yellow 2026-03-01T09:00:00Z");
  }

  @Test
  void a_tier_that_an_account_had_before_it_was_loaded_is_told_once() {
    signals("login", 9, "2026-02-27T09:00:00Z", "2026-03-01T09:00:00Z");
    assertThat(retraced(40, "2026-03-01T12:00:00Z").changes())
        .extracting(RetracedTest::move)
        .containsExactly("- > green 2026-02-28T00:00:00Z");
  }

  @Test
  void today_counts_as_far_as_something_has_moved_the_score() {
    signals("login", 6, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("smile", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    Retraced morning = retraced(3, "2026-03-02T00:00:01Z"); // no smile yet
    assertThat(morning.days()).last().isEqualTo(day("2026-03-01", 69));
    override(10.0, null, "2026-03-02", "2026-03-02T10:00:00Z");
    assertThat(retraced(3, "2026-03-02T12:00:00Z").days()).last().isEqualTo(day("2026-03-02", 10));
  }

  @Test
  void an_account_that_was_loaded_today_has_no_fall_today() {
    signals("smile", 60, "2026-02-27T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("smile", 60, "2026-02-28T09:00:00Z", "2026-03-01T09:00:00Z");
    Retraced retraced = retraced(4, "2026-03-01T12:00:00Z"); // its score is 0 today
    assertThat(retraced.days()).last().isEqualTo(day("2026-02-27", 60));
  }

  @Test
  void it_tells_what_the_account_was_worth_and_until_when_it_was_sure_to_stay() {
    double renewal = Cases.day("2026-06-01");
    happened(
        Decider.record(
            account,
            "a",
            List.of(
                Cases.signal("arr", 500, "2026-03-01T09:00:00Z"),
                Cases.signal("renewal-date", renewal, "2026-03-02T09:00:00Z")),
            false,
            Moments.at("2026-03-02T10:00:00Z", versions)));
    assertThat(retraced(3, "2026-03-03T10:00:00Z").days())
        .extracting(Day::arr, Day::renewalOn)
        .containsExactly(
            tuple(OptionalDouble.of(500), OptionalInt.empty()),
            tuple(OptionalDouble.of(500), OptionalInt.of((int) renewal)));
  }

  @Test
  void it_tells_when_an_account_was_closed() {
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    assertThat(retraced(3, "2026-03-02T10:00:00Z").closedAt()).isEmpty();
    closed(true, "2026-03-02T11:00:00Z");
    assertThat(retraced(3, "2026-03-02T12:00:00Z").closedAt())
        .isEqualTo(Optional.of(Instant.parse("2026-03-02T11:00:00Z")));
  }

  @Test
  void of_one_that_is_not_known_it_tells_nothing() {
    account = Account.unknown(Cases.UTC);
    assertThat(retraced(3, "2026-03-02T10:00:00Z").account()).isEmpty();
  }
}
