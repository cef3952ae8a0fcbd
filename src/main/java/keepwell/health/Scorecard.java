package keepwell.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the signals of some accounts become a score, and the score a tier.
 *
 * @param when the values that each label named here must have one of; empty: every account fits
 * @param tiers best first, the last from 0
 * @param hysteresis by how many points a tier must be exceeded to be risen to
 * @param minCoverage the share of the points that must have data for there to be a score, 0 to 1
 * @param minAgeDays the age from which an account has a score
 * @param base points that every account has
 * @param logistic by which the sum of all points becomes the score; empty: the sum is it, held
 *     within 0 to 100
 */
public record Scorecard(
    String key,
    String name,
    Map<String, Set<String>> when,
    List<Tier> tiers,
    double hysteresis,
    double minCoverage,
    int minAgeDays,
    double base,
    Optional<Logistic> logistic,
    List<Category> categories,
    List<Adjustment> adjustments) {

  public Scorecard {
    when = Map.copyOf(when);
    tiers = List.copyOf(tiers);
    categories = List.copyOf(categories);
    adjustments = List.copyOf(adjustments);
  }

  boolean fits(Map<String, String> labels) {
    return fit(when, labels);
  }

  /** Whether labels have one of the values given for each that is named. */
  public static boolean fit(Map<String, Set<String>> when, Map<String, String> labels) {
    return when.entrySet().stream()
        .allMatch(label -> label.getValue().contains(labels.getOrDefault(label.getKey(), "")));
  }

  /** The score that a sum of points stands for, 0 to 100. */
  double scored(double sum) {
    return logistic.isPresent() ? logistic.get().at(sum) : Math.max(0, Math.min(100, sum));
  }

  /** Its metrics, category by category. */
  public List<Metric> metrics() {
    return categories.stream().flatMap(category -> category.metrics().stream()).toList();
  }

  /** What each metric weighs of the whole if all are scored, as shares of 1. */
  public double[] shares() {
    double weights = categories.stream().mapToDouble(Category::weight).sum();
    return categories.stream()
        .flatMapToDouble(
            category -> {
              double points = category.metrics().stream().mapToDouble(Metric::points).sum();
              return category.metrics().stream()
                  .mapToDouble(metric -> category.weight() / weights * metric.points() / points);
            })
        .toArray();
  }

  /** How many numbers are read off an account's facts: one for each metric and adjustment. */
  int measuredCount() {
    int count = adjustments.size();
    for (Category category : categories) {
      count += category.metrics().size();
    }
    return count;
  }

  /** How many days, the one scored included, decide a score; at least 1. */
  int reachDays() {
    return Stream.concat(
            metrics().stream().map(metric -> metric.measure().reachDays()),
            adjustments.stream().map(Adjustment::windowDays))
        .reduce(1, Math::max);
  }

  /** Adds the signal keys that it names, by their paths in a document that has it at a path. */
  void putSignals(String path, Map<String, String> byPath) {
    for (int i = 0; i < categories.size(); i++) {
      List<Metric> metrics = categories.get(i).metrics();
      for (int j = 0; j < metrics.size(); j++) {
        String measure = path + ".categories[" + i + "].metrics[" + j + "].measure";
        metrics.get(j).measure().putSignals(measure, byPath);
      }
    }
    for (int i = 0; i < adjustments.size(); i++) {
      byPath.put(path + ".adjustments[" + i + "].signal", adjustments.get(i).signal());
    }
  }

  /** The tier that a score lies in, by the plain bands; null without a score. */
  String band(double score) {
    for (Tier tier : tiers) {
      if (tier.from() <= score) {
        return tier.key();
      }
    }
    return null;
  }

  /**
   * The tier after a day that is over: down and the first by the bands, up to the highest whose
   * {@code from} + hysteresis is reached, none without a score.
   *
   * @param tier the present one; null for none
   * @param score of that day; NaN for none
   */
  String judged(String tier, double score) {
    int present = rank(tier);
    if (Double.isNaN(score) || present < 0) {
      return band(score);
    }
    for (int better = 0; better < present; better++) {
      if (tiers.get(better).from() + hysteresis <= score) {
        return tiers.get(better).key();
      }
    }
    String band = band(score);
    return rank(band) > present ? band : tier;
  }

  /**
   * The tier after a cause during a day: it is lowered only if the cause lowered the score, and
   * raised only if it raised it.
   *
   * @param tier the present one; null for none
   * @param before the score without the cause; NaN for none
   * @param after the score with it; NaN for none
   */
  String moved(String tier, double before, double after) {
    boolean hadScore = !Double.isNaN(before);
    boolean hasScore = !Double.isNaN(after);
    String judged = judged(tier, after);
    if (rank(tier) < 0) {
      return hasScore || hadScore ? judged : tier;
    }
    if (hadScore && hasScore) {
      boolean down = rank(judged) > rank(tier);
      return (down ? after < before : after > before) ? judged : tier;
    }
    return hadScore || hasScore ? judged : tier;
  }

  /** The key of the lowest of several tiers; empty if there is only one. */
  public Optional<String> worst() {
    return tiers.size() == 1 ? Optional.empty() : Optional.of(tiers.get(tiers.size() - 1).key());
  }

  /** The place of a tier, 0 for the best; -1 if it is none of these. */
  public int rank(String tier) {
    for (int i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).key().equals(tier)) {
        return i;
      }
    }
    return -1;
  }
}
