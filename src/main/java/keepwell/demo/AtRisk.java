package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A line of the report: an account's standing, and the metrics that cost it most. */
record AtRisk(
    String id,
    String name,
    String owner,
    double score,
    String tier,
    String trend,
    List<String> reasons) {
  private static final int REASONS_MAX = 2;
  private static final double LOST_MIN = 1;

  static final String HEADING =
      line("id", "name", "owner", "score", "tier", "30 days", "where the points went");

  /** Reads an account's standing, which must have a score. */
  static AtRisk of(JsonNode standing) {
    JsonNode labels = standing.path("labels");
    JsonNode trend = standing.path("trend").path("30d");
    return new AtRisk(
        standing.path("account").asText(),
        labels.path("name").asText(),
        labels.path("owner").asText(),
        standing.path("score").asDouble(),
        standing.path("tier").asText("-"),
        trend.isNumber() ? String.format(Locale.ROOT, "%+.1f", trend.asDouble()) : "-",
        metrics(standing)
            .filter(metric -> metric.path("lost").asDouble() >= LOST_MIN)
            .sorted(Comparator.comparingDouble(metric -> -metric.path("lost").asDouble()))
            .limit(REASONS_MAX)
            .map(AtRisk::reason)
            .toList());
  }

  String line() {
    return line(
        id,
        name,
        owner,
        String.format(Locale.ROOT, "%.1f", score),
        tier,
        trend,
        String.join(", ", reasons));
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-6s %-18s %-6s %5s  %-7s %7s  %s%n", cells);
  }

  private static Stream<JsonNode> metrics(JsonNode standing) {
    return elements(standing.path("categories"))
        .flatMap(category -> elements(category.path("metrics")));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String reason(JsonNode metric) {
    JsonNode value = metric.path("value");
    return String.format(
        Locale.ROOT,
        "%s %s (-%.1f)",
        metric.path("name").asText(metric.path("key").asText()),
        value.isNumber() ? rounded(value.asDouble()) : "no data",
        metric.path("lost").asDouble());
  }

  private static String rounded(double value) {
    int decimals = Math.abs(value) < 10 ? 2 : 1;
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
