package keepwell.health;

import static keepwell.health.AccountEvent.Reason.SCORECARD;
import static keepwell.health.AccountEvent.Reason.SIGNAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What new scorecards do to an account that nobody asks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringTest extends AccountStory {
  private static Scorecards version(int version, String segment, int points) {
    return Cases.scorecards(
        Cases.tree(LOGINS.formatted(0, segment, points)),
        version,
        Instant.parse("2026-03-02T10:00:00Z").plusSeconds(version));
  }

  @BeforeEach
  void an_account_with_nine_logins() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "green", SIGNAL, "2026-03-01T09:00:00Z");
    published.clear();
  }

  @Test
  void it_is_settled_by_them_and_tells_so_with_the_scorecard_as_the_reason() {
    then(version(2, "smb", 6));
    rescored("2026-03-02T11:00:00Z");
    changed("green", "yellow", SCORECARD, "2026-03-02T10:00:02Z");
    assertThat(published)
        .singleElement()
        .satisfies(told -> assertThat(told.score()).hasValue(54.0));
    assertThat(Decider.settledBy(account)).isEqualTo(2);
    assertThat(answer).isEqualTo(new Reviewed(true));
  }

  @Test
  void once_it_is_settled_by_them_nothing_is_stored_again() {
    then(version(2, "smb", 6));
    rescored("2026-03-02T11:00:00Z");
    rescored("2026-03-02T11:00:01Z");
    assertThat(stored).isZero();
    assertThat(answer).isEqualTo(new Reviewed(false));
  }

  /** What takes its points away, and what it could do about it, may have other names. */
  @Test
  void it_tells_how_it_stands_also_where_its_score_is_the_same() {
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 10).replace("smile", "laugh")),
            2,
            Instant.parse("2026-03-02T10:00:00Z")));
    rescored("2026-03-02T11:00:00Z");
    assertThat(published).hasSize(1);
    assertThat(Decider.settledBy(account)).isEqualTo(2);
    nothingElseChanged();
  }

  @Test
  void it_is_left_alone_where_its_own_scorecard_is_as_it_was() {
    then(
        Cases.scorecards(
            Cases.tree(LOGINS.formatted(0, "smb", 10).replace("\"fine\"", "\"good\"")),
            2,
            Instant.parse("2026-03-02T10:00:00Z")));
    rescored("2026-03-02T11:00:00Z");
    assertThat(stored).isZero();
  }

  @Test
  void it_is_settled_by_each_version_that_it_slept_through_though_the_last_is_as_the_first() {
    then(version(2, "smb", 6));
    then(version(3, "smb", 10));
    rescored("2026-03-02T11:00:00Z");
    changed("green", "yellow", SCORECARD, "2026-03-02T10:00:02Z");
    changed("yellow", "green", SCORECARD, "2026-03-02T10:00:03Z");
    nothingElseChanged();
    assertThat(Decider.settledBy(account)).isEqualTo(3);
  }

  @Test
  void a_scorecard_that_fits_it_no_more_is_another_one() {
    then(version(2, "public", 10));
    rescored("2026-03-02T11:00:00Z");
    changed("green", "fine", SCORECARD, "2026-03-02T10:00:02Z");
    nothingElseChanged();
  }

  @Test
  void whoever_asks_first_lets_it_tell_the_same() {
    then(version(2, "smb", 6));
    looked("2026-03-02T11:00:00Z");
    changed("green", "yellow", SCORECARD, "2026-03-02T10:00:02Z");
    assertThat(published).hasSize(1);
    rescored("2026-03-02T11:00:01Z");
    assertThat(stored).isZero();
  }

  @Test
  void of_a_closed_account_it_is_told_quietly() {
    closed(true, "2026-03-02T09:00:00Z");
    published.clear();
    then(version(2, "smb", 6));
    rescored("2026-03-02T11:00:00Z");
    assertThat(changes).singleElement().satisfies(change -> assertThat(change.quiet()).isTrue());
    assertThat(published).hasSize(1);
  }

  @Test
  void an_account_that_never_was_is_left_alone() {
    account = Account.unknown(Cases.UTC);
    then(version(2, "smb", 6));
    rescored("2026-03-02T11:00:00Z");
    assertThat(stored).isZero();
  }
}
