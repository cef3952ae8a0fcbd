package keepwell.health;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Scores an account slowly and plainly, straight from the list of its signals: the oracle of the
 * property tests. It is written from the specification alone and shares no type, bucket or formula
 * with the code under test, so that the two are unlikely to hold the same mistake.
 */
final class Reference {
  /** A raw signal as it was sent, in no type of the product; what is absent is null. */
  record Observation(String signal, double value, Instant at, String user, String item) {}

  /** A score and what led to it, by key, in no type of the product; none is null. */
  record Result(
      Double score,
      String tier,
      double coverage,
      Map<String, Double> categories,
      Map<String, Double> values,
      Map<String, Double> scores,
      Map<String, Double> contributions,
      Map<String, Double> lost,
      Map<String, Double> adjustments) {}

  private static final int EVER = Integer.MAX_VALUE;

  private final Map<?, ?> scorecard;
  private final List<Observation> signals;
  private final LocalDate day;
  private final ZoneId zone;
  private final Map<String, Double> categories = new LinkedHashMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, Double> scores = new LinkedHashMap<>();
  private final Map<String, Double> gained = new LinkedHashMap<>();
  private final Map<String, Double> lost = new LinkedHashMap<>();
  private final Map<String, Double> adjustments = new LinkedHashMap<>();

  private Reference(Map<?, ?> scorecard, List<Observation> signals, LocalDate day, ZoneId zone) {
    this.scorecard = scorecard;
    this.day = day;
    this.zone = zone;
    this.signals = signals.stream().filter(signal -> daysAgo(signal) >= 0).toList();
  }

  /** The score on a day by one scorecard (parsed JSON); signals of later days do not exist. */
  static Result score(
      Map<String, Object> scorecard, List<Observation> signals, LocalDate day, ZoneId zone) {
    return new Reference(scorecard, signals, day, zone).result();
  }

  private Result result() {
    for (Map<?, ?> category : list(scorecard, "categories")) {
      for (Map<?, ?> metric : list(category, "metrics")) {
        Double value = measure((Map<?, ?>) metric.get("measure"));
        Double otherwise = metric.get("missing") == null ? null : number(metric, "missing");
        values.put(key(metric), value);
        scores.put(key(metric), value == null ? otherwise : ReferenceCurve.grade(metric, value));
      }
      categories.put(key(category), categoryScore(category));
    }
    for (Map<?, ?> category : list(scorecard, "categories")) {
      for (Map<?, ?> metric : list(category, "metrics")) {
        Double score = scores.get(key(metric));
        double share = share(category, metric);
        gained.put(
            key(metric), score == null ? null : share * score * steepness(0, ofCategories()));
        lost.put(
            key(metric),
            score == null
                ? null
                : share * (100 - score) * steepness(sum(), sum() + 100 - ofCategories()));
      }
    }
    for (Map<?, ?> adjustment : list(scorecard, "adjustments")) {
      adjustments.put(key(adjustment), adjust(adjustment) * steepness(ofCategories(), sum()));
    }
    Double score = hasScore() ? rounded(scored(sum())) : null;
    return new Result(
        score, tier(score), coverage(), categories, values, scores, gained, lost, adjustments);
  }

  private boolean hasScore() {
    boolean scored = list(scorecard, "categories").isEmpty() || weightScored() > 0;
    boolean aged = scorecard.get("minAge") == null || age() >= days(scorecard, "minAge");
    return !signals.isEmpty() && scored && aged && coverage() >= number(scorecard, "minCoverage");
  }

  private double sum() {
    double adjustments = total(scorecard, "adjustments", this::adjust);
    return ofCategories() + number(scorecard, "base") + adjustments;
  }

  private double ofCategories() {
    double sum = 0;
    for (Map<?, ?> category : list(scorecard, "categories")) {
      Double score = categories.get(key(category));
      sum += score == null ? 0 : number(category, "weight") * score / weightScored();
    }
    return sum;
  }

  private double scored(double sum) {
    if (scorecard.get("logistic") instanceof Map<?, ?> logistic) {
      return 100 / (1 + Math.exp(-number(logistic, "intercept") - number(logistic, "slope") * sum));
    }
    return Math.max(0, Math.min(100, sum));
  }

  /** How fast the score rises between two sums; 1 where it is the sum. */
  private double steepness(double from, double to) {
    if (scorecard.get("logistic") == null) {
      return 1;
    }
    double apart = to == from ? 1e-6 : to - from;
    return (scored(from + apart) - scored(from)) / apart;
  }

  private String tier(Double score) {
    for (Map<?, ?> tier : list(scorecard, "tiers")) {
      if (score != null && number(tier, "from") <= score) {
        return key(tier);
      }
    }
    return null;
  }

  private double coverage() {
    double covered = 0;
    for (Map<?, ?> category : list(scorecard, "categories")) {
      double points = total(category, "metrics", metric -> number(metric, "points"));
      covered += number(category, "weight") * points(category, values) / points;
    }
    double weights = total(scorecard, "categories", category -> number(category, "weight"));
    return weights == 0 ? 1 : rounded(covered / weights);
  }

  private Double categoryScore(Map<?, ?> category) {
    double sum = 0;
    for (Map<?, ?> metric : list(category, "metrics")) {
      Double score = scores.get(key(metric));
      sum += score == null ? 0 : number(metric, "points") * score;
    }
    return points(category, scores) == 0 ? null : sum / points(category, scores);
  }

  /** The part of the whole that a scored metric decides; 0 where there is nothing to share. */
  private double share(Map<?, ?> category, Map<?, ?> metric) {
    double part = number(category, "weight") * number(metric, "points");
    return part == 0 ? 0 : part / weightScored() / points(category, scores);
  }

  private double weightScored() {
    return total(
        scorecard, "categories", c -> categories.get(key(c)) == null ? 0 : number(c, "weight"));
  }

  /** The points of those metrics of a category that have a number. */
  private static double points(Map<?, ?> category, Map<String, Double> numbers) {
    return total(category, "metrics", m -> numbers.get(key(m)) == null ? 0 : number(m, "points"));
  }

  private double adjust(Map<?, ?> adjustment) {
    int window = days(adjustment, "window");
    int count = within((String) adjustment.get("signal"), window, 0).size();
    double points = number(adjustment, "points");
    if (Boolean.TRUE.equals(adjustment.get("absent"))) {
      return count == 0 && age() >= window ? points : 0;
    }
    double cap = adjustment.get("cap") == null ? Double.MAX_VALUE : number(adjustment, "cap");
    return Math.max(-cap, Math.min(cap, points * count));
  }

  /** Days since the first signal of any key; less than any number of days if there is none. */
  private long age() {
    return signals.stream().mapToLong(this::daysAgo).max().orElse(-1);
  }

  private long daysAgo(Observation signal) {
    return day.toEpochDay() - signal.at().atZone(zone).toLocalDate().toEpochDay();
  }

  /** The signals of a key in the window of so many days that ended so many days ago. */
  private List<Observation> within(String key, int window, int ended) {
    return signals.stream()
        .filter(signal -> signal.signal().equals(key))
        .filter(signal -> daysAgo(signal) >= ended && daysAgo(signal) - ended < window)
        .toList();
  }

  private Double measure(Map<?, ?> measure) {
    Map<?, ?> per = (Map<?, ?>) measure.get("per");
    Double value = undivided(measure);
    Double divisor = per == null ? (Double) 1.0 : undivided(per);
    boolean none = value == null || divisor == null || (divisor == 0 && value != 0);
    return none ? null : (divisor == 0 ? 0 : value / divisor);
  }

  private Double undivided(Map<?, ?> measure) {
    String key = (String) measure.get("signal");
    int n = measure.get("window") == null ? EVER : days(measure, "window");
    List<Observation> in = within(key, n, 0);
    List<Observation> before = within(key, n, n);
    boolean sent = !within(key, EVER, 0).isEmpty();
    return switch ((String) measure.get("of")) {
      case "count" -> sent ? (double) in.size() : null;
      case "sum" -> sent ? sum(in) : null;
      case "users" -> sent ? distinct(in, Observation::user) : null;
      case "items" -> sent ? distinct(in, Observation::item) : null;
      case "days" -> sent ? distinct(in, this::daysAgo) : null;
      case "user-days" -> sent ? distinct(in, this::userDay) : null;
      case "mean" -> in.isEmpty() ? null : mean(in);
      case "latest" -> in.isEmpty() ? null : last(in).value();
      case "days-since" -> in.isEmpty() ? null : (double) daysAgo(last(in));
      case "days-until" -> in.isEmpty() ? null : last(in).value() - day.toEpochDay();
      case "trend" -> trend(before, in);
      case "shift" -> before.isEmpty() || in.isEmpty() ? null : mean(in) - mean(before);
      case "change" -> change(within(key, EVER, n), within(key, EVER, 0));
      default -> throw new IllegalArgumentException("unknown measure " + measure.get("of"));
    };
  }

  /** Adds exactly and rounds once, so that the order of the signals cannot matter. */
  private static double sum(List<Observation> in) {
    return in.stream()
        .map(signal -> new BigDecimal(signal.value()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static double distinct(List<Observation> in, Function<Observation, Object> what) {
    return in.stream().map(what).filter(Objects::nonNull).distinct().count();
  }

  private List<Object> userDay(Observation signal) {
    return signal.user() == null ? null : List.of(signal.user(), daysAgo(signal));
  }

  private static double mean(List<Observation> in) {
    return sum(in) / in.size();
  }

  private static Observation last(List<Observation> in) {
    return Collections.max(in, comparing(Observation::at).thenComparing(Observation::value));
  }

  private static Double trend(List<Observation> before, List<Observation> now) {
    boolean none = (now.isEmpty() && before.isEmpty()) || sum(now) < 0 || sum(before) < 0;
    return none ? null : (sum(now) + 1) / (sum(before) + 1);
  }

  private static Double change(List<Observation> before, List<Observation> now) {
    double was = before.isEmpty() ? 0 : last(before).value();
    return was == 0 ? null : 100 * (last(now).value() - was) / Math.abs(was);
  }

  private static double rounded(double x) {
    return BigDecimal.valueOf(x).setScale(4, RoundingMode.HALF_UP).doubleValue();
  }

  private static double total(Map<?, ?> object, String field, ToDoubleFunction<Map<?, ?>> of) {
    return list(object, field).stream().mapToDouble(of).sum();
  }

  private static double number(Map<?, ?> object, String field) {
    return object.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String key(Map<?, ?> object) {
    return (String) object.get("key");
  }

  private static int days(Map<?, ?> object, String field) {
    return (int) Duration.parse((String) object.get(field)).toDays();
  }

  private static List<Map<?, ?>> list(Map<?, ?> object, String field) {
    List<?> list = object.get(field) == null ? List.of() : (List<?>) object.get(field);
    return list.stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
  }
}
