package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Adjustment;
import keepwell.health.Logistic;
import keepwell.health.Measure;
import keepwell.health.Metric;
import keepwell.health.Scorecard;

/** What a scorecard says besides its numbers, in words. */
final class Rules {
  private Rules() {}

  /** Which accounts have it. */
  static String fits(Scorecard card) {
    if (card.when().isEmpty()) {
      return "to every account";
    }
    List<String> labels = new ArrayList<>();
    new TreeMap<>(card.when())
        .forEach((label, values) -> labels.add(label + " is " + either(new TreeSet<>(values))));
    return "to accounts whose " + joined(labels, "and whose");
  }

  private static String either(Set<String> values) {
    return joined(List.copyOf(values), "or");
  }

  private static String joined(List<String> things, String last) {
    int end = things.size() - 1;
    return end == 0
        ? things.get(0)
        : String.join(", ", things.subList(0, end)) + " " + last + " " + things.get(end);
  }

  static String hysteresis(Scorecard card) {
    return card.hysteresis() == 0
        ? "at its line"
        : Numbers.shown(card.hysteresis()) + " above its line";
  }

  static String coverage(Scorecard card) {
    return Numbers.shown(Math.rint(card.minCoverage() * 1e10) / 1e8) + "% of the weight";
  }

  static String age(Scorecard card) {
    return card.minAgeDays() == 0
        ? "from the first signal on"
        : "from an age of " + Figures.count(card.minAgeDays(), "day") + " on";
  }

  /** What becomes of the sum of all points. */
  static String sum(Scorecard card) {
    return card.logistic()
        .map(
            chance ->
                "the chance 100 / (1 + e^−(%s + %s · sum))"
                    .formatted(Numbers.shown(chance.intercept()), Numbers.shown(chance.slope())))
        .orElse("the sum, held within 0 to 100");
  }

  static String measure(Measure measure) {
    String words = Words.of(measure, Set.of()).plain();
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }

  static Measure measureBesidesWindows(Measure measure) {
    return new Measure(
        measure.of(), measure.signal(), 0, measure.per().map(Rules::measureBesidesWindows));
  }

  static String window(Measure measure) {
    return measure.windowDays() == 0 ? "all days" : Figures.count(measure.windowDays(), "day");
  }

  static String missing(Metric metric) {
    return metric.missing().isPresent()
        ? "scores " + Numbers.shown(metric.missing().getAsDouble())
        : "is left out";
  }

  static String actionable(Metric metric) {
    return metric.actionable() ? "proposed as an action" : "never proposed as an action";
  }

  static String adjustment(Adjustment adjustment) {
    String words = Words.of(adjustment, Set.of()).plain();
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }

  /** All that decides a score besides categories and adjustments, as sentences. */
  static List<String> sentences(Scorecard card) {
    List<String> said = new ArrayList<>();
    if (card.base() != 0) {
      said.add("Every account begins with %s points.".formatted(Numbers.shown(card.base())));
    }
    if (card.minAgeDays() > 0) {
      said.add("A score is given " + age(card) + ", counted from the first signal.");
    }
    if (card.minCoverage() > 0) {
      said.add("There is no score without data for " + coverage(card) + ".");
    }
    if (!card.categories().isEmpty()) {
      said.add(
          "Where nothing else is said, a metric without data is left out and the others of its"
              + " category share its points.");
    }
    if (card.hysteresis() > 0) {
      said.add("A better tier is reached " + hysteresis(card) + ", a worse one at once.");
    }
    card.logistic().ifPresent(chance -> said.add(chance(card, chance)));
    return said;
  }

  private static String chance(Scorecard card, Logistic logistic) {
    return "The score is %s: a sum of 0 scores %s, 50 scores %s, and 100 scores %s."
        .formatted(sum(card), at(logistic, 0), at(logistic, 50), at(logistic, 100));
  }

  private static String at(Logistic logistic, double sum) {
    return Figures.score(logistic.at(sum));
  }
}
