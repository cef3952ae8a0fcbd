package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import keepwell.health.Decider.Moment;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What passing time does to any account, by any scorecard. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimePropertyTest {
  private static final LocalDate LAST = LocalDate.of(2026, 3, 29);
  private static final int LAST_DAY = (int) LAST.toEpochDay();
  private static final int CASES = 10;

  private static Random random(RepetitionInfo repetition) {
    return new Random(1000 + repetition.getCurrentRepetition());
  }

  private static List<Signal> signals(Random random) {
    return RandomCases.signals(random, LAST, random.nextInt(60), 1 + random.nextInt(400)).stream()
        .map(Cases::signal)
        .toList();
  }

  @RepeatedTest(50)
  void until_the_day_on_which_it_may_change_a_score_stands_still(RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES; i++) {
      Scorecard scorecard = Cases.scorecard(RandomCases.scorecard(random));
      Facts facts = Cases.facts(signals(random));
      int day = LAST_DAY - random.nextInt(100);
      while (day < LAST_DAY + 400) {
        Evaluation evaluation = Evaluation.of(scorecard, facts, day);
        int next = Math.min(evaluation.nextChange(facts), LAST_DAY + 400);
        assertThat(next).isGreaterThan(day);
        for (int steady = day + 1; steady < next; steady++) {
          assertThat(Evaluation.of(scorecard, facts, steady).score())
              .isEqualTo(evaluation.score(), within(1e-9));
        }
        day = next;
      }
    }
  }

  @RepeatedTest(50)
  void a_signal_changes_only_what_reads_its_key(RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES; i++) {
      Scorecard scorecard = Cases.scorecard(RandomCases.scorecard(random));
      List<Signal> signals = new ArrayList<>(signals(random));
      if (signals.isEmpty()) {
        continue;
      }
      Signal one = signals.remove(random.nextInt(signals.size()));
      Facts before = Cases.facts(signals);
      Facts after = before.plus(List.of(one), Cases.UTC);
      Evaluation whole = Evaluation.of(scorecard, after, LAST_DAY);
      Evaluation part = Evaluation.of(scorecard, before, LAST_DAY).after(after, one.key());
      assertThat(Evaluation.number(part.score())).isEqualTo(Evaluation.number(whole.score()));
      assertThat(part.coverage()).isEqualTo(whole.coverage());
      assertThat(Explanation.categories(part)).isEqualTo(Explanation.categories(whole));
      assertThat(Explanation.adjustments(part, after))
          .isEqualTo(Explanation.adjustments(whole, after));
    }
  }

  @RepeatedTest(50)
  void signals_after_a_day_can_be_left_aside(RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES; i++) {
      Scorecard scorecard = Cases.scorecard(RandomCases.scorecard(random));
      List<Signal> signals = signals(random);
      int upTo = LAST_DAY - random.nextInt(90);
      List<Signal> until =
          signals.stream().filter(signal -> Cases.UTC.of(signal.at()) <= upTo).toList();
      Evaluation aside = Evaluation.of(scorecard, Cases.facts(signals), LAST_DAY, upTo);
      Evaluation without = Evaluation.of(scorecard, Cases.facts(until), LAST_DAY);
      assertThat(Evaluation.number(aside.score())).isEqualTo(Evaluation.number(without.score()));
      assertThat(aside.coverage()).isEqualTo(without.coverage());
    }
  }

  @RepeatedTest(50)
  void an_account_that_is_asked_once_has_moved_as_if_it_were_asked_every_day(
      RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES; i++) {
      Scorecards by = Cases.scorecards(Cases.document(RandomCases.scorecard(random)));
      Account account = account(random, signals(random), by);
      Account watched = account;
      for (int day = LAST_DAY + 1; day <= LAST_DAY + 200; day++) {
        watched = looked(watched, day, by);
      }
      Account asleep = looked(account, LAST_DAY + 200, by);
      assertThat(asleep.settlement.changes()).isEqualTo(watched.settlement.changes());
    }
  }

  /** An account that got its signals on the last day, and maybe an override. */
  private static Account account(Random random, List<Signal> signals, Scorecards by) {
    Moment night = Moments.at(LAST + "T23:59:59Z", by);
    List<Signal> taken =
        signals.isEmpty() ? List.of(Cases.signal("login", 1, LAST + "T09:00:00Z")) : signals;
    Account account =
        evolved(
            Account.unknown(Cases.UTC),
            Decider.record(Account.unknown(Cases.UTC), "a", taken, false, night));
    if (random.nextBoolean()) {
      double min = random.nextInt(80);
      double max = min + random.nextInt(20);
      ScoreOverride override =
          new ScoreOverride(
              Optional.of(max), Optional.of(min), "why", "who", LAST_DAY + random.nextInt(90));
      account = evolved(account, Decider.override(account, override, night));
    }
    return account;
  }

  private static Account looked(Account account, int day, Scorecards by) {
    Instant noon = Cases.UTC.start(day).plusSeconds(43_200);
    Moment moment = Moments.at(noon, Thresholds.NONE, by);
    return Settling.upTo(moment, account).account();
  }

  private static Account evolved(Account account, Decision<?> decision) {
    Account evolved = account;
    for (AccountEvent event : decision.events()) {
      evolved = evolved.evolve(event);
    }
    return evolved;
  }

  @RepeatedTest(50)
  void a_forecast_is_the_first_day_in_a_lower_tier(RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES / 2; i++) {
      Map<String, Object> document = RandomCases.scorecard(random);
      List<Reference.Observation> signals =
          RandomCases.signals(random, LAST, random.nextInt(60), 1 + random.nextInt(200));
      Facts facts = Cases.facts(signals.stream().map(Cases::signal).toList());
      Scorecard scorecard = Cases.scorecard(document);
      Account account =
          account(random, signals.stream().map(Cases::signal).toList(), version(document));
      Evaluation today = Evaluation.of(scorecard, facts, LAST_DAY);
      Optional<String> tier = Optional.ofNullable(scorecard.band(today.score()));
      Optional<Forecast> forecast = Forecast.of(today, tier, account);
      assertThat(forecast).isEqualTo(slowly(document, signals, tier, scorecard));
    }
  }

  private static Scorecards version(Map<String, Object> document) {
    return Cases.scorecards(Cases.document(document));
  }

  private static Optional<Forecast> slowly(
      Map<String, Object> document,
      List<Reference.Observation> signals,
      Optional<String> tier,
      Scorecard scorecard) {
    for (int day = 1; tier.isPresent() && day <= 180; day++) {
      String band = Reference.score(document, signals, LAST.plusDays(day), ZoneOffset.UTC).tier();
      if (scorecard.rank(band) > scorecard.rank(tier.get())) {
        return Optional.of(new Forecast(band, LAST_DAY + day));
      }
    }
    return Optional.empty();
  }

  @RepeatedTest(50)
  void the_parts_of_a_change_add_up_to_it(RepetitionInfo repetition) {
    Random random = random(repetition);
    for (int i = 0; i < CASES; i++) {
      Scorecards then = version(RandomCases.scorecard(random));
      Scorecards now = random.nextBoolean() ? then : version(RandomCases.scorecard(random));
      Account account = account(random, signals(random), now);
      for (int day : List.of(LAST_DAY, LAST_DAY + 5, LAST_DAY + 60)) {
        ScoreChange change = ScoreChange.of(account, then, now, day, 30);
        if (change.from().isPresent() && change.to().isPresent()) {
          double parts =
              change.signals().orElseThrow()
                  + change.time().orElseThrow()
                  + change.scorecard().orElseThrow()
                  + change.override().orElseThrow();
          assertThat(change.from().getAsDouble() + parts)
              .isEqualTo(change.to().getAsDouble(), within(1e-9));
        } else {
          assertThat(change.signals()).isEmpty();
        }
      }
    }
  }
}
