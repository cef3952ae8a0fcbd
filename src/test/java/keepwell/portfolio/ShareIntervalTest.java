package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Between what the share of all is, of which a sample was counted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShareIntervalTest {
  private static final long ENDLESS = 1_000_000_000_000L;
  private static final Offset<Double> FOUR_DIGITS = within(0.00005);
  private static final long SEED = 20260301;
  private static final int SAMPLES = 4000;

  /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void of_an_endless_population_it_is_Wilsons_interval(long hits, long n, double low, double high) {
    ShareInterval interval = ShareInterval.of(hits, n, ENDLESS);
    assertThat(interval.share()).isEqualTo((double) hits / n);
    assertThat(interval.low()).isCloseTo(low, FOUR_DIGITS);
    assertThat(interval.high()).isCloseTo(high, FOUR_DIGITS);
  }

  @Test
  void where_all_are_counted_the_share_is_known() {
    assertThat(ShareInterval.of(3, 4, 4)).isEqualTo(new ShareInterval(0.75, 0.75, 0.75));
  }

  @Test
  void where_none_is_counted_it_may_be_any() {
    assertThat(ShareInterval.of(0, 0, 10)).isEqualTo(new ShareInterval(0, 0, 1));
  }

  @Test
  void where_there_is_nobody_it_is_nought() {
    assertThat(ShareInterval.of(0, 0, 0)).isEqualTo(new ShareInterval(0, 0, 0));
  }

  @Test
  void what_has_the_share_and_what_has_it_not_mirror_each_other() {
    ShareInterval hits = ShareInterval.of(30, 100, 1000);
    ShareInterval others = ShareInterval.of(70, 100, 1000);
    assertThat(hits.low()).isCloseTo(1 - others.high(), within(1e-12));
    assertThat(hits.high()).isCloseTo(1 - others.low(), within(1e-12));
  }

  @Test
  void the_more_of_all_are_counted_the_narrower_it_is() {
    double before = 1;
    for (long population : new long[] {1_000_000, 10_000, 1000, 200, 101}) {
      ShareInterval interval = ShareInterval.of(30, 100, population);
      assertThat(interval.low()).isLessThan(0.3);
      assertThat(interval.high()).isGreaterThan(0.3);
      assertThat(interval.high() - interval.low()).isLessThan(before);
      before = interval.high() - interval.low();
    }
    assertThat(before).isLessThan(0.03);
  }

  /**
   * Drawn without putting back, as a preview does. It is a little more or less than 95, as hits
   * come one by one: 92.4 where 2 of 100 have what is counted.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.35, 0.5, 0.8})
  void in_95_of_100_samples_it_holds_the_share_of_all(double share) {
    Random random = new Random(SEED);
    int population = 2000;
    int counted = 400;
    int having = (int) (share * population);
    int held = 0;
    for (int i = 0; i < SAMPLES; i++) {
      ShareInterval interval =
          ShareInterval.of(drawn(random, counted, having, population), counted, population);
      held += interval.low() <= share && share <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / SAMPLES).isBetween(0.92, 0.98);
  }

  private static int drawn(Random random, int counted, int having, int population) {
    int hits = 0;
    for (int i = 0; i < counted; i++) {
      hits += random.nextInt(population - i) < having - hits ? 1 : 0;
    }
    return hits;
  }
}
