package keepwell.dashboard.account;

import java.util.List;
import keepwell.health.Standing;
import keepwell.http.Tenths;

/**
 * Something to do, and the points that it could gain.
 *
 * @param what it is now, and what would score most
 */
record Action(String name, String gain, String what) {

  /** The best first. */
  static List<Action> of(Standing standing, Sources sources) {
    return standing.actions().stream().map(action -> of(action, standing, sources)).toList();
  }

  private static Action of(Standing.Action action, Standing standing, Sources sources) {
    String gain = Tenths.signed(Tenths.tenths(action.gain()));
    if (action.metric()) {
      return standing.categories().stream()
          .flatMap(category -> category.metrics().stream())
          .filter(metric -> metric.key().equals(action.key()))
          .findFirst()
          .map(metric -> new Action(metric.name(), gain, what(metric, standing, sources)))
          .orElseGet(() -> new Action("", gain, ""));
    }
    return standing.adjustments().stream()
        .filter(adjustment -> adjustment.key().equals(action.key()))
        .findFirst()
        .map(
            adjustment ->
                new Action(
                    adjustment.name(),
                    gain,
                    sources
                        .adjustment(standing, action.key())
                        .map(card -> Why.words(card, adjustment.count()))
                        .orElse("")))
        .orElseGet(() -> new Action("", gain, ""));
  }

  private static String what(Standing.MetricScore measured, Standing standing, Sources sources) {
    return sources
        .metric(standing, measured.key())
        .map(
            metric ->
                (measured.value().isPresent()
                        ? Measures.words(metric.measure(), measured.value().getAsDouble())
                        : "No data")
                    + "; "
                    + Measures.best(metric.measure(), metric.curve()))
        .orElse("");
  }
}
