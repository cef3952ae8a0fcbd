package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.History.DayScore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** An account day by day. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HistoryTest extends AccountStory {

  @BeforeEach
  void an_account_is_green_for_a_week_and_red_then() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
  }

  private History history(int days, String now) {
    happened(Inquiry.history(account, days, Moments.at(now, versions)));
    return (History) answer;
  }

  @Test
  void its_days_have_no_gap_and_end_today() {
    History history = history(10, "2026-03-08T12:00:00Z");
    assertThat(history.days())
        .extracting(DayScore::day)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(Cases.day("2026-02-27"), Cases.day("2026-03-08"))
                .boxed()
                .toList());
    assertThat(history.days().get(0).score()).isEmpty();
    assertThat(history.days().get(2).score()).isEqualTo(OptionalDouble.of(90));
    assertThat(history.days().get(9).tier()).contains("red"); // a plain band: not settled yet
  }

  @Test
  void a_change_belongs_to_the_day_on_which_it_was_settled() {
    assertThat(history(1, "2026-03-09T12:00:00Z").changes())
        .extracting(TierChanged::reason)
        .containsExactly(Reason.TIME);
    assertThat(history(1, "2026-03-10T12:00:00Z").changes()).isEmpty();
    assertThat(history(9, "2026-03-09T12:00:00Z").changes()).hasSize(2);
  }

  @Test
  void an_override_belongs_to_the_days_that_it_held_and_to_the_day_it_was_set() {
    override(49.0, null, "2026-03-04", "2026-03-02T10:00:00Z");
    assertThat(history(1, "2026-03-04T12:00:00Z").overrides()).hasSize(1);
    assertThat(history(1, "2026-03-05T12:00:00Z").overrides()).isEmpty();
    assertThat(history(2, "2026-03-05T12:00:00Z").overrides()).hasSize(1);
  }

  @Test
  void changes_are_kept_as_long_as_days_are() {
    signals("login", 9, "2027-09-12T09:00:00Z", "2027-09-12T09:00:00Z"); // 560 days later
    assertThat(account.settlement.changes()).hasSize(3);
    looked("2027-09-20T09:00:00Z");
    assertThat(account.settlement.changes())
        .extracting(TierChanged::reason)
        .containsExactly(Reason.TIME, Reason.SIGNAL, Reason.TIME);
  }

  @Test
  void of_very_many_changes_the_last_thousand_are_kept() {
    for (int i = 0; i < 600; i++) {
      override(10.0, null, "2026-03-31", "2026-03-02T10:00:00Z");
      overrideRemoved("2026-03-02T10:00:00Z");
    }
    assertThat(changes).hasSize(1201);
    assertThat(account.settlement.changes()).hasSize(1000);
    assertThat(account.settlement.tier()).contains("green");
  }
}
