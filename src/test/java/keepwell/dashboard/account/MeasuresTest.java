package keepwell.dashboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import keepwell.health.Metric;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.health.Standing.MetricScore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured, in words and drawn. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MeasuresTest {
  private static Metric metric(String measure, String curve) {
    String document =
        """
        {"scorecards": [{"key": "card", "tiers": [{"key": "green", "from": 0}], "categories": [
          {"key": "all", "weight": 1, "metrics": [
            {"key": "metric", "points": 1, "measure": {%s}, %s}]}]}]}
        """
            .formatted(measure, curve)
            .replace('\'', '"');
    try {
      return scorecards(document).scorecards().get(0).metrics().get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scorecards scorecards(String document) throws IOException {
    return ScorecardReader.read(
        new ObjectMapper().readValue(document, Object.class), 1, Instant.EPOCH, new HashSet<>());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'of': 'count', 'signal': 's', 'window': 'P30D' | 3 | 3 in 30 days",
        "'of': 'sum', 'signal': 's', 'window': 'P30D' | 2500 | 2,500 in all in 30 days",
        "'of': 'users', 'signal': 's', 'window': 'P1D' | 12 | 12 users in 1 day",
        "'of': 'days', 'signal': 's', 'window': 'P30D' | 5 | on 5 of 30 days",
        "'of': 'user-days', 'signal': 's', 'window': 'P7D' | 9 | 9 user-days in 7 days",
        "'of': 'mean', 'signal': 's', 'window': 'P90D' | 4.125 | 4.12 on average in 90 days",
        "'of': 'latest', 'signal': 's' | 4 | 4, the latest",
        "'of': 'days-since', 'signal': 's' | 1 | 1 day ago",
        "'of': 'days-until', 'signal': 's' | 43 | in 43 days",
        "'of': 'days-until', 'signal': 's' | -2 | 2 days ago",
        "'of': 'trend', 'signal': 's', 'window': 'P28D' | 0.81 | 0.81 × the 28 days before",
        "'of': 'shift', 'signal': 's', 'window': 'P28D' | 0.5 | +0.5 against the 28 days before",
        "'of': 'change', 'signal': 's', 'window': 'P91D' | -6 | −6% in 91 days",
        "'of': 'users', 'signal': 's', 'window': 'P28D', 'per': {'of': 'latest', 'signal': 'seats'}"
            + " | 0.46 | 0.46 users in 28 days per latest seats",
        "'of': 'sum', 'signal': 's', 'window': 'P28D', 'per': {'of': 'users', 'signal': 'login',"
            + " 'window': 'P28D'} | 2.5 | 2.5 summed per user of login in 28 days"
      })
  void a_number_says_of_what_it_is_and_over_which_days(String measure, double value, String words) {
    assertThat(Measures.words(metric(measure, "'curve': [[0, 0], [1, 100]]").measure(), value))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'curve': [[0, 0], [248, 100]] | 248 or more scores full points",
        "'curve': [[8, 100], [72, 0]] | 8 or less scores full points",
        "'curve': [[0, 0], [5, 80], [9, 20]] | 5 scores most",
        "'steps': [[0, 10], [4, 100]] | 4 or more scores full points"
      })
  void what_it_takes_to_score_most_is_said(String curve, String words) {
    Metric metric = metric("'of': 'count', 'signal': 's', 'window': 'P30D'", curve);
    assertThat(Measures.best(metric.measure(), metric.curve())).isEqualTo(words);
  }

  @Test
  void nothing_measured_says_why_and_each_reason_is_another() {
    Metric counts =
        metric("'of': 'count', 'signal': 's', 'window': 'P30D'", "'curve': [[0, 0], [1, 100]]");
    Metric tickets =
        metric("'of': 'count', 'signal': 's', 'window': 'P30D'", "'curve': [[0, 100], [4, 0]]");
    Metric mean =
        metric("'of': 'mean', 'signal': 's', 'window': 'P30D'", "'curve': [[0, 0], [1, 100]]");
    assertThat(measured(counts, OptionalDouble.of(0), Set.of("s")))
        .isEqualTo(new Measured("silent", "0 in 30 days: gone silent"));
    assertThat(measured(tickets, OptionalDouble.of(0), Set.of("s")))
        .isEqualTo(new Measured("number", "0 in 30 days"));
    assertThat(measured(counts, OptionalDouble.empty(), Set.of("s")))
        .isEqualTo(new Measured("never", "Never used: no s yet, so left out"));
    assertThat(measured(mean, OptionalDouble.empty(), Set.of("s")))
        .isEqualTo(new Measured("nothing", "Nothing in 30 days, so left out"));
    assertThat(measured(counts, OptionalDouble.empty(), Set.of()))
        .isEqualTo(new Measured("apart", "Not connected: nobody sends s, so left out"));
  }

  private static Measured measured(Metric metric, OptionalDouble value, Set<String> seen) {
    MetricScore score =
        new MetricScore(
            "metric",
            "Metric",
            1,
            value,
            value.isPresent() ? OptionalDouble.of(0) : OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return Measured.of(score, Optional.of(metric), new Sources(Sources.NONE.scorecards(), seen));
  }

  @Test
  void a_curve_is_drawn_beyond_its_ends_with_todays_value_on_it() {
    Metric metric =
        metric("'of': 'count', 'signal': 's', 'window': 'P30D'", "'curve': [[0, 0], [10, 100]]");
    CurveDrawing drawing = CurveDrawing.of(metric.curve(), 5);
    assertThat(drawing.line()).isEqualTo("4.0,22.0 10.2,22.0 61.8,4.0 68.0,4.0");
    assertThat(drawing.dot()).isEqualTo(List.of("36.0", "13.0"));
    assertThat(CurveDrawing.of(metric.curve(), 1e9).dot()).isEqualTo(List.of("68.0", "4.0"));
    assertThat(CurveDrawing.of(metric.curve(), Double.NaN).dot()).isEmpty();
  }

  @Test
  void steps_are_drawn_as_steps() {
    Metric metric =
        metric("'of': 'count', 'signal': 's', 'window': 'P30D'", "'steps': [[0, 50], [10, 100]]");
    assertThat(CurveDrawing.of(metric.curve(), Double.NaN).line())
        .isEqualTo("4.0,22.0 10.2,22.0 10.2,13.0 61.8,13.0 61.8,4.0 68.0,4.0");
  }
}
