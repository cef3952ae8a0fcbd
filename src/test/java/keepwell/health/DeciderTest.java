package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;
import keepwell.health.Refusal.Code;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderTest {
  private static final String NOON = "2026-03-01T12:00:00Z";

  private Account account = Account.unknown(Cases.UTC);

  private <A> Decision<A> happened(Decision<A> decision) {
    for (AccountEvent event : decision.events()) {
      account = account.evolve(event);
    }
    return decision;
  }

  private Decision<Recorded> record(Signal... signals) {
    return happened(
        Decider.record(account, "acme", List.of(signals), false, Moments.on("2026-03-01")));
  }

  private Answer label(Map<String, Optional<String>> labels) {
    return happened(Decider.label(account, "acme", labels, Moments.on("2026-03-01"))).answer();
  }

  private static Signal identified(String key, long id) {
    return new Signal(key, 1, Instant.parse(NOON), 0, 0, id);
  }

  @Test
  void the_first_signals_open_the_account_and_settle_its_first_tier() {
    Decision<Recorded> first = record(identified("login", 1), identified("login", 2));
    assertThat(first.events())
        .hasExactlyElementsOfTypes(
            AccountOpened.class, SignalsRecorded.class, TierChanged.class, StandingPublished.class);
    assertThat(first.answer().accepted()).isEqualTo(2);
    assertThat(first.answer().score()).hasValue(2);
    assertThat(first.answer().tier()).contains("red");
  }

  @Test
  void an_id_counts_once_in_a_request_and_in_all_of_a_day() {
    Recorded first = record(identified("login", 1), identified("login", 1)).answer();
    assertThat(first.accepted()).isEqualTo(1);
    assertThat(first.duplicates()).containsExactly(1);
    Decision<Recorded> again = record(identified("ticket", 1));
    assertThat(again.events()).isEmpty();
    assertThat(again.answer().duplicates()).containsExactly(0);
    assertThat(again.answer().score()).hasValue(1);
  }

  @Test
  void an_event_tells_the_keys_that_the_account_has_never_recorded_before() {
    assertThat(newKeys(identified("login", 1), identified("seats", 2), identified("login", 3)))
        .containsExactly("login", "seats");
    assertThat(newKeys(identified("ticket", 1), identified("login", 4))).isEmpty();
    assertThat(newKeys(identified("seats", 5), identified("ticket", 6))).containsExactly("ticket");
  }

  private Set<String> newKeys(Signal... signals) {
    return record(signals).events().stream()
        .filter(SignalsRecorded.class::isInstance)
        .flatMap(event -> ((SignalsRecorded) event).newKeys().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void a_signal_without_id_counts_as_often_as_it_is_sent() {
    record(Cases.signal("login", 1, NOON));
    assertThat(record(Cases.signal("login", 1, NOON)).answer().score()).hasValue(2);
  }

  @Test
  void a_signal_more_than_five_minutes_ahead_is_refused_alone() {
    Recorded recorded =
        record(
                Cases.signal("login", 1, "2026-03-01T12:05:00Z"),
                Cases.signal("login", 1, "2026-03-01T12:05:00.001Z"))
            .answer();
    assertThat(recorded.accepted()).isEqualTo(1);
    assertThat(recorded.refusals())
        .containsExactly(new Refusal(Code.SIGNAL_FROM_THE_FUTURE, "at", 1));
  }

  @Test
  void a_signal_of_a_further_key_is_refused_alone_once_there_are_as_many_as_may_be() {
    Recorded recorded =
        recordUpTo(
            2,
            identified("login", 1),
            identified("seats", 2),
            identified("ticket", 3),
            identified("login", 4),
            identified("ticket", 5));
    assertThat(recorded.accepted()).isEqualTo(3);
    assertThat(recorded.refusals())
        .containsExactly(
            new Refusal(Code.SIGNAL_KEYS_TOO_MANY, "signal", 2),
            new Refusal(Code.SIGNAL_KEYS_TOO_MANY, "signal", 4));
    assertThat(recordUpTo(2, identified("seats", 6)).accepted()).isEqualTo(1);
    assertThat(recordUpTo(2, identified("ticket", 7)).refusals()).hasSize(1);
    assertThat(recordUpTo(3, identified("ticket", 7)).accepted()).isEqualTo(1);
  }

  @Test
  void an_account_that_has_more_keys_than_it_may_have_by_now_goes_on_with_them() {
    record(identified("login", 1), identified("seats", 2), identified("ticket", 3));
    assertThat(recordUpTo(1, identified("ticket", 4), identified("seats", 5)).accepted())
        .isEqualTo(2);
  }

  @Test
  void a_known_id_is_a_duplicate_whatever_its_key_and_a_refused_signal_uses_no_id_up() {
    record(identified("login", 1));
    Recorded recorded =
        recordUpTo(1, identified("seats", 1), identified("seats", 2), identified("login", 2));
    assertThat(recorded.duplicates()).containsExactly(0);
    assertThat(recorded.refusals()).extracting(Refusal::index).containsExactly(1);
    assertThat(recorded.accepted()).isEqualTo(1);
  }

  private Recorded recordUpTo(int signalKeysMax, Signal... signals) {
    Moment moment = Moments.holding(new Capacity(signalKeysMax, 50));
    return happened(Decider.record(account, "acme", List.of(signals), false, moment)).answer();
  }

  @Test
  void a_request_that_is_refused_whole_leaves_no_account_behind() {
    assertThat(record(Cases.signal("login", 1, "2027-01-01T00:00:00Z")).events()).isEmpty();
    Decision<Answer> shown = Inquiry.standing(account, Optional.empty(), Moments.on("2026-03-01"));
    assertThat(shown.answer()).isEqualTo(new Refusal(Code.ACCOUNT_UNKNOWN, "", 0));
  }

  @Test
  void labels_are_set_and_removed_and_saying_the_same_again_stores_nothing() {
    label(Map.of("name", Optional.of("Acme"), "owner", Optional.of("dana")));
    Standing standing = (Standing) label(Map.of("owner", Optional.empty()));
    assertThat(standing.labels()).isEqualTo(Map.of("name", "Acme"));
    Decision<Answer> again =
        Decider.label(
            account,
            "acme",
            Map.of("name", Optional.of("Acme"), "x", Optional.empty()),
            Moments.on("2026-03-01"));
    assertThat(again.events()).isEmpty();
  }

  @Test
  void more_than_fifty_labels_are_refused_and_nothing_is_stored() {
    Map<String, Optional<String>> labels = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      labels.put("label-" + i, Optional.of("x"));
    }
    label(labels);
    Decision<Answer> one =
        Decider.label(account, "acme", Map.of("more", Optional.of("x")), Moments.on("2026-03-01"));
    assertThat(one.answer()).isEqualTo(new Refusal(Code.LABELS_TOO_MANY, "labels", 0));
    assertThat(one.events()).isEmpty();
    Decision<Answer> instead =
        Decider.label(
            account,
            "acme",
            Map.of("more", Optional.of("x"), "label-7", Optional.empty()),
            Moments.on("2026-03-01"));
    assertThat(instead.events()).hasExactlyElementsOfTypes(LabelsChanged.class);
  }

  @Test
  void
      an_account_that_has_more_labels_than_it_may_have_by_now_can_still_exchange_and_remove_some() {
    label(Map.of("a", Optional.of("x"), "b", Optional.of("x"), "c", Optional.of("x")));
    Moment moment = Moments.holding(new Capacity(1000, 1));
    assertThat(Decider.label(account, "acme", Map.of("a", Optional.empty()), moment).answer())
        .isInstanceOf(Standing.class);
    assertThat(
            Decider.label(
                    account, "acme", Map.of("a", Optional.empty(), "d", Optional.of("x")), moment)
                .answer())
        .isInstanceOf(Standing.class);
    assertThat(Decider.label(account, "acme", Map.of("d", Optional.of("x")), moment).answer())
        .isEqualTo(new Refusal(Code.LABELS_TOO_MANY, "labels", 0));
  }

  @Test
  void a_day_that_is_no_longer_kept_whole_is_not_shown() {
    List<Signal> signals = new ArrayList<>(Cases.daily("login", "2026-02-20", 9));
    signals.add(Cases.signal("login", 1, "2024-01-01T12:00:00Z"));
    record(signals.toArray(Signal[]::new));
    int horizon = account.facts.horizon();

    assertThat(shown(horizon + 6)).isEqualTo(new Refusal(Code.AS_OF_TOO_OLD, "asOf", 0));
    assertThat(shown(horizon + 7)).isInstanceOf(Standing.class);
    assertThat(((Standing) shown(Cases.day("2026-02-22"))).score()).hasValue(3);
    assertThat(((Standing) shown(Cases.day("2030-01-01"))).score()).hasValue(0);
  }

  private Answer shown(int day) {
    return Inquiry.standing(account, Optional.of(day), Moments.on("2026-03-01")).answer();
  }

  @Test
  void a_standing_says_by_how_much_the_score_has_changed() {
    record(Cases.daily("login", "2026-02-20", 10).toArray(Signal[]::new));
    Standing standing =
        (Standing) Inquiry.standing(account, Optional.empty(), Moments.on("2026-03-01")).answer();
    assertThat(standing.score()).hasValue(7);
    assertThat(standing.trend7()).hasValue(4);
    assertThat(standing.trend30()).isEmpty(); // it was not there
  }
}
