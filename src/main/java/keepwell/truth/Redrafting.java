package keepwell.truth;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keepwell.health.Scorecard;
import keepwell.truth.ScorecardFit.Weights;

/** Writes drafts: documents as they are, but that metrics weigh otherwise. */
final class Redrafting {
  /** So that nobody takes for exact what is an estimate, and a document can be read. */
  private static final MathContext DIGITS = new MathContext(7);

  private static final double SHARES = 100;

  /**
   * The least share of the whole that a fitted metric has, whatever it tells, and the least
   * coverage: an account that has data for any of them has a score, as before, and only it.
   */
  private static final double SHARE_MIN = 0.0001;

  private Redrafting() {}

  /** A document in which scorecards weigh as they are fitted; the others stay as they are. */
  static Map<String, Object> fitted(Map<String, Object> document, List<ScorecardFit> fits) {
    Map<String, Object> draft = copy(document);
    List<Map<String, Object>> scorecards = objects(draft, "scorecards");
    for (int i = 0; i < scorecards.size(); i++) {
      Map<String, Object> scorecard = scorecards.get(i);
      ScorecardFit fit = fits.get(i);
      fit.weights().ifPresent(weights -> fit(scorecard, fit.scorecard(), weights));
    }
    return draft;
  }

  /** A document in which metrics weigh by the rule of thumb. */
  static Map<String, Object> doubled(Map<String, Object> document, List<RuleOfThumb> rules) {
    Map<String, Object> draft = copy(document);
    List<Map<String, Object>> scorecards = objects(draft, "scorecards");
    for (int i = 0; i < scorecards.size(); i++) {
      if (!rules.get(i).doubled().isEmpty()) {
        weigh(objects(scorecards.get(i), "categories"), rules.get(i).weights());
      }
    }
    return draft;
  }

  /**
   * Σ weight · x = slope · Σ share · x, where the shares add up to 1, as those of points and
   * weights do; for that every metric must be scored, with data or without.
   */
  private static void fit(Map<String, Object> json, Scorecard scorecard, Weights weights) {
    boolean hasMetrics = weights.metrics().length > 0;
    double least = weights.ofMetrics() * SHARE_MIN;
    double[] ofMetrics =
        Arrays.stream(weights.metrics()).map(weight -> Math.max(weight, least)).toArray();
    double slope = hasMetrics ? Arrays.stream(ofMetrics).sum() : 1;
    List<Map<String, Object>> categories = objects(json, "categories");
    weigh(categories, ofMetrics);
    List<Map<String, Object>> metrics =
        categories.stream().flatMap(each -> objects(each, "metrics").stream()).toList();
    for (int i = 0; i < metrics.size(); i++) {
      metrics.get(i).put("missing", rounded(weights.missing()[i]));
    }
    List<Map<String, Object>> adjustments = objects(json, "adjustments");
    for (int i = 0; i < adjustments.size(); i++) {
      double factor = weights.adjustments()[i] / slope;
      adjustments.get(i).computeIfPresent("points", (field, points) -> scaled(points, factor));
      adjustments.get(i).computeIfPresent("cap", (field, cap) -> scaled(cap, factor));
    }
    if (hasMetrics
        && scorecard.minCoverage() == 0
        && scorecard.metrics().stream().allMatch(metric -> metric.missing().isEmpty())) {
      json.put("minCoverage", SHARE_MIN);
    }
    json.remove("base");
    Map<String, Object> logistic = new LinkedHashMap<>();
    logistic.put("intercept", rounded(weights.intercept()));
    logistic.put("slope", rounded(slope));
    json.put("logistic", logistic);
  }

  /** The weight of a category becomes that of its metrics together. */
  private static void weigh(List<Map<String, Object>> categories, double[] weights) {
    double all = Arrays.stream(weights).sum();
    int first = 0;
    for (Map<String, Object> category : categories) {
      List<Map<String, Object>> metrics = objects(category, "metrics");
      int from = first;
      double sum = Arrays.stream(weights, from, from + metrics.size()).sum();
      category.put("weight", rounded(SHARES * sum / all));
      if (sum > 0) { // else its points could not be shared
        IntStream.range(0, metrics.size())
            .forEach(i -> metrics.get(i).put("points", rounded(SHARES * weights[from + i] / all)));
      }
      first += metrics.size();
    }
  }

  private static double scaled(Object number, double factor) {
    return rounded(((Number) number).doubleValue() * factor);
  }

  private static double rounded(double number) {
    return new BigDecimal(number).round(DIGITS).doubleValue();
  }

  @SuppressWarnings("unchecked") // it is faultless, so they are objects
  private static List<Map<String, Object>> objects(Map<String, Object> json, String field) {
    Object list = json.get(field); // null if it is left out, in whatever way
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }

  /** Without the version that it had. */
  private static Map<String, Object> copy(Map<String, Object> document) {
    Map<String, Object> copy = new LinkedHashMap<>();
    document.forEach((field, value) -> copy.put(field, copied(value)));
    copy.remove("version");
    return copy;
  }

  private static Object copied(Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      object.forEach((field, inner) -> copy.put(field, copied(inner)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(inner -> copy.add(copied(inner)));
      return copy;
    }
    return value;
  }
}
