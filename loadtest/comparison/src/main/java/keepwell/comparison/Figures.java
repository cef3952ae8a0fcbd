package keepwell.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured, and what of it in each round was how many times something that was measured
 * just before: a machine may change its speed within minutes.
 */
final class Figures {
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /** Something, round by round. */
  private record Figure(String yardstick, List<Double> values, List<Double> ratios) {}

  /** Notes and tells a figure that is compared with nothing. */
  void note(String name, double value) {
    add(name, "", value);
    System.out.printf(Locale.ROOT, "%-64s %,12.1f%n", name, value);
  }

  /** Notes and tells a figure beside another one. */
  void compare(String name, double value, String yardstick, double measure) {
    add(name, yardstick, value).ratios().add(value / measure);
    System.out.printf(
        Locale.ROOT, "%-64s %,12.1f %8.2f of %s%n", name, value, value / measure, yardstick);
  }

  private Figure add(String name, String yardstick, double value) {
    Figure figure =
        figures.computeIfAbsent(
            name, first -> new Figure(yardstick, new ArrayList<>(), new ArrayList<>()));
    figure.values().add(value);
    return figure;
  }

  /** Tells the medians of values and of ratios. */
  void print() {
    System.out.printf("%n%-64s %12s %8s%n", "medians", "", "ratio");
    figures.forEach(
        (name, figure) -> {
          System.out.printf(Locale.ROOT, "%-64s %,12.1f", name, median(figure.values()));
          if (!figure.ratios().isEmpty()) {
            System.out.printf(
                Locale.ROOT, " %8.2f of %s", median(figure.ratios()), figure.yardstick());
          }
          System.out.println();
        });
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
