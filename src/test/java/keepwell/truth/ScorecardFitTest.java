package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import keepwell.health.Scorecard;
import keepwell.truth.ScorecardFit.Result;
import keepwell.truth.ScorecardFit.Weights;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A scorecard of two metrics, {@code mood} and {@code logins}, is fitted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorecardFitTest {
  private static final Scorecard CARD = Given.MOOD.scorecards().get(0);
  private static final double[] NO_ADJUSTMENTS = {};

  private final Random random = new Random(1);
  private final List<Observation> accounts = new ArrayList<>();

  private void add(double chance, double mood, double logins, double... adjustments) {
    accounts.add(
        new Observation(
            random.nextDouble(),
            random.nextDouble() < chance,
            new double[] {mood, logins},
            adjustments));
  }

  private static double chance(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private Weights fitted() {
    ScorecardFit fit = ScorecardFit.of(CARD, accounts);
    assertThat(fit.result()).isEqualTo(Result.FITTED);
    return fit.weights().orElseThrow();
  }

  @Test
  void the_metric_that_tells_who_stays_gets_the_weight() {
    for (int i = 0; i < 5_000; i++) {
      double mood = 100 * random.nextDouble();
      add(chance(-2 + 0.06 * mood), mood, 100 * random.nextDouble(), NO_ADJUSTMENTS);
    }
    Weights weights = fitted();
    assertThat(weights.intercept()).isEqualTo(-2, within(0.3));
    assertThat(weights.metrics()[0]).isEqualTo(0.06, within(0.005));
    assertThat(weights.metrics()[1]).isLessThan(0.005);
    assertThat(ScorecardFit.of(CARD, accounts).sharesAfter().orElseThrow()[0]).isGreaterThan(0.9);
  }

  @Test
  void what_the_lack_of_data_says_becomes_the_score_of_a_metric_without_data() {
    for (int i = 0; i < 8_000; i++) {
      boolean known = i % 4 != 0;
      double mood = 100 * random.nextDouble();
      add(chance(-2 + 0.06 * (known ? mood : 20)), known ? mood : Double.NaN, 50, NO_ADJUSTMENTS);
    }
    Weights weights = fitted();
    assertThat(weights.missing()[0]).isEqualTo(20, within(6.0));
    assertThat(weights.metrics()[0]).isEqualTo(0.06, within(0.006));
  }

  @Test
  void it_is_a_score_even_if_those_without_data_stay_more_often_than_all_others() {
    for (int i = 0; i < 2_000; i++) {
      double mood = 100 * random.nextDouble();
      boolean known = i % 4 != 0;
      add(known ? chance(-4 + 0.06 * mood) : 0.99, known ? mood : Double.NaN, 50, NO_ADJUSTMENTS);
    }
    assertThat(fitted().missing()[0]).isEqualTo(100);
  }

  @Test
  void of_a_few_without_data_nothing_is_learnt_and_their_score_is_the_mean() {
    for (int i = 0; i < 1_000; i++) {
      add(chance(-2 + 0.06 * (i % 100)), i % 100, i < 10 ? Double.NaN : 40, NO_ADJUSTMENTS);
    }
    assertThat(fitted().missing()[1]).isEqualTo(40, within(1e-9));
  }

  @Test
  void of_a_few_without_data_it_is_the_score_that_the_metric_has_for_that_already() {
    Scorecard card =
        Given.scorecards(
                Given.CARD
                    .formatted("mood", "")
                    .replace("\"points\": 0,", "\"points\": 0, \"missing\": 15,"))
            .scorecards()
            .get(0);
    for (int i = 0; i < 1_000; i++) {
      add(chance(-2 + 0.06 * (i % 100)), i % 100, i < 10 ? Double.NaN : 40, NO_ADJUSTMENTS);
    }
    assertThat(ScorecardFit.of(card, accounts).weights().orElseThrow().missing()[1]).isEqualTo(15);
  }

  @Test
  void points_that_are_taken_from_accounts_that_leave_weigh_too() {
    Scorecard card =
        Given.scorecards(
                Given.CARD
                    .formatted("mood", "")
                    .replaceFirst(
                        "\"categories\"",
                        "\"adjustments\": [{\"key\": \"t\", \"signal\": \"t\", \"points\": -5,"
                            + " \"window\": \"P7D\"}], \"categories\""))
            .scorecards()
            .get(0);
    for (int i = 0; i < 5_000; i++) {
      double mood = 100 * random.nextDouble();
      double taken = -5 * random.nextInt(4);
      add(chance(0.04 * mood + 0.2 * taken), mood, 50, taken);
    }
    Weights weights = ScorecardFit.of(card, accounts).weights().orElseThrow();
    assertThat(weights.adjustments()[0]).isEqualTo(0.2, within(0.03));
  }

  @Test
  void too_few_are_not_fitted_to() {
    for (int i = 0; i < 100; i++) {
      add(i < 19 ? 0 : 1, i, 50, NO_ADJUSTMENTS);
    }
    ScorecardFit fit = ScorecardFit.of(CARD, accounts);
    assertThat(fit.result()).isEqualTo(Result.TOO_FEW);
    assertThat(fit.left()).isEqualTo(19);
    assertThat(fit.weights()).isEmpty();
    add(0, 0, 50, NO_ADJUSTMENTS);
    assertThat(ScorecardFit.of(CARD, accounts).result()).isEqualTo(Result.FITTED);
    assertThat(ScorecardFit.of(CARD, List.of()).result()).isEqualTo(Result.TOO_FEW);
  }

  @Test
  void where_every_metric_points_the_wrong_way_there_is_nothing_to_weigh() {
    for (int i = 0; i < 500; i++) {
      add(chance(2 - 0.05 * (i % 100)), i % 100, i % 100, NO_ADJUSTMENTS);
    }
    ScorecardFit fit = ScorecardFit.of(CARD, accounts);
    assertThat(fit.result()).isEqualTo(Result.NOTHING_TELLS);
    assertThat(fit.weights()).isEmpty();
  }

  @Test
  void the_rule_of_thumb_doubles_what_was_weak_among_those_that_left() {
    for (int i = 0; i < 100; i++) {
      boolean stays = i % 2 == 0;
      add(stays ? 1 : 0, stays ? 60 : 30, 20, NO_ADJUSTMENTS); // logins are weak among all
    }
    assertThat(RuleOfThumb.of(CARD, accounts).doubled()).containsExactly("mood");
    assertThat(RuleOfThumb.of(CARD, List.of()).doubled()).isEmpty();
  }

  @Test
  void of_very_many_the_same_are_kept_in_the_same_order_however_they_come() {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(
          new Observation(Observation.place("account-" + i), true, new double[0], new double[0]));
    }
    List<Observation> kept = kept(all);
    assertThat(kept).hasSize(100);
    Collections.shuffle(all, random);
    assertThat(kept(all)).isEqualTo(kept);
  }

  private static List<Observation> kept(List<Observation> all) {
    Observations observations = new Observations(100);
    all.forEach(observations::add);
    return observations.all();
  }

  @Test
  void the_place_of_an_account_is_by_chance_and_the_same_everywhere() {
    assertThat(Observation.place("acme")).isEqualTo(0.5084717081697409);
    long low = 0;
    for (int i = 0; i < 10_000; i++) {
      double place = Observation.place("account-" + i);
      assertThat(place).isBetween(0.0, 1.0);
      low += place < 0.7 ? 1 : 0;
    }
    assertThat(low).isBetween(6_850L, 7_150L);
  }
}
