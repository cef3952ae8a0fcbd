package keepwell.dashboard.truth;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import keepwell.dashboard.frame.Figures;
import keepwell.http.FiguresBody.AucBody;
import keepwell.http.ValidationBody.MetricBody;

/**
 * How well a metric alone tells who renews. Places are in percent of a scale of AUC, 0 to 1.
 *
 * @param scorecard its name; empty if there is no other
 * @param auc empty if it is not known
 * @param verdict as the JSON has it
 * @param says the verdict in words
 */
record Power(
    String name,
    String scorecard,
    String auc,
    String interval,
    double at,
    double low,
    double span,
    String accounts,
    String verdict,
    String says) {

  /**
   * @param names of scorecards by their keys
   */
  static List<Power> of(List<MetricBody> metrics, Map<String, String> names) {
    return metrics.stream()
        .filter(metric -> metric.accounts() > 0 || names.size() == 1)
        .map(metric -> of(metric, names.size() > 1 ? names.get(metric.scorecard()) : ""))
        .toList();
  }

  private static Power of(MetricBody metric, String scorecard) {
    AucBody auc = metric.auc();
    boolean known = auc.value() != null;
    double low = known ? auc.low() : 0;
    return new Power(
        metric.name(),
        scorecard,
        known ? hundredths(auc.value()) : "",
        known ? interval(auc) : "",
        known ? 100 * auc.value() : 0,
        100 * low,
        known ? 100 * (auc.high() - low) : 0,
        Figures.count(metric.accounts()),
        metric.verdict(),
        says(metric));
  }

  private static String says(MetricBody metric) {
    if (metric.accounts() == 0) {
      return "no data";
    }
    return switch (metric.verdict()) {
      case "predictive" -> "tells";
      case "inverted" -> "points the wrong way";
      case "no-predictive-power" -> "may be chance";
      default -> "too few";
    };
  }

  boolean isKnown() {
    return !auc.isEmpty();
  }

  /** "0.76 to 0.86". */
  static String interval(AucBody auc) {
    return hundredths(auc.low()) + " to " + hundredths(auc.high());
  }

  static String hundredths(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
