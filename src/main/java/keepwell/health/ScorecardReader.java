package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Measure.Of;

/** Reads a document of scorecards and finds every fault in it. */
public final class ScorecardReader {
  private static final int WINDOW_DAYS_MAX = 365;
  private static final int LABEL_LENGTH_MAX = 200;
  private static final double ANY = Signal.VALUE_MAX;
  private static final double LOGISTIC_MAX = 1e6;

  private ScorecardReader() {}

  /**
   * The scorecards of a document; where it has faults they are added to the list given, and what is
   * returned is of no use.
   *
   * @param document parsed into maps, lists, texts, numbers and booleans; it may have the version
   *     and the warnings that an earlier answer gave it, which are not used
   */
  public static Scorecards read(
      Object document, int version, Instant activatedAt, Set<Fault> faults) {
    return read(Node.root(document, faults), version, activatedAt);
  }

  /**
   * The scorecards of a draft, which has no version yet.
   *
   * @param path of the draft, where faults are to name it; or empty
   */
  public static Scorecards readDraft(Object document, String path, Set<Fault> faults) {
    return read(Node.root(document, path, faults), 0, Instant.EPOCH);
  }

  private static Scorecards read(Node document, int version, Instant activatedAt) {
    Node root = document.object("version", "scorecards", "warnings");
    root.field("version").optionalNumber(0, Integer.MAX_VALUE);
    List<Node> nodes = root.field("scorecards").someElements();
    Node.unique(nodes);
    return new Scorecards(
        version, activatedAt, nodes.stream().map(ScorecardReader::scorecard).toList());
  }

  private static Scorecard scorecard(Node node) {
    node.object(
        "key",
        "name",
        "when",
        "tiers",
        "hysteresis",
        "minCoverage",
        "minAge",
        "base",
        "logistic",
        "categories",
        "adjustments");
    List<Node> categories = node.field("categories").elements();
    List<Node> adjustments = node.field("adjustments").elements();
    if (categories.isEmpty() && adjustments.isEmpty()) {
      node.fault("has neither categories nor adjustments");
    }
    Node.unique(categories);
    Node.unique(adjustments);
    Node.unique(categories.stream().flatMap(c -> c.field("metrics").elements().stream()).toList());
    String key = node.field("key").text();
    Scorecard scorecard =
        new Scorecard(
            key,
            node.field("name").text(key),
            when(node.field("when")),
            tiers(node.field("tiers")),
            node.field("hysteresis").number(0, 100, 0),
            node.field("minCoverage").number(0, 1, 0),
            node.field("minAge").days(WINDOW_DAYS_MAX),
            node.field("base").number(-ANY, ANY, 0),
            logistic(node.field("logistic")),
            categories.stream().map(ScorecardReader::category).toList(),
            adjustments.stream().map(ScorecardReader::adjustment).toList());
    if (!categories.isEmpty()
        && scorecard.categories().stream().mapToDouble(Category::weight).sum() == 0) {
      node.field("categories").fault("have weights that add up to 0");
    }
    return scorecard;
  }

  private static Optional<Logistic> logistic(Node node) {
    if (!node.exists()) {
      return Optional.empty();
    }
    node.object("intercept", "slope");
    return Optional.of(
        new Logistic(
            node.field("intercept").number(-LOGISTIC_MAX, LOGISTIC_MAX),
            node.field("slope").positive(LOGISTIC_MAX)));
  }

  /** Labels by whose values accounts are chosen: some values for each. */
  public static Map<String, Set<String>> when(Node node) {
    Map<String, Set<String>> when = new LinkedHashMap<>();
    for (String label : node.fields()) {
      Optional<String> fault = Text.fault(label, Signal.KEY_LENGTH_MAX);
      if (fault.isPresent()) {
        node.fault("has a label that " + fault.get());
        continue;
      }
      Set<String> values = new HashSet<>();
      for (Node value : node.field(label).someElements()) {
        values.add(value.text(LABEL_LENGTH_MAX));
      }
      when.put(label, values);
    }
    return when;
  }

  private static List<Tier> tiers(Node node) {
    List<Node> nodes = node.someElements();
    Node.unique(nodes);
    List<Tier> tiers = new ArrayList<>();
    for (Node each : nodes) {
      each.object("key", "name", "from");
      Node from = each.field("from");
      double lowest = from.number(0, 100);
      if (!tiers.isEmpty() && lowest >= tiers.get(tiers.size() - 1).from()) {
        from.fault("is not below the tier before it");
      }
      String key = each.field("key").text();
      tiers.add(new Tier(key, each.field("name").text(key), lowest));
    }
    if (!tiers.isEmpty() && tiers.get(tiers.size() - 1).from() != 0) {
      nodes.get(nodes.size() - 1).field("from").fault("is not 0, though it is the last tier");
    }
    return tiers;
  }

  private static Category category(Node node) {
    node.object("key", "name", "weight", "metrics");
    String key = node.field("key").text();
    List<Node> metrics = node.field("metrics").someElements();
    Category category =
        new Category(
            key,
            node.field("name").text(key),
            node.field("weight").number(0, ANY),
            metrics.stream().map(ScorecardReader::metric).toList());
    if (!metrics.isEmpty() && category.metrics().stream().mapToDouble(Metric::points).sum() == 0) {
      node.field("metrics").fault("have points that add up to 0");
    }
    return category;
  }

  private static Metric metric(Node node) {
    node.object(
        "key", "name", "points", "actionable", "measure", "curve", "steps", "transform", "missing");
    String key = node.field("key").text();
    return new Metric(
        key,
        node.field("name").text(key),
        node.field("points").number(0, ANY),
        node.field("actionable").flag(true),
        measure(node.field("measure"), true),
        curve(node),
        node.field("missing").optionalNumber(0, 100));
  }

  private static Measure measure(Node node, boolean mayDivide) {
    node.object("of", "signal", "window", "per");
    Of of = node.field("of").oneOf(List.copyOf(EnumSet.allOf(Of.class)), Of::key);
    String signal = node.field("signal").text();
    Node window = node.field("window");
    int windowDays = window.days(of == null ? WINDOW_DAYS_MAX : of.windowDaysMax());
    if (of != null && of.needsWindow() && !window.exists()) {
      window.fault("is missing");
    }
    Node per = node.field("per");
    if (per.exists() && !mayDivide) {
      per.fault("is inside another per");
    }
    Optional<Measure> divisor =
        per.exists() && mayDivide ? Optional.of(measure(per, false)) : Optional.empty();
    return new Measure(of, signal, windowDays, divisor);
  }

  private static Curve curve(Node metric) {
    Node curve = metric.field("curve");
    Node steps = metric.field("steps");
    if (curve.exists() == steps.exists()) {
      metric.fault(curve.exists() ? "has both curve and steps" : "has neither curve nor steps");
    }
    Node transform = metric.field("transform");
    if (transform.exists()) {
      transform.oneOf(List.of("log1p"), name -> name);
    }
    List<double[]> points = points(curve.exists() ? curve : steps);
    if (curve.exists() && points.size() == 1) {
      curve.fault("has only one point");
    }
    return new Curve(points, steps.exists(), transform.exists());
  }

  private static List<double[]> points(Node node) {
    List<double[]> points = new ArrayList<>();
    if (!node.exists()) {
      return points;
    }
    for (Node pair : node.someElements()) {
      List<Node> xy = pair.elements();
      if (xy.size() != 2) {
        pair.fault("is not a pair of numbers");
        continue;
      }
      double x = xy.get(0).number(-ANY, ANY);
      if (!points.isEmpty() && x <= points.get(points.size() - 1)[0]) {
        xy.get(0).fault("is not above the one before it");
      }
      points.add(new double[] {x, xy.get(1).number(0, 100)});
    }
    return points;
  }

  private static Adjustment adjustment(Node node) {
    node.object("key", "name", "signal", "points", "cap", "window", "absent");
    String key = node.field("key").text();
    Node window = node.field("window");
    if (!window.exists()) {
      window.fault("is missing");
    }
    return new Adjustment(
        key,
        node.field("name").text(key),
        node.field("signal").text(),
        node.field("points").number(-ANY, ANY),
        node.field("cap").optionalNumber(0, ANY),
        window.days(WINDOW_DAYS_MAX),
        node.field("absent").flag(false));
  }
}
