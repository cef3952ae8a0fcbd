package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FactsTest {
  private static final int TODAY = Cases.day("2026-03-01");

  @Test
  void of_the_days_up_to_the_horizon_only_the_last_signal_of_each_key_remains() {
    Signal old = Cases.signal("seats", 5, "2023-01-01T12:00:00Z");
    Signal later = Cases.signal("seats", 7, "2023-02-01T12:00:00Z");
    Facts facts =
        Cases.facts(List.of(old, later, Cases.signal("login", 1, "2026-03-01T12:00:00Z")));

    SignalFacts seats = facts.of("seats");
    assertThat(seats.days(Integer.MIN_VALUE, TODAY)).isEqualTo(1);
    assertThat(seats.lastDay(Integer.MIN_VALUE, TODAY)).isEqualTo(Cases.day("2023-02-01"));
    assertThat(seats.latest(Integer.MIN_VALUE, TODAY)).isEqualTo(7);
    assertThat(facts.firstDay).isEqualTo(Cases.day("2023-01-01"));
  }

  @Test
  void the_horizon_is_560_days_before_the_newest_and_that_day_is_no_longer_whole() {
    List<Signal> signals = new ArrayList<>();
    for (int daysAgo : new int[] {562, 560, 560, 559, 559, 0}) {
      Instant at = Cases.UTC.start(TODAY - daysAgo).plusSeconds(signals.size());
      signals.add(new Signal("login", 1, at, 0, 0, 0));
    }
    SignalFacts logins = Cases.facts(signals).of("login");
    assertThat(logins.days(Integer.MIN_VALUE, TODAY - 560)).isEqualTo(1);
    assertThat(logins.count(TODAY - 560, TODAY - 560)).isZero();
    assertThat(logins.lastDay(Integer.MIN_VALUE, TODAY - 560)).isEqualTo(TODAY - 560);
    assertThat(logins.count(TODAY - 559, TODAY - 559)).isEqualTo(2);
  }

  @Test
  void of_signals_at_the_same_instant_the_greater_value_is_the_latest() {
    Signal less = Cases.signal("nps", -3, "2026-03-01T12:00:00Z");
    Signal more = Cases.signal("nps", 0, "2026-03-01T12:00:00Z");

    assertThat(latest(List.of(less, more))).isZero();
    assertThat(latest(List.of(more, less))).isZero();
  }

  private static double latest(List<Signal> signals) {
    return Cases.facts(signals).of("nps").latest(Integer.MIN_VALUE, TODAY);
  }

  @Test
  void a_sum_does_not_depend_on_the_order_of_its_values() {
    List<Signal> signals = new ArrayList<>();
    for (double value : new double[] {1e15, 0.1, -1e15, 0.2, 0.3, 1e-3, 7e14, -7e14}) {
      signals.add(Cases.signal("hours", value, "2026-03-01T12:00:00Z"));
    }
    double sum = sum(signals);
    assertThat(sum).isEqualTo(0.601, within(1e-12));
    for (int seed = 0; seed < 200; seed++) {
      Collections.shuffle(signals, new Random(seed));
      assertThat(sum(signals)).isEqualTo(sum);
    }
  }

  private static double sum(List<Signal> signals) {
    return Cases.facts(signals).of("hours").sum(TODAY, TODAY);
  }

  @Test
  void a_day_begins_at_midnight_of_the_zone() {
    Days berlin = new Days(java.time.ZoneId.of("Europe/Berlin"));
    assertThat(berlin.of(Instant.parse("2026-03-01T22:59:59.999Z"))).isEqualTo(TODAY);
    assertThat(berlin.of(Instant.parse("2026-03-01T23:00:00Z"))).isEqualTo(TODAY + 1);
    assertThat(berlin.start(TODAY)).isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
  }

  @Test
  void a_thousand_users_in_a_window_are_counted_exactly_and_more_nearly() {
    assertThat(users(1000, 30)).isEqualTo(1000);
    assertThat(users(1000, 365)).isEqualTo(1000);
    assertThat(users(50_000, 30)).isEqualTo(50_000, within(50_000 * 0.1));
    assertThat(users(50_000, 365)).isEqualTo(50_000, within(50_000 * 0.1));
  }

  private static double users(int users, int windowDays) {
    Distinct distinct = Distinct.NONE;
    for (int u = 0; u < users; u++) {
      distinct = distinct.plus(TODAY - u % windowDays, Cases.hash("user-" + u));
    }
    return distinct.count(TODAY - windowDays + 1, TODAY);
  }

  @Test
  void who_is_kept_of_many_does_not_depend_on_the_order_even_beyond_the_horizon() {
    List<Signal> signals = signals(6000, 900);
    byte[] inOrder = FactsCodec.encode(Cases.facts(signals));
    for (int seed = 0; seed < 5; seed++) {
      assertThat(FactsCodec.encode(shuffled(signals, seed))).isEqualTo(inOrder);
    }
  }

  @Test
  void of_more_than_a_block_holds_the_same_are_kept_in_any_order() {
    List<Signal> signals = signals(6000, 40);
    Facts inOrder = Cases.facts(signals);
    assertThat(inOrder.of("login").users.blocks)
        .anyMatch(block -> block.hashes.length == Distinct.BLOCK_MAX);
    assertThat(inOrder.of("login").items.blocks)
        .anyMatch(block -> block.threshold != Distinct.UNLIMITED);
    for (int seed = 0; seed < 5; seed++) {
      Facts facts = shuffled(signals, seed);
      assertThat(FactsCodec.encode(facts)).isEqualTo(FactsCodec.encode(inOrder));
      assertThat(facts.of("login").users.count(TODAY - 27, TODAY))
          .isEqualTo(inOrder.of("login").users.count(TODAY - 27, TODAY));
    }
  }

  /** Each of another user, of half as many items, spread over some days. */
  private static List<Signal> signals(int count, int days) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = Cases.UTC.start(TODAY - i % days);
      int item = i % (count / 2);
      signals.add(new Signal("login", 1, at, Cases.hash("u" + i), Cases.hash("i" + item), 0));
    }
    return signals;
  }

  private static Facts shuffled(List<Signal> signals, int seed) {
    List<Signal> others = new ArrayList<>(signals);
    Collections.shuffle(others, new Random(seed));
    Facts facts = Facts.NONE;
    for (int from = 0; from < others.size(); from += 500) {
      facts = facts.plus(others.subList(from, from + 500), Cases.UTC);
    }
    return facts;
  }

  @Test
  void facts_survive_being_stored() {
    List<Signal> signals = new ArrayList<>(Cases.daily("login", "2025-12-01", 90));
    signals.add(Cases.signal("hours", 0.1, "2026-02-03T10:00:00Z"));
    signals.add(Cases.signal("hours", -1e15, "2026-02-03T11:00:00Z"));
    signals.add(Cases.signal("überraschung ✓", 2.5, "1999-02-03T11:00:00Z"));
    byte[] stored = FactsCodec.encode(Cases.facts(signals));

    assertThat(FactsCodec.encode(FactsCodec.decode(stored))).isEqualTo(stored);
    assertThat(FactsCodec.encode(FactsCodec.decode(FactsCodec.encode(Facts.NONE))))
        .isEqualTo(FactsCodec.encode(Facts.NONE));
  }

  @Test
  void facts_of_an_unknown_version_or_cut_short_are_refused() {
    byte[] stored = FactsCodec.encode(Cases.facts(Cases.daily("login", "2026-01-01", 3)));
    byte[] unknown = stored.clone();
    unknown[0] = 99;
    assertThatThrownBy(() -> FactsCodec.decode(unknown))
        .hasMessageContaining("unknown version: 99");
    assertThatThrownBy(() -> FactsCodec.decode(java.util.Arrays.copyOf(stored, 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
