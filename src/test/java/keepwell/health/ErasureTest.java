package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;
import keepwell.health.Refusal.Code;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What remains of an account that is erased, and what may come after. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErasureTest {
  private static final String BEFORE = "2026-03-01T11:59:59.999Z";
  private static final String ERASED = "2026-03-01T12:00:00Z";
  private static final String LATER = "2026-03-01T12:00:01Z";
  private static final Moment NOON = Moments.on("2026-03-01");
  private static final Account UNKNOWN = Account.unknown(Cases.UTC);

  private Account account = UNKNOWN;

  private <A> Decision<A> happened(Decision<A> decision) {
    for (AccountEvent event : decision.events()) {
      account = account.evolve(event);
    }
    return decision;
  }

  private Decision<Recorded> record(String at, long... ids) {
    List<Signal> signals =
        LongStream.of(ids)
            .mapToObj(id -> new Signal("login", 1, Instant.parse(at), 0, 0, id))
            .toList();
    return happened(Decider.record(account, "acme", signals, false, NOON));
  }

  private Decision<Answer> erase() {
    return happened(Decider.erase(account, NOON));
  }

  private Answer shown() {
    return Inquiry.standing(account, Optional.empty(), NOON).answer();
  }

  @Test
  void an_erased_account_is_as_unknown_as_one_that_never_was_but_for_the_instant() {
    record(BEFORE, 1, 2);
    happened(Decider.label(account, "acme", Map.of("owner", Optional.of("dana")), NOON));
    happened(
        Decider.override(
            account,
            new ScoreOverride(
                Optional.of(5.0), Optional.empty(), "why", "who", Cases.day("2026-04-01")),
            NOON));
    erase();
    assertThat(account)
        .usingRecursiveComparison()
        .ignoringFields("erasedAt")
        .isEqualTo(Account.unknown(Cases.UTC));
    assertThat(account.erasedAt).isEqualTo(ERASED);
    Refusal unknown = new Refusal(Code.ACCOUNT_UNKNOWN, "", 0);
    assertThat(shown()).isEqualTo(unknown);
    assertThat(Inquiry.history(account, 9, NOON).answer()).isEqualTo(unknown);
    assertThat(Decider.removeOverride(account, NOON).answer()).isEqualTo(unknown);
    assertThat(Decider.label(account, "acme", Map.of("owner", Optional.empty()), NOON).answer())
        .isEqualTo(unknown);
  }

  @Test
  void the_erasure_tells_all_keys_that_were_recorded_and_the_instant() {
    record(BEFORE, 1);
    happened(Decider.record(account, "acme", Cases.daily("seats", "2026-02-20", 3), false, NOON));
    assertThat(erase().events())
        .containsExactly(new AccountErased(Instant.parse(ERASED), Set.of("login", "seats")));
  }

  @Test
  void an_account_that_never_was_cannot_be_erased_and_one_that_is_need_not_be_again() {
    assertThat(erase().answer()).isEqualTo(new Refusal(Code.ACCOUNT_UNKNOWN, "", 0));
    assertThat(account).isSameAs(UNKNOWN);
    record(BEFORE, 1);
    assertThat(erase().answer()).isEqualTo(new Erased(Instant.parse(ERASED)));
    Decision<Answer> again = Decider.erase(account, Moments.on("2026-03-05"));
    assertThat(again.events()).isEmpty();
    assertThat(again.answer()).isEqualTo(new Erased(Instant.parse(ERASED)));
  }

  @Test
  void signals_dated_before_the_erasure_are_refused_and_do_not_use_up_their_id() {
    record(BEFORE, 1);
    erase();
    Decision<Recorded> old = record(BEFORE, 2, 0);
    assertThat(old.events()).isEmpty();
    assertThat(old.answer().refusals())
        .containsExactly(new Refusal(Code.ERASED, "at", 0), new Refusal(Code.ERASED, "at", 1));
    assertThat(old.answer().score()).isEmpty();
    Signal late = new Signal("login", 1, Instant.parse(BEFORE), 0, 0, 7);
    Signal fresh = new Signal("login", 1, Instant.parse(ERASED), 0, 0, 7);
    Recorded both =
        happened(Decider.record(account, "acme", List.of(late, fresh), false, NOON)).answer();
    assertThat(both.refusals()).containsExactly(new Refusal(Code.ERASED, "at", 0));
    assertThat(both.accepted()).isEqualTo(1);
  }

  @Test
  void later_signals_start_the_account_anew_and_ids_from_before_are_forgotten() {
    record(BEFORE, 1, 2);
    erase();
    Decision<Recorded> anew = record(LATER, 1);
    assertThat(anew.events())
        .hasExactlyElementsOfTypes(
            AccountOpened.class, SignalsRecorded.class, TierChanged.class, StandingPublished.class);
    assertThat(((SignalsRecorded) anew.events().get(1)).newKeys()).containsExactly("login");
    assertThat(anew.answer().duplicates()).isEmpty();
    assertThat(anew.answer().score()).hasValue(1);
    assertThat(((Standing) shown()).previousTier()).isEmpty();
    assertThat(record(LATER, 1).answer().duplicates()).containsExactly(0);
    assertThat(record(BEFORE, 9).answer().refusals())
        .containsExactly(new Refusal(Code.ERASED, "at", 0));
  }

  @Test
  void labels_start_it_anew_too() {
    record(BEFORE, 1);
    erase();
    happened(Decider.label(account, "acme", Map.of("owner", Optional.of("kim")), NOON));
    assertThat(((Standing) shown()).labels()).isEqualTo(Map.of("owner", "kim"));
    assertThat(((Standing) shown()).score()).isEmpty();
  }
}
