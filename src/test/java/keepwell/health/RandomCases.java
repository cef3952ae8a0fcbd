package keepwell.health;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes random but valid scorecards, and signals to score by them. It knows the rules of the
 * document and nothing of the code under test, so that a case forgotten there is not missing here.
 */
final class RandomCases {
  static final List<String> SIGNALS =
      List.of("login", "seats", "ticket", "hours", "nps", "renewal-date");

  private static final List<String> TALLIES =
      List.of("count", "sum", "users", "items", "days", "user-days");
  private static final List<String> LATEST = List.of("latest", "days-since", "days-until");
  private static final List<String> AVERAGES = List.of("mean", "trend", "shift", "change");
  private static final List<List<String>> MEASURES = List.of(TALLIES, TALLIES, LATEST, AVERAGES);
  private static final int DAY_MILLIS = 86_400_000;

  private RandomCases() {}

  /** One scorecard of a document, as parsed JSON; without {@code when}: it fits every account. */
  static Map<String, Object> scorecard(Random r) {
    int categories = r.nextInt(5);
    int adjustments = categories == 0 ? 1 + r.nextInt(4) : r.nextInt(5);
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("key", "card");
    card.put("tiers", tiers(r));
    putSometimes(r, card, "hysteresis", 0);
    putSometimes(r, card, "minCoverage", r.nextInt(21) / 20.0);
    putSometimes(r, card, "minAge", days(r, 60));
    putSometimes(r, card, "base", number(r, -50, 50));
    putSometimes(r, card, "logistic", logistic(r));
    if (categories > 0 || r.nextBoolean()) {
      card.put("categories", categories(r, categories));
    }
    if (adjustments > 0) {
      card.put("adjustments", adjustments(r, adjustments));
    }
    return card;
  }

  private static Map<String, Object> logistic(Random r) {
    return Map.of("intercept", number(r, -5, 5), "slope", 0.01 + r.nextInt(20) / 100.0);
  }

  /** Signals up to and including a day (UTC), in any order, with ties; some keys are never sent. */
  static List<Reference.Observation> signals(Random r, LocalDate lastDay, int n, int daysBack) {
    List<String> sent = SIGNALS.stream().filter(key -> r.nextInt(4) > 0).toList();
    boolean negative = r.nextInt(3) == 0;
    double largest = r.nextInt(12) == 0 ? 1e15 : 1e3;
    List<Reference.Observation> signals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String key = pick(r, sent.isEmpty() ? SIGNALS : sent);
      int millis = pick(r, List.of(0, DAY_MILLIS / 2, DAY_MILLIS - 1, r.nextInt(DAY_MILLIS)));
      LocalDate day = lastDay.minusDays(r.nextInt(daysBack + 1));
      Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(millis);
      if (i > 0 && r.nextInt(8) == 0) {
        Reference.Observation twin = pick(r, signals);
        key = twin.signal();
        at = twin.at();
      }
      long date = lastDay.toEpochDay() + r.nextInt(400) - 100;
      double value = key.equals("renewal-date") ? date : value(r, negative, largest);
      String user = r.nextInt(4) == 0 ? null : "user-" + r.nextInt(6);
      String item = r.nextInt(3) == 0 ? "item-" + r.nextInt(5) : null;
      signals.add(new Reference.Observation(key, value, at, user, item));
    }
    return signals;
  }

  private static double value(Random r, boolean negative, double largest) {
    double eighths = r.nextInt(400) / 8.0;
    double large = Math.rint(r.nextDouble() * largest);
    double size = pick(r, List.of(0.0, 1.0, 2.0, eighths, r.nextDouble() * 100, large));
    return negative && size > 0 && r.nextInt(3) == 0 ? -size : size;
  }

  private static List<Object> tiers(Random r) {
    List<Object> tiers = new ArrayList<>();
    int from = 100;
    for (int i = r.nextInt(4); i > 0; i--) {
      from -= 1 + r.nextInt(30);
      tiers.add(Map.of("key", "tier-" + i, "from", from));
    }
    tiers.add(Map.of("key", "tier-0", "from", 0));
    return tiers;
  }

  private static List<Object> categories(Random r, int n) {
    List<Object> categories = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Map<String, Object> category = new LinkedHashMap<>();
      category.put("key", "category-" + i);
      category.put("weight", share(r, i));
      category.put("metrics", metrics(r, "metric-" + i + "-", 1 + r.nextInt(4)));
      categories.add(category);
    }
    Collections.shuffle(categories, r);
    return categories;
  }

  private static List<Object> metrics(Random r, String prefix, int n) {
    List<Object> metrics = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Map<String, Object> metric = new LinkedHashMap<>();
      metric.put("key", prefix + i);
      metric.put("points", share(r, i));
      metric.put("measure", measure(r, true));
      putSometimes(r, metric, "actionable", r.nextBoolean());
      putSometimes(r, metric, "missing", number(r, 0, 100));
      putSometimes(r, metric, "transform", "log1p");
      boolean steps = r.nextInt(3) == 0;
      double aside = isExact(metric) ? 0 : 0.0137;
      metric.put(steps ? "steps" : "curve", pairs(r, (steps ? 1 : 2) + r.nextInt(4), aside));
      metrics.add(metric);
    }
    Collections.shuffle(metrics, r);
    return metrics;
  }

  /** A weight or points: of the first more than 0, so that not all are 0. */
  private static Number share(Random r, int index) {
    return index > 0 && r.nextInt(4) == 0 ? 0 : number(r, 1, 40);
  }

  private static Map<String, Object> measure(Random r, boolean divisible) {
    String of = pick(r, pick(r, MEASURES));
    boolean date = of.equals("days-until") && r.nextInt(4) > 0;
    int longest = of.equals("trend") || of.equals("shift") ? 180 : 365;
    Map<String, Object> measure = new LinkedHashMap<>();
    measure.put("of", of);
    measure.put("signal", date ? "renewal-date" : pick(r, SIGNALS));
    if (!LATEST.contains(of) || r.nextBoolean()) {
      measure.put("window", days(r, r.nextBoolean() ? 30 : longest));
    }
    if (divisible && r.nextInt(3) == 0) {
      measure.put("per", measure(r, false));
    }
    return measure;
  }

  /** Whether everybody must compute the same last digit, so that steps may be at whole numbers. */
  private static boolean isExact(Map<String, Object> metric) {
    Map<?, ?> measure = (Map<?, ?>) metric.get("measure");
    boolean derived = measure.containsKey("per") || metric.containsKey("transform");
    return !derived && !AVERAGES.contains(measure.get("of"));
  }

  private static List<Object> adjustments(Random r, int n) {
    List<Object> adjustments = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Map<String, Object> adjustment = new LinkedHashMap<>();
      adjustment.put("key", "adjustment-" + i);
      adjustment.put("signal", pick(r, SIGNALS));
      adjustment.put("points", r.nextBoolean() ? number(r, 1, 20) : number(r, -20, -1));
      adjustment.put("window", days(r, r.nextBoolean() ? 30 : 365));
      putSometimes(r, adjustment, "absent", true);
      if (!adjustment.containsKey("absent")) {
        putSometimes(r, adjustment, "cap", number(r, 1, 60));
      }
      adjustments.add(adjustment);
    }
    return adjustments;
  }

  /** Points whose x rises strictly, each moved aside by a little. */
  private static List<Object> pairs(Random r, int n, double aside) {
    List<Object> pairs = new ArrayList<>();
    double scale = pick(r, List.of(0.25, 1.0, 10.0, 1000.0));
    double x = scale * (r.nextInt(21) - 10);
    for (int i = 0; i < n; i++) {
      pairs.add(List.of(x + aside, number(r, 0, 100)));
      x += scale * (1 + r.nextInt(12));
    }
    return pairs;
  }

  private static Number number(Random r, int least, int most) {
    int whole = least + r.nextInt(most - least + 1);
    return whole < most && r.nextInt(3) == 0 ? (Number) (whole + 0.5) : (Number) whole;
  }

  private static String days(Random r, int most) {
    return "P" + (1 + r.nextInt(most)) + "D";
  }

  private static <T> T pick(Random r, List<T> from) {
    return from.get(r.nextInt(from.size()));
  }

  private static void putSometimes(Random r, Map<String, Object> map, String key, Object value) {
    if (r.nextInt(3) == 0) {
      map.put(key, value);
    }
  }
}
