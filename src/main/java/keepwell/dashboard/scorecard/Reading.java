package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Adjustment;
import keepwell.health.Category;
import keepwell.health.Curve;
import keepwell.health.Metric;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;

/**
 * A document of scorecards as people read it, with what differs from another one in its place.
 *
 * @param changes all of them, in words
 * @param never the signals named that no account has ever sent
 */
record Reading(List<Card> cards, List<String> gone, List<Change> changes, List<String> never) {
  /** These differences are shown where the number is. */
  private static final Set<String> NUMBERS = Set.of("weight", "points", "from");

  /**
   * A number, and what it was if it was another.
   *
   * @param was empty if it is the same, or there was none
   */
  record Amount(String now, String was) {
    String unit(String one) {
      return now.equals("1") || now.equals("+1") || now.equals("−1") ? one : one + "s";
    }

    static Amount of(double now, Optional<Double> was) {
      return new Amount(
          Numbers.shown(now), was.filter(each -> each != now).map(Numbers::shown).orElse(""));
    }
  }

  /**
   * @param path in the document
   * @param scorecard for the fields of a form
   */
  record Card(
      String path,
      Scorecard scorecard,
      boolean added,
      String fits,
      Ladder ladder,
      List<String> rules,
      List<Change> changes,
      List<Group> groups,
      List<Extra> adjustments,
      List<String> gone) {}

  /**
   * A category.
   *
   * @param share of the score in percent
   * @param wasShare the same before; less than 0 if that is the same
   * @param words the share in words
   * @param percent the share, where it is not the weight itself; else empty
   */
  record Group(
      String path,
      Category category,
      boolean added,
      Amount weight,
      double share,
      double wasShare,
      String words,
      String percent,
      List<Change> changes,
      List<Line> metrics) {}

  /** A metric. */
  record Line(
      String path,
      Metric metric,
      boolean added,
      Words words,
      CurveDrawing curve,
      Amount points,
      List<Change> changes) {
    boolean isChanged() {
      return added || !changes.isEmpty() || !points.was().isEmpty();
    }
  }

  /** An adjustment. */
  record Extra(
      String path,
      Adjustment adjustment,
      boolean added,
      Words words,
      Amount points,
      List<Change> changes) {
    boolean isChanged() {
      return added || !changes.isEmpty() || !points.was().isEmpty();
    }
  }

  /**
   * @param before what it is compared with, if it is
   * @param seen the signals named that some account has sent
   */
  static Reading of(Scorecards now, Optional<Scorecards> before, Set<String> seen) {
    List<Change> changes = before.map(was -> Changes.of(was, now)).orElse(List.of());
    Map<String, List<Change>> byPlace =
        changes.stream().collect(Collectors.groupingBy(Change::place));
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < now.scorecards().size(); i++) {
      Scorecard card = now.scorecards().get(i);
      cards.add(
          new Making(
                  card,
                  before.flatMap(was -> find(was.scorecards(), Scorecard::key, card.key())),
                  before.isPresent(),
                  byPlace,
                  seen)
              .card("scorecards[" + i + "]"));
    }
    return new Reading(
        cards,
        before
            .map(was -> gone(was.scorecards(), now.scorecards(), Scorecard::key, Scorecard::name))
            .orElse(List.of()),
        changes,
        now.signals().values().stream().filter(each -> !seen.contains(each)).distinct().toList());
  }

  private static <T> Optional<T> find(List<T> among, Function<T, String> key, String wanted) {
    return among.stream().filter(each -> key.apply(each).equals(wanted)).findFirst();
  }

  /** The names of those that are not there any more. */
  private static <T> List<String> gone(
      List<T> was, List<T> now, Function<T, String> key, Function<T, String> name) {
    return was.stream()
        .filter(each -> find(now, key, key.apply(each)).isEmpty())
        .map(name)
        .toList();
  }

  /** One card, made. */
  private record Making(
      Scorecard card,
      Optional<Scorecard> was,
      boolean compared,
      Map<String, List<Change>> byPlace,
      Set<String> seen) {

    Card card(String path) {
      Scope scope = new Scope(card.key(), "");
      List<Group> groups = new ArrayList<>();
      double weights = weights(card);
      for (int i = 0; i < card.categories().size(); i++) {
        groups.add(
            group(scope, path + ".categories[" + i + "]", card.categories().get(i), weights));
      }
      List<Extra> extras = new ArrayList<>();
      for (int i = 0; i < card.adjustments().size(); i++) {
        extras.add(extra(scope, path + ".adjustments[" + i + "]", card.adjustments().get(i)));
      }
      return new Card(
          path,
          card,
          compared && was.isEmpty(),
          "Applies " + Rules.fits(card),
          Ladder.of(path, card.tiers(), was.map(Scorecard::tiers)),
          Rules.sentences(card),
          changes(card.key()),
          groups,
          extras,
          was.map(this::gone).orElse(List.of()));
    }

    private List<String> gone(Scorecard old) {
      List<String> gone = new ArrayList<>();
      gone.addAll(Reading.gone(old.categories(), card.categories(), Category::key, Category::name));
      gone.addAll(Reading.gone(old.metrics(), card.metrics(), Metric::key, Metric::name));
      gone.addAll(
          Reading.gone(old.adjustments(), card.adjustments(), Adjustment::key, Adjustment::name));
      return gone;
    }

    private Group group(Scope scope, String path, Category category, double weights) {
      Optional<Category> old =
          was.flatMap(each -> find(each.categories(), Category::key, category.key()));
      double share = 100 * category.weight() / weights;
      double wasShare =
          old.map(each -> 100 * each.weight() / weights(was.orElseThrow())).orElse(share);
      String percent = Figures.percent(share / 100);
      List<Line> lines = new ArrayList<>();
      for (int i = 0; i < category.metrics().size(); i++) {
        lines.add(line(scope, path + ".metrics[" + i + "]", category.metrics().get(i)));
      }
      return new Group(
          path,
          category,
          was.isPresent() && old.isEmpty(),
          Amount.of(category.weight(), old.map(Category::weight)),
          share,
          Math.abs(share - wasShare) < 1e-9 ? -1 : wasShare,
          percent + " of the score",
          weights == 100 || card.categories().size() == 1 ? "" : percent,
          changes(scope.category(category)),
          lines);
    }

    private static double weights(Scorecard card) {
      return card.categories().stream().mapToDouble(Category::weight).sum();
    }

    private Line line(Scope scope, String path, Metric metric) {
      Optional<Metric> old = was.flatMap(each -> find(each.metrics(), Metric::key, metric.key()));
      Optional<Curve> oldCurve = old.map(Metric::curve);
      Words words = Words.of(metric.measure(), seen);
      if (metric.missing().isPresent()) {
        words = words.and("Without data it " + Rules.missing(metric));
      }
      if (!metric.actionable()) {
        words = words.and("Never proposed as an action");
      }
      if (metric.curve().isLog1p()) {
        words = words.and("Scored by its logarithm, ln(1 + x)");
      }
      return new Line(
          path,
          metric,
          was.isPresent() && old.isEmpty(),
          words,
          CurveDrawing.of(metric.curve(), oldCurve),
          Amount.of(metric.points(), old.map(Metric::points)),
          changes(scope.metric(metric)));
    }

    private Extra extra(Scope scope, String path, Adjustment adjustment) {
      Optional<Adjustment> old =
          was.flatMap(each -> find(each.adjustments(), Adjustment::key, adjustment.key()));
      Amount points = Amount.of(adjustment.points(), old.map(Adjustment::points));
      return new Extra(
          path,
          adjustment,
          was.isPresent() && old.isEmpty(),
          Words.of(adjustment, seen),
          new Amount(Numbers.signed(adjustment.points()), points.was()),
          changes(scope.adjustment(adjustment)));
    }

    private List<Change> changes(String place) {
      return byPlace.getOrDefault(place, List.of()).stream()
          .filter(change -> !NUMBERS.contains(change.what()) && !change.now().isEmpty())
          .toList();
    }
  }
}
