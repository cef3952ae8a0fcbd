package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import keepwell.health.Adjustment;
import keepwell.health.Category;
import keepwell.health.Measure;
import keepwell.health.Metric;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Tier;

/** What differs between two documents of scorecards; what has the same key is the same thing. */
final class Changes {
  private final List<Change> all = new ArrayList<>();
  private final boolean several;

  private Changes(boolean several) {
    this.several = several;
  }

  /** In the order of the later one, with what was removed after what it stood among. */
  static List<Change> of(Scorecards before, Scorecards now) {
    Changes changes = new Changes(before.scorecards().size() > 1 || now.scorecards().size() > 1);
    changes.pair(
        before.scorecards(),
        now.scorecards(),
        Scorecard::key,
        card -> changes.add(card.key(), card.name(), "added"),
        card -> changes.add(card.key(), card.name(), "removed"),
        changes::card);
    List<String> keys = common(now, before);
    if (!keys.equals(common(before, now))) {
      changes.add(
          "", "Scorecards", "in another order, and the first that fits an account is its own");
    }
    return changes.all;
  }

  private static List<String> common(Scorecards of, Scorecards other) {
    List<String> keys = other.scorecards().stream().map(Scorecard::key).toList();
    return of.scorecards().stream().map(Scorecard::key).filter(keys::contains).toList();
  }

  /** Calls one for each thing that is new, one for each that is gone, and one for each pair. */
  private <T> void pair(
      List<T> before,
      List<T> now,
      Function<T, String> key,
      Consumer<T> added,
      Consumer<T> removed,
      BiConsumer<T, T> both) {
    Map<String, T> old = new LinkedHashMap<>();
    before.forEach(each -> old.put(key.apply(each), each));
    for (T each : now) {
      Optional.ofNullable(old.remove(key.apply(each)))
          .ifPresentOrElse(was -> both.accept(was, each), () -> added.accept(each));
    }
    old.values().forEach(removed);
  }

  private void card(Scorecard was, Scorecard now) {
    String place = now.key();
    String where = now.name();
    compare(place, where, "name", was.name(), now.name());
    compare(place, where, "applies", Rules.fits(was), Rules.fits(now));
    compare(place, where, "a better tier is reached", Rules.hysteresis(was), Rules.hysteresis(now));
    compare(place, where, "a score needs data for", Rules.coverage(was), Rules.coverage(now));
    compare(place, where, "a score is given", Rules.age(was), Rules.age(now));
    compare(place, where, "base", Numbers.shown(was.base()), Numbers.shown(now.base()));
    compare(place, where, "the score is", Rules.sum(was), Rules.sum(now));
    Scope scope = new Scope(now.key(), several ? now.name() + ", " : "");
    pair(
        was.tiers(),
        now.tiers(),
        Tier::key,
        tier ->
            add(
                scope.tier(tier),
                scope.name(tier.name()),
                "added from " + Numbers.shown(tier.from())),
        tier -> add(scope.tier(tier), scope.name(tier.name()), "removed"),
        (old, tier) -> tier(scope, old, tier));
    pair(
        was.categories(),
        now.categories(),
        Category::key,
        category ->
            add(
                scope.category(category),
                scope.name(category.name()),
                "added with weight " + Numbers.shown(category.weight())),
        category -> add(scope.category(category), scope.name(category.name()), "removed"),
        (old, category) -> category(scope, old, category));
    pair(
        was.metrics(),
        now.metrics(),
        Metric::key,
        metric ->
            add(
                scope.metric(metric),
                scope.name(metric.name()),
                "added to " + category(now, metric).name() + " with " + points(metric.points())),
        metric -> add(scope.metric(metric), scope.name(metric.name()), "removed"),
        (old, metric) -> {
          Category from = category(was, old);
          Category to = category(now, metric);
          if (!from.key().equals(to.key())) {
            add(scope.metric(metric), scope.name(metric.name()), "in", to.name(), from.name());
          }
          metric(scope, old, metric);
        });
    pair(
        was.adjustments(),
        now.adjustments(),
        Adjustment::key,
        each ->
            add(
                scope.adjustment(each),
                scope.name(each.name()),
                "added with " + points(each.points())),
        each -> add(scope.adjustment(each), scope.name(each.name()), "removed"),
        (old, each) -> adjustment(scope, old, each));
  }

  private void tier(Scope scope, Tier was, Tier now) {
    String place = scope.tier(now);
    String where = scope.name(now.name());
    compare(place, where, "name", was.name(), now.name());
    compare(place, where, "from", Numbers.shown(was.from()), Numbers.shown(now.from()));
  }

  private void category(Scope scope, Category was, Category now) {
    String place = scope.category(now);
    String where = scope.name(now.name());
    compare(place, where, "name", was.name(), now.name());
    compare(place, where, "weight", Numbers.shown(was.weight()), Numbers.shown(now.weight()));
  }

  private void metric(Scope scope, Metric was, Metric now) {
    String place = scope.metric(now);
    String where = scope.name(now.name());
    compare(place, where, "name", was.name(), now.name());
    compare(place, where, "points", Numbers.shown(was.points()), Numbers.shown(now.points()));
    measure(place, where, was.measure(), now.measure());
    CurveChanges.of(was.curve(), now.curve())
        .forEach(each -> add(place, where, each.what(), each.now(), each.was()));
    compare(place, where, "without data it", Rules.missing(was), Rules.missing(now));
    compare(place, where, "", Rules.actionable(was), Rules.actionable(now));
  }

  /** The windows alone if nothing else differs. */
  private void measure(String place, String where, Measure was, Measure now) {
    if (!Rules.measureBesidesWindows(was).equals(Rules.measureBesidesWindows(now))) {
      compare(place, where, "measures", Rules.measure(was), Rules.measure(now));
      return;
    }
    compare(place, where, "window", Rules.window(was), Rules.window(now));
    if (was.per().isPresent()) {
      Measure divisor = now.per().orElseThrow();
      compare(
          place,
          where,
          "window of " + divisor.signal(),
          Rules.window(was.per().get()),
          Rules.window(divisor));
    }
  }

  private void adjustment(Scope scope, Adjustment was, Adjustment now) {
    String place = scope.adjustment(now);
    String where = scope.name(now.name());
    compare(place, where, "name", was.name(), now.name());
    compare(place, where, "points", Numbers.signed(was.points()), Numbers.signed(now.points()));
    compare(place, where, "given", Rules.adjustment(was), Rules.adjustment(now));
  }

  private static Category category(Scorecard card, Metric metric) {
    return card.categories().stream()
        .filter(category -> category.metrics().contains(metric))
        .findFirst()
        .orElseThrow();
  }

  private static String points(double points) {
    return Numbers.shown(points) + (Math.abs(points) == 1 ? " point" : " points");
  }

  private void compare(String place, String where, String what, String was, String now) {
    if (!Objects.equals(was, now)) {
      add(place, where, what, now, was);
    }
  }

  private void add(String place, String where, String what) {
    add(place, where, what, "", "");
  }

  private void add(String place, String where, String what, String now, String was) {
    all.add(new Change(place, where, what, now, was));
  }
}
