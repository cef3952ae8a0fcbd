package keepwell.dashboard.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import keepwell.dashboard.truth.TierRates.Rate;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.http.FiguresBody.TierBody;
import keepwell.portfolio.ShareInterval;
import keepwell.truth.Expectation;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many renewed, tier by tier, against what is expected. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TierRatesTest {
  private static final Expectation BEST = new Expectation(0.85, 1);
  private static final Expectation BETWEEN = new Expectation(0.5, 0.7);
  private static final Expectation WORST = new Expectation(0, 0.3);

  /** Scorecards with the same tiers, by their keys. */
  static Scorecards scorecards(String... keys) {
    List<Map<String, Object>> all =
        Stream.of(keys)
            .map(
                key ->
                    Map.<String, Object>of(
                        "key",
                        key,
                        "name",
                        "The " + key,
                        "tiers",
                        List.of(
                            Map.of("key", "green", "name", "Healthy", "from", 80),
                            Map.of("key", "yellow", "name", "At risk", "from", 50),
                            Map.of("key", "red", "name", "Critical", "from", 0)),
                        "categories",
                        List.of(
                            Map.of(
                                "key",
                                "all",
                                "weight",
                                1,
                                "metrics",
                                List.of(
                                    Map.of(
                                        "key",
                                        "use",
                                        "name",
                                        "Use",
                                        "points",
                                        1,
                                        "measure",
                                        Map.of("of", "latest", "signal", "use"),
                                        "curve",
                                        List.of(List.of(0, 0), List.of(100, 100))))))))
            .toList();
    Set<Fault> faults = new HashSet<>();
    Scorecards read = ScorecardReader.read(Map.of("scorecards", all), 7, Instant.EPOCH, faults);
    assertThat(faults).isEmpty();
    return read;
  }

  static TierBody rate(String scorecard, String tier, long accounts, long renewed) {
    ShareInterval rate = ShareInterval.of(renewed, accounts, Long.MAX_VALUE);
    Expectation expected =
        switch (tier) {
          case "green" -> BEST;
          case "red" -> WORST;
          default -> BETWEEN;
        };
    boolean none = accounts == 0;
    return new TierBody(
        scorecard,
        tier,
        tier,
        accounts,
        renewed,
        none ? null : rate.share(),
        none ? null : rate.low(),
        none ? null : rate.high(),
        expected,
        none ? null : expected.isMet(rate.share()));
  }

  private static Rate only(String tier, long accounts, long renewed) {
    List<TierRates> rates =
        TierRates.of(
            List.of(rate("saas", tier, accounts, renewed), rate("saas", "yellow", 1, 1)),
            scorecards("saas"));
    return rates.get(0).tiers().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "green, 1000, 950, met, as expected",
    "green, 1000, 700, below, fewer than expected",
    "green, 20, 15, below, 'fewer, or chance'",
    "yellow, 1000, 600, met, as expected",
    "yellow, 1000, 900, above, more than expected",
    "red, 1000, 100, met, as expected",
    "red, 10, 4, above, 'more, or chance'",
    "red, 0, 0, none, no account"
  })
  void whether_it_is_as_expected_is_said_in_words(
      String tier, long accounts, long renewed, String met, String says) {
    Rate rate = only(tier, accounts, renewed);
    assertThat(rate.met()).isEqualTo(met);
    assertThat(rate.says()).isEqualTo(says);
  }

  @ParameterizedTest
  @CsvSource({"green, ≥ 85%, 85, 15", "yellow, 50 to 70%, 50, 20", "red, < 30%, 0, 30"})
  void what_is_expected_is_shaded(String tier, String expected, double from, double width) {
    Rate rate = only(tier, 10, 5);
    assertThat(rate.expected()).isEqualTo(expected);
    assertThat(rate.expectedFrom()).isEqualTo(from);
    assertThat(Math.round(rate.expectedWidth())).isEqualTo(Math.round(width));
  }

  @Test
  void a_bar_has_the_rate_and_its_interval() {
    Rate rate = only("green", 200, 180);
    assertThat(rate.rate()).isEqualTo("90.0%");
    assertThat(rate.width()).isEqualTo(90);
    assertThat(rate.low()).isBetween(84.0, 90.0);
    assertThat(rate.low() + rate.span()).isBetween(90.0, 95.0);
    assertThat(rate.tier().shape()).isEqualTo("best");
    assertThat(rate.words()).startsWith("90.0% renewed, interval 85 to 93%, expected ≥ 85%");
    assertThat(only("green", 0, 0).words()).isEqualTo("No account, expected ≥ 85%");
  }

  @Test
  void several_scorecards_are_told_apart_and_one_without_accounts_is_empty() {
    List<TierRates> rates =
        TierRates.of(
            List.of(rate("saas", "green", 5, 5), rate("shop", "green", 0, 0)),
            scorecards("saas", "shop"));
    assertThat(rates).extracting(TierRates::scorecard).containsExactly("The saas", "The shop");
    assertThat(rates.get(0).tiers()).hasSize(1);
    assertThat(rates.get(1).tiers()).isEmpty();
    assertThat(TierRates.of(List.of(), scorecards("saas")).get(0).scorecard()).isEmpty();
  }
}
