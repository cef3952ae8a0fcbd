package keepwell.health;

import static keepwell.health.AccountEvent.Reason.OVERRIDE;
import static keepwell.health.AccountEvent.Reason.SIGNAL;
import static keepwell.health.AccountEvent.Reason.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Overrides.Period;
import keepwell.health.Refusal.Code;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A CSM's judgement holds a score within bounds until a day. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverridesTest extends AccountStory {

  @BeforeEach
  void an_account_is_green_with_ninety_points_until_the_seventh() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    changed(null, "green", SIGNAL, "2026-03-01T09:00:00Z");
  }

  private Standing asOf(String day, String now) {
    happened(Inquiry.standing(account, Optional.of(Cases.day(day)), Moments.at(now, versions)));
    return (Standing) answer;
  }

  @Test
  void it_holds_the_score_at_once_and_the_raw_score_is_shown_beside_it() {
    override(49.0, null, "2026-03-04", "2026-03-02T10:00:00Z");
    changed("green", "red", OVERRIDE, "2026-03-02T10:00:00Z");
    Standing standing = (Standing) answer;
    assertThat(standing.score()).hasValue(49);
    assertThat(standing.rawScore()).hasValue(90);
    assertThat(standing.tier()).contains("red");
    assertThat(standing.override()).map(Period::what).map(ScoreOverride::author).contains("dana");
  }

  @Test
  void it_ends_by_itself_after_its_last_day_which_is_judged_when_the_next_is_over() {
    override(49.0, null, "2026-03-04", "2026-03-02T10:00:00Z");
    changes.clear();
    looked("2026-03-04T23:59:59Z");
    assertThat(((Standing) answer).score()).hasValue(49);
    looked("2026-03-05T00:00:00Z");
    assertThat(((Standing) answer).score()).hasValue(90);
    assertThat(((Standing) answer).override()).isEmpty();
    nothingElseChanged();
    looked("2026-03-06T00:00:00Z");
    changed("red", "green", TIME, "2026-03-06T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void it_holds_a_score_up_as_well_while_time_goes_on_underneath() {
    override(null, 60.0, "2026-03-20", "2026-03-02T10:00:00Z");
    nothingElseChanged();
    looked("2026-03-12T00:00:00Z");
    changed("green", "yellow", TIME, "2026-03-09T00:00:00Z");
    assertThat(((Standing) answer).score()).hasValue(60);
    assertThat(((Standing) answer).rawScore()).hasValue(0);
    looked("2026-03-30T00:00:00Z");
    changed("yellow", "red", TIME, "2026-03-22T00:00:00Z");
    nothingElseChanged();
  }

  @Test
  void what_does_not_lower_the_score_does_not_lower_the_tier() {
    looked("2026-03-08T08:00:00Z"); // the score is 0 since midnight, the tier still green
    override(40.0, null, "2026-03-20", "2026-03-08T08:00:00Z");
    nothingElseChanged();
    override(null, 10.0, "2026-03-20", "2026-03-08T09:00:00Z");
    nothingElseChanged();
    assertThat(((Standing) answer).tier()).contains("green");
  }

  @Test
  void a_signal_that_moves_only_the_raw_score_moves_no_tier() {
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    changes.clear();
    signals("login", 5, "2026-03-02T11:00:00Z", "2026-03-02T11:00:00Z");
    nothingElseChanged();
    assertThat(((Recorded) answer).score()).hasValue(49);
  }

  @Test
  void taken_back_it_holds_neither_that_day_nor_later() {
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    changes.clear();
    overrideRemoved("2026-03-04T10:00:00Z");
    changed("red", "green", OVERRIDE, "2026-03-04T10:00:00Z");
    assertThat(asOf("2026-03-03", "2026-03-05T10:00:00Z").score()).hasValue(49);
    assertThat(asOf("2026-03-04", "2026-03-05T10:00:00Z").score()).hasValue(90);
    overrideRemoved("2026-03-05T11:00:00Z");
    assertThat(stored).isZero();
  }

  @Test
  void each_day_is_scored_by_the_override_of_that_day() {
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    override(70.0, null, "2026-03-05", "2026-03-04T10:00:00Z");
    String now = "2026-03-04T11:00:00Z";
    assertThat(asOf("2026-03-01", now).score()).hasValue(90);
    assertThat(asOf("2026-03-02", now).score()).hasValue(49);
    assertThat(asOf("2026-03-03", now).score()).hasValue(49);
    assertThat(asOf("2026-03-04", now).score()).hasValue(70);
    assertThat(asOf("2026-03-05", now).score()).hasValue(70);
    assertThat(asOf("2026-03-06", now).score()).hasValue(90);
    assertThat(asOf("2026-03-08", now).score()).hasValue(0);
  }

  @Test
  void the_history_keeps_every_override_and_the_days_that_it_held() {
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    override(70.0, null, "2026-03-20", "2026-03-04T10:00:00Z");
    overrideRemoved("2026-03-04T11:00:00Z");
    happened(Inquiry.history(account, 30, Moments.at("2026-03-06T10:00:00Z", versions)));
    History history = (History) answer;
    assertThat(history.overrides())
        .extracting(Period::from)
        .containsExactly(Cases.day("2026-03-02"), Cases.day("2026-03-04"));
    assertThat(history.overrides())
        .extracting(Period::through)
        .containsExactly(Cases.day("2026-03-03"), Cases.day("2026-03-03"));
    assertThat(history.changes()).hasSize(4);
  }

  @Test
  void it_never_makes_a_score_of_none() {
    account = Account.unknown(Cases.UTC);
    label("smb", "2026-03-02T08:00:00Z");
    override(null, 60.0, "2026-03-20", "2026-03-02T10:00:00Z");
    Standing standing = (Standing) answer;
    assertThat(standing.score()).isEmpty();
    assertThat(standing.tier()).isEmpty();
    assertThat(standing.override()).isPresent();
  }

  @Test
  void it_may_hold_for_today_alone() {
    override(49.0, null, "2026-03-02", "2026-03-02T10:00:00Z");
    assertThat(((Standing) answer).score()).hasValue(49);
    looked("2026-03-03T10:00:00Z");
    assertThat(((Standing) answer).score()).hasValue(90);
  }

  @Test
  void saying_the_same_again_stores_nothing() {
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    override(49.0, null, "2026-03-20", "2026-03-02T11:00:00Z");
    assertThat(stored).isZero();
  }

  @Test
  void one_that_is_over_already_is_refused_and_one_of_nobody() {
    override(49.0, null, "2026-03-01", "2026-03-02T10:00:00Z");
    assertThat(answer).isEqualTo(Refusal.of(Code.OVERRIDE_ENDED, "until"));
    assertThat(stored).isZero();
    account = Account.unknown(Cases.UTC);
    override(49.0, null, "2026-03-20", "2026-03-02T10:00:00Z");
    assertThat(answer).isEqualTo(Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
    overrideRemoved("2026-03-02T10:00:00Z");
    assertThat(answer).isEqualTo(Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
  }

  @Test
  void those_long_ended_are_forgotten_and_of_very_many_the_last_are_kept() {
    Overrides overrides = Overrides.NONE;
    for (int day = 0; day < 300; day++) {
      ScoreOverride daily =
          new ScoreOverride(Optional.of(1.0), Optional.empty(), "r", "a", day + 10);
      overrides = overrides.set(daily, Cases.UTC.start(day), day);
    }
    assertThat(overrides.periods).hasSize(100);
    assertThat(overrides.on(299)).isPresent();
    Overrides tried = overrides;
    for (int i = 0; i < 200; i++) {
      tried =
          tried.set(
              new ScoreOverride(Optional.of(2.0), Optional.empty(), "r" + i, "a", 300),
              Cases.UTC.start(299),
              299);
    }
    assertThat(tried.on(298)).isEqualTo(overrides.on(298));
    assertThat(tried.on(299)).map(Period::what).map(ScoreOverride::reason).contains("r199");
    ScoreOverride later = new ScoreOverride(Optional.of(1.0), Optional.empty(), "r", "a", 2000);
    assertThat(overrides.set(later, Cases.UTC.start(1000), 1000).periods).hasSize(1);
  }

  @Test
  void every_fault_of_a_document_is_named() {
    assertThat(faults("{\"max\": 101, \"min\": \"x\", \"until\": \"soon\", \"note\": 1}"))
        .containsExactlyInAnyOrder(
            "note is an unknown field",
            "max is not from 0 to 100",
            "min is not a number",
            "reason is missing",
            "author is missing",
            "until is not a date such as 2026-12-31");
    assertThat(faults("{\"reason\": \"r\", \"author\": \"a\", \"until\": \"2026-03-01\"}"))
        .containsExactly("max is missing, and so is min");
    assertThat(
            faults(
                "{\"max\": 10, \"min\": 20, \"reason\": \"\", \"author\": \"a\\u0000\","
                    + " \"until\": \"2026-02-30\"}"))
        .containsExactlyInAnyOrder(
            "min is above max",
            "reason is empty",
            "author has a control character",
            "until is not a date such as 2026-12-31");
    assertThat(faults("[]")).contains("document is not an object");
  }

  private static Set<String> faults(String json) {
    Set<Fault> faults = new LinkedHashSet<>();
    ScoreOverride.read(Cases.tree(json), faults);
    Set<String> said = new LinkedHashSet<>();
    faults.forEach(fault -> said.add(fault.path() + " " + fault.problem()));
    return said;
  }

  @Test
  void a_bound_is_rounded_as_scores_are() {
    Set<Fault> faults = new LinkedHashSet<>();
    ScoreOverride override =
        ScoreOverride.read(
            Map.of("max", 49.99996, "reason", "r", "author", "a", "until", "2026-03-01"), faults);
    assertThat(faults).isEmpty();
    assertThat(override.max()).contains(50.0);
  }
}
