package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Days;
import keepwell.health.Outcome;
import keepwell.playbook.Results.Advice;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.Progress;
import keepwell.playbook.Run.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResultsTest {
  private static final Days DAYS = new Days(ZoneOffset.UTC);
  private static final int TODAY = 20_000;
  private static final int WITHIN = 30;

  private static Run run(int daysAgo, Progress progress) {
    int day = TODAY - daysAgo;
    Cause cause = new Cause("transition", null, null, null, null, null, null, null, null);
    Instant at = DAYS.start(day);
    return new Run(
        1, "p", 1, "id", "acme", cause, Optional.of("red"), at, day, Instant.EPOCH, progress);
  }

  private static Run active(int daysAgo) {
    return run(daysAgo, Progress.BEGUN);
  }

  /** One whose account came into a better tier after some days, and so ended three days later. */
  private static Run recovered(int daysAgo, int afterDays) {
    Instant end = DAYS.start(TODAY - daysAgo + afterDays + 3);
    return run(daysAgo, Progress.BEGUN.ended(end, Ending.RECOVERED));
  }

  private static Run followed(Run run, Outcome outcome) {
    return run.with(run.progress().followedBy(Optional.of(outcome), OptionalInt.of(TODAY)));
  }

  private static Results of(Run... runs) {
    return Results.of(List.of(runs), run -> false, DAYS, WITHIN, TODAY);
  }

  @Test
  void a_run_has_succeeded_if_its_account_recovered_in_time() {
    Results results = of(recovered(60, 30), recovered(60, 31), recovered(5, 2));
    assertThat(results.runs()).isEqualTo(3);
    assertThat(results.succeeded()).isEqualTo(2);
    assertThat(results.stillDown()).isEqualTo(1);
    assertThat(results.open()).isZero();
    assertThat(results.successRate()).hasValueCloseTo(2 / 3.0, offset(1e-9));
    assertThat(results.daysToRecovery()).hasValue(30);
  }

  @Test
  void it_is_open_until_its_days_are_over_and_then_it_has_not() {
    Results results = of(active(30), active(31));
    assertThat(results.open()).isEqualTo(1);
    assertThat(results.stillDown()).isEqualTo(1);
    assertThat(results.successRate()).hasValue(0);
    assertThat(of(active(1)).successRate()).isEmpty();
  }

  @Test
  void a_customer_who_is_lost_is_no_success_whatever_came_before() {
    Run churned = run(3, Progress.BEGUN.ended(Instant.EPOCH, Ending.CHURNED));
    Results results = of(churned, followed(recovered(40, 5), Outcome.CHURNED));
    assertThat(results.churned()).isEqualTo(2);
    assertThat(results.succeeded()).isZero();
    assertThat(results.successRate()).hasValue(0);
  }

  @Test
  void one_that_began_in_the_best_tier_succeeds_by_what_the_customer_does() {
    List<Run> runs =
        List.of(
            followed(recovered(60, 0), Outcome.EXPANDED),
            followed(recovered(60, 0), Outcome.DOWNGRADED),
            recovered(60, 0));
    Results results = Results.of(runs, run -> true, DAYS, WITHIN, TODAY);
    assertThat(results.succeeded()).isEqualTo(1);
    assertThat(results.renewed()).isEqualTo(1);
    assertThat(results.stillDown()).isEqualTo(2);
    assertThat(results.daysToRecovery()).isEmpty();
  }

  @Test
  void what_was_held_discarded_or_withdrawn_is_none() {
    Results results =
        of(
            run(40, Progress.BEGUN.heldBy(1)),
            run(40, Progress.BEGUN.in(State.SUSPECTED)),
            run(40, Progress.BEGUN.ended(Instant.EPOCH, Ending.DISCARDED)),
            run(40, Progress.BEGUN.ended(Instant.EPOCH, Ending.LAPSED)),
            run(40, Progress.BEGUN.ended(Instant.EPOCH, Ending.WITHDRAWN)));
    assertThat(results.runs()).isZero();
    assertThat(results.advice()).isEqualTo(Advice.TOO_FEW);
  }

  @ParameterizedTest
  @CsvSource({
    "19, BROKEN",
    "20, WEAK",
    "39, WEAK",
    "40, GOOD",
    "50, GOOD",
    "51, STRONG",
    "60, STRONG",
    "61, TOO_EAGER",
    "100, TOO_EAGER",
    "0, BROKEN"
  })
  void the_rate_is_judged_by_the_bands_that_are_common(int succeeded, Advice advice) {
    List<Run> runs = new ArrayList<>(Collections.nCopies(succeeded, recovered(60, 5)));
    runs.addAll(Collections.nCopies(100 - succeeded, active(60)));
    Results results = Results.of(runs, run -> false, DAYS, WITHIN, TODAY);
    assertThat(results.advice()).isEqualTo(advice);
    assertThat(advice.sentence()).endsWith(".");
  }

  @Test
  void of_fewer_than_ten_nothing_is_said() {
    assertThat(
            Results.of(Collections.nCopies(9, recovered(60, 5)), run -> false, DAYS, WITHIN, TODAY)
                .advice())
        .isEqualTo(Advice.TOO_FEW);
  }
}
