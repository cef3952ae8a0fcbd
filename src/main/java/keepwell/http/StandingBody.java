package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import keepwell.health.Standing;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;

/** The public form of a standing. Numbers are rounded half up, to 4 decimals, values to 6. */
record StandingBody(
    String account,
    Map<String, String> labels,
    Double score,
    Double rawScore,
    String tier,
    Instant tierSince,
    String previousTier,
    LocalDate asOf,
    double coverage,
    ScorecardBody scorecard,
    Map<String, Double> trend,
    List<CategoryBody> categories,
    List<AdjustmentBody> adjustments,
    List<Map<String, Object>> actions,
    ForecastBody forecast,
    OverrideBody override,
    Instant closed) {

  record ScorecardBody(String key, int version) {}

  record ForecastBody(String tier, LocalDate on) {
    static ForecastBody of(Standing standing) {
      return standing
          .forecast()
          .map(fall -> new ForecastBody(fall.tier(), LocalDate.ofEpochDay(fall.on())))
          .orElse(null);
    }
  }

  record CategoryBody(
      String key, String name, double weight, Double score, List<MetricBody> metrics) {}

  record MetricBody(
      String key,
      String name,
      double points,
      Double value,
      Double score,
      Double contribution,
      Double lost) {}

  record AdjustmentBody(String key, String name, double points, long value, double contribution) {}

  static StandingBody of(Standing standing) {
    return new StandingBody(
        standing.account(),
        standing.labels(),
        rounded(standing.score()),
        rounded(standing.rawScore()),
        standing.tier().orElse(null),
        standing.tierSince().orElse(null),
        standing.previousTier().orElse(null),
        LocalDate.ofEpochDay(standing.asOf()),
        standing.coverage(),
        standing.scorecard().map(key -> new ScorecardBody(key, standing.version())).orElse(null),
        trend(rounded(standing.trend7()), rounded(standing.trend30())),
        standing.categories().stream().map(StandingBody::category).toList(),
        standing.adjustments().stream().map(StandingBody::adjustment).toList(),
        standing.actions().stream().map(StandingBody::action).toList(),
        ForecastBody.of(standing),
        standing.override().map(OverrideBody::of).orElse(null),
        standing.closedAt().orElse(null));
  }

  /** With its nulls. */
  static Map<String, Double> trend(Double in7Days, Double in30Days) {
    Map<String, Double> trend = new LinkedHashMap<>();
    trend.put("7d", in7Days);
    trend.put("30d", in30Days);
    return trend;
  }

  private static CategoryBody category(CategoryScore category) {
    return new CategoryBody(
        category.key(),
        category.name(),
        category.weight(),
        rounded(category.score()),
        category.metrics().stream().map(StandingBody::metric).toList());
  }

  private static MetricBody metric(MetricScore metric) {
    return new MetricBody(
        metric.key(),
        metric.name(),
        metric.points(),
        measured(metric),
        rounded(metric.score()),
        rounded(metric.contribution()),
        rounded(metric.lost()));
  }

  /** To 6 decimals; null without data. */
  static Double measured(MetricScore metric) {
    return rounded(metric.value(), 1e6);
  }

  private static AdjustmentBody adjustment(AdjustmentScore adjustment) {
    return new AdjustmentBody(
        adjustment.key(),
        adjustment.name(),
        adjustment.points(),
        adjustment.count(),
        rounded(OptionalDouble.of(adjustment.contribution())));
  }

  static Map<String, Object> action(Standing.Action action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(action.metric() ? "metric" : "adjustment", action.key());
    body.put("gain", rounded(OptionalDouble.of(action.gain())));
    return body;
  }

  static Double rounded(OptionalDouble number) {
    return rounded(number, 1e4);
  }

  private static Double rounded(OptionalDouble number, double scale) {
    if (number.isEmpty()) {
      return null;
    }
    double scaled = Math.floor(number.getAsDouble() * scale + 0.5);
    return Math.abs(scaled) < 0x1p52 ? scaled / scale + 0.0 : number.getAsDouble();
  }
}
