package keepwell.dashboard.account;

import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Measure.Of;
import keepwell.health.Metric;
import keepwell.health.Standing.MetricScore;

/**
 * What was measured for a metric; else why there is nothing, and what that does. Its kinds look
 * different.
 *
 * @param kind "number"; "silent" if it was sent before, but not in the window; "never" if the
 *     account never sent it; "apart" if nobody does; else "nothing"
 */
record Measured(String kind, String words) {

  /**
   * @param metric as the scorecards in force have it; empty if they do not any more
   */
  static Measured of(MetricScore measured, Optional<Metric> metric, Sources sources) {
    if (measured.value().isPresent()) {
      double value = measured.value().getAsDouble();
      String words =
          metric
              .map(each -> Measures.words(each.measure(), value))
              .orElseGet(() -> Figures.value(value));
      return metric.filter(each -> value == 0 && isSilent(each)).isPresent()
          ? new Measured("silent", words + ": gone silent")
          : new Measured("number", words);
    }
    String so =
        measured.score().isEmpty()
            ? ", so left out"
            : ", counted as " + Figures.score(measured.score().getAsDouble());
    Optional<String> missing = metric.flatMap(sources::missing);
    if (missing.isPresent()) {
      return new Measured("apart", "Not connected: nobody sends " + missing.get() + so);
    }
    if (metric.filter(Measured::isNever).isPresent()) {
      return new Measured(
          "never", "Never used: no " + metric.get().measure().signal() + " yet" + so);
    }
    return new Measured(
        "nothing",
        metric
                .filter(each -> each.measure().windowDays() > 0)
                .map(each -> "Nothing in " + Figures.count(each.measure().windowDays(), "day"))
                .orElse("No data")
            + so);
  }

  /** Whether 0 can only be of an account that has sent it before, and is not what is wished. */
  private static boolean isSilent(Metric metric) {
    boolean counts = metric.measure().of() == Of.COUNT || metric.measure().of() == Of.DAYS;
    return counts
        && metric.measure().per().isEmpty()
        && metric.curve().points().stream().anyMatch(point -> point.y() > metric.curve().at(0));
  }

  /** Whether there is only no number if the signal was never sent. */
  private static boolean isNever(Metric metric) {
    return metric.measure().per().isEmpty()
        && switch (metric.measure().of()) {
          case COUNT, SUM, USERS, ITEMS, DAYS, USER_DAYS -> true;
          case LATEST, DAYS_SINCE, DAYS_UNTIL -> metric.measure().windowDays() == 0;
          default -> false;
        };
  }
}
