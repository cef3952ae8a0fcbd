package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every scorecard and any signals. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorePropertyTest {
  private static final LocalDate LAST = LocalDate.of(2026, 3, 29); // a summer time begins
  private static final int CASES = 40;

  /** A tie in the fifth decimal may be rounded either way. */
  private static final Offset<Double> CLOSE = within(1.5e-4);

  @RepeatedTest(50)
  void a_score_and_all_that_explains_it_agree_with_an_independent_computation(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ZoneId zone = random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin");
    for (int i = 0; i < CASES; i++) {
      Map<String, Object> scorecard = RandomCases.scorecard(random);
      List<Reference.Observation> signals =
          RandomCases.signals(random, LAST, random.nextInt(60), 1 + random.nextInt(400));
      Facts facts = Facts.NONE.plus(signals.stream().map(Cases::signal).toList(), new Days(zone));
      for (LocalDate day : List.of(LAST, LAST.minusDays(random.nextInt(60)), LAST.plusDays(40))) {
        agree(
            Reference.score(scorecard, signals, day, zone),
            Evaluation.of(Cases.scorecard(scorecard), facts, (int) day.toEpochDay()),
            facts);
      }
    }
  }

  private static void agree(Reference.Result expected, Evaluation evaluation, Facts facts) {
    same(expected.score(), evaluation.score());
    assertThat(evaluation.coverage()).isEqualTo(expected.coverage(), CLOSE);
    for (CategoryScore category : Explanation.categories(evaluation)) {
      same(expected.categories().get(category.key()), category.score().orElse(Double.NaN));
      for (MetricScore metric : category.metrics()) {
        String key = metric.key();
        same(expected.values().get(key), metric.value().orElse(Double.NaN));
        same(expected.scores().get(key), metric.score().orElse(Double.NaN));
        same(expected.contributions().get(key), metric.contribution().orElse(Double.NaN));
        same(expected.lost().get(key), metric.lost().orElse(Double.NaN));
      }
    }
    for (AdjustmentScore adjustment : Explanation.adjustments(evaluation, facts)) {
      same(expected.adjustments().get(adjustment.key()), adjustment.contribution());
    }
  }

  private static void same(Double expected, double computed) {
    if (expected == null) {
      assertThat(computed).isNaN();
    } else {
      double scale = Math.max(1, Math.abs(expected));
      assertThat(computed / scale).isEqualTo(expected / scale, CLOSE);
    }
  }

  @RepeatedTest(50)
  void any_order_of_arrival_any_split_into_batches_and_any_duplication_give_the_same_score(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < CASES / 2; i++) {
      Scorecard scorecard = Cases.scorecard(RandomCases.scorecard(random));
      List<Signal> signals = identified(random, random.nextBoolean() ? 300 : 900);
      Facts once = Cases.facts(signals);
      Facts otherwise = arrivedOtherwise(random, signals);
      assertThat(FactsCodec.encode(otherwise)).isEqualTo(FactsCodec.encode(once));
      int last = (int) LAST.toEpochDay();
      for (int day = last - 120; day <= last + 400; day += 1 + random.nextInt(20)) {
        Double expected = Evaluation.of(scorecard, once, day).score();
        assertThat(Evaluation.of(scorecard, otherwise, day).score()).isEqualTo(expected);
      }
    }
  }

  private static List<Signal> identified(Random random, int daysBack) {
    List<Signal> signals = new ArrayList<>();
    for (var observation : RandomCases.signals(random, LAST, random.nextInt(120), daysBack)) {
      Signal signal = Cases.signal(observation);
      signals.add(
          new Signal(
              signal.key(),
              signal.value(),
              signal.at(),
              signal.user(),
              signal.item(),
              Cases.hash("id-" + signals.size())));
    }
    return signals;
  }

  /** Shuffled, some sent again, in requests of random size, over a snapshot now and then. */
  private static Facts arrivedOtherwise(Random random, List<Signal> signals) {
    List<Signal> sent = new ArrayList<>(signals);
    for (Signal signal : signals) {
      if (random.nextInt(3) == 0) {
        sent.add(signal);
      }
    }
    Collections.shuffle(sent, random);
    Decider.Moment moment = Moments.on(LAST.plusDays(1).toString());
    Account account = Account.unknown(Cases.UTC);
    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(30));
      var decision = Decider.record(account, "a", sent.subList(from, to), false, moment);
      for (AccountEvent event : decision.events()) {
        account = account.evolve(event);
      }
      if (random.nextInt(4) == 0) {
        account = Account.of(account.parts(), Cases.UTC);
      }
      from = to;
    }
    return account.facts;
  }
}
