package keepwell.health;

import static keepwell.health.Outcome.CHURNED;
import static keepwell.health.Outcome.EXPANDED;
import static keepwell.health.Outcome.RENEWED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.Outcomes.Past;
import keepwell.health.Refusal.Code;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What somebody says became of an account, and what that does to it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomesTest extends AccountStory {
  private static final String NOON = "2026-03-01T12:00:00Z";

  private static OutcomeStatement said(Outcome outcome, String at) {
    return new OutcomeStatement(Optional.ofNullable(outcome), Instant.parse(at));
  }

  private void told(OutcomeStatement... statements) {
    happened(OutcomeDecider.record(account, "a", List.of(statements), Moments.at(NOON, versions)));
  }

  private void told(Outcome outcome, String day) {
    told(said(outcome, day + "T09:00:00Z"));
  }

  private Recorded recorded() {
    return (Recorded) answer;
  }

  private void refused(Code code) {
    assertThat(recorded().refusals()).containsExactly(new Refusal(code, "at", 0));
    assertThat(stored).isZero();
  }

  private boolean isClosed() {
    return account.listing.closed();
  }

  private List<Outcome> outcomes() {
    return account.outcomes.all().stream().map(Past::outcome).toList();
  }

  @Test
  void an_account_of_which_nobody_knows_is_opened_by_its_first_outcome() {
    told(RENEWED, "2025-06-30");
    assertThat(recorded()).extracting(Recorded::accepted).isEqualTo(1);
    assertThat(account.outcomes.all())
        .containsExactly(
            new Past(
                Cases.day("2025-06-30"),
                RENEWED,
                Instant.parse("2025-06-30T09:00:00Z"),
                Instant.parse(NOON)));
    assertThat(published).hasSize(1);
    assertThat(isClosed()).isFalse();
  }

  @Test
  void the_same_of_a_day_is_a_duplicate_and_another_replaces_it() {
    told(RENEWED, "2026-02-01");
    told(said(RENEWED, "2026-02-01T23:00:00Z"));
    assertThat(recorded().duplicates()).containsExactly(0);
    assertThat(stored).isZero();
    told(EXPANDED, "2026-02-01");
    assertThat(recorded().accepted()).isEqualTo(1);
    assertThat(outcomes()).containsExactly(EXPANDED);
  }

  @Test
  void it_can_be_taken_back_once() {
    told(RENEWED, "2026-02-01");
    told((Outcome) null, "2026-02-01");
    assertThat(recorded().accepted()).isEqualTo(1);
    assertThat(outcomes()).isEmpty();
    told((Outcome) null, "2026-02-01");
    assertThat(recorded().duplicates()).containsExactly(0);
  }

  @Test
  void what_was_never_told_is_not_taken_back_and_opens_no_account() {
    told((Outcome) null, "2026-02-01");
    assertThat(recorded().duplicates()).containsExactly(0);
    assertThat(account.exists()).isFalse();
  }

  @Test
  void an_account_that_churned_is_closed_until_that_is_corrected() {
    told(RENEWED, "2026-01-01");
    told(CHURNED, "2026-02-01");
    assertThat(isClosed()).isTrue();
    told(RENEWED, "2026-02-01");
    assertThat(isClosed()).isFalse();
    told(CHURNED, "2026-02-01");
    told((Outcome) null, "2026-02-01");
    assertThat(isClosed()).isFalse();
  }

  @Test
  void one_that_came_back_later_is_open_whatever_is_told_first() {
    told(EXPANDED, "2026-02-20");
    told(CHURNED, "2026-02-01");
    assertThat(isClosed()).isFalse();
    told(CHURNED, "2026-02-25");
    told(RENEWED, "2026-02-28");
    assertThat(isClosed()).isFalse();
  }

  @Test
  void who_reopens_it_by_hand_wins_until_its_last_outcome_is_another() {
    told(CHURNED, "2026-02-01");
    closed(false, NOON);
    told(RENEWED, "2026-01-01");
    told(CHURNED, "2026-01-15");
    assertThat(isClosed()).isFalse();
    told(CHURNED, "2026-02-02");
    assertThat(isClosed()).isTrue();
  }

  @Test
  void what_was_closed_by_hand_is_not_reopened_by_an_outcome() {
    told(RENEWED, "2026-01-01");
    closed(true, NOON);
    told(CHURNED, "2026-02-01");
    told(RENEWED, "2026-02-02");
    assertThat(isClosed()).isTrue();
    closed(false, NOON);
    assertThat(isClosed()).isFalse();
  }

  @Test
  void a_history_that_comes_at_once_closes_the_account_once_at_most() {
    told(
        said(CHURNED, "2025-02-01T00:00:00Z"),
        said(RENEWED, "2025-03-01T00:00:00Z"),
        said(CHURNED, "2026-02-01T00:00:00Z"),
        said(CHURNED, "2026-02-01T08:00:00Z"));
    assertThat(recorded().accepted()).isEqualTo(3);
    assertThat(recorded().duplicates()).containsExactly(3);
    assertThat(isClosed()).isTrue();
    assertThat(stored).isEqualTo(6); // opened, three outcomes, closed, published
  }

  @Test
  void what_is_ahead_of_the_clock_is_refused_but_for_five_minutes() {
    told(said(RENEWED, "2026-03-01T12:05:00.001Z"));
    refused(Code.SIGNAL_FROM_THE_FUTURE);
    told(said(RENEWED, "2026-03-01T12:05:00Z"));
    assertThat(recorded().accepted()).isEqualTo(1);
  }

  @Test
  void what_is_dated_before_the_account_was_erased_is_refused() {
    told(RENEWED, "2026-02-01");
    happened(Decider.erase(account, Moments.at(NOON, versions)));
    assertThat(account.outcomes.all()).isEmpty();
    told(RENEWED, "2026-02-01");
    refused(Code.ERASED);
    told(said(RENEWED, NOON));
    assertThat(account.exists()).isTrue();
  }

  @Test
  void further_days_than_it_may_have_are_refused_and_corrections_taken() {
    Instant first = Instant.parse("2024-01-01T00:00:00Z");
    told(
        IntStream.range(0, Outcomes.MAX)
            .mapToObj(day -> first.plusSeconds(86_400L * day))
            .map(at -> new OutcomeStatement(Optional.of(RENEWED), at))
            .toArray(OutcomeStatement[]::new));
    assertThat(recorded().accepted()).isEqualTo(Outcomes.MAX);
    told(RENEWED, "2023-01-01");
    refused(Code.OUTCOMES_TOO_MANY);
    told(EXPANDED, "2024-01-01");
    assertThat(recorded().accepted()).isEqualTo(1);
    told((Outcome) null, "2023-01-01");
    assertThat(recorded().duplicates()).containsExactly(0);
  }

  @Test
  void an_account_tells_what_became_of_it_and_one_that_is_not_there_that_it_is_not() {
    assertThat(Inquiry.outcomes(account).answer())
        .isEqualTo(new Refusal(Code.ACCOUNT_UNKNOWN, "", 0));
    told(RENEWED, "2026-02-01");
    assertThat(Inquiry.outcomes(account).answer()).isEqualTo(account.outcomes);
  }

  @Test
  void a_closure_says_whether_an_outcome_was_its_reason() {
    account = account.evolve(new AccountOpened("a"));
    assertThat(reason(new AccountClosed(1, Instant.parse(NOON), true))).isTrue();
    assertThat(reason(new AccountClosed(1, Instant.parse(NOON), false))).isFalse();
  }

  private boolean reason(AccountClosed event) {
    return account.evolve(event).listing.closedByOutcome();
  }

  /** Statements of different days, told in any order, together or one by one. */
  @RepeatedTest(50)
  void the_order_in_which_they_are_told_does_not_matter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<OutcomeStatement> statements = new ArrayList<>();
    int days = 1 + random.nextInt(28);
    for (int day = 1; day <= days; day++) {
      Outcome outcome = List.of(Outcome.values()).get(random.nextInt(4));
      statements.add(said(outcome, "2026-02-%02dT%02d:00:00Z".formatted(day, random.nextInt(24))));
    }
    told(statements.toArray(OutcomeStatement[]::new));
    Account inOrder = account;
    account = Account.unknown(Cases.UTC);
    Collections.shuffle(statements, random);
    statements.forEach(this::told);
    assertThat(account.outcomes).isEqualTo(inOrder.outcomes);
    assertThat(isClosed()).isEqualTo(inOrder.listing.closed());
    assertThat(account.listing.closedByOutcome()).isEqualTo(inOrder.listing.closedByOutcome());
  }
}
