package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Adjustment;
import keepwell.health.Metric;
import keepwell.health.Standing;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import keepwell.http.Tenths;

/**
 * Where the points of a score come from. What is shown adds up to the score, as far as there is
 * one.
 *
 * @param score what the lines add up to; empty without a score
 */
record Why(List<Group> groups, String score) {

  /**
   * Lines that belong together.
   *
   * @param score of the category; empty if it is left out, or is none
   * @param note why it is left out
   * @param points that its lines give together
   * @param lost points that they could still give
   */
  record Group(
      String name, String score, String note, String points, String lost, List<Line> lines) {}

  /**
   * A part of the score.
   *
   * @param key of a metric whose signals can be looked at; empty for none
   * @param rank its place among the best actions; empty for none
   * @param measured what was measured; else why there is nothing
   * @param curve empty for none
   * @param left whether it is left out of the score
   * @param points in the score
   * @param lost points that it could still give
   */
  record Line(
      String key,
      String name,
      String rank,
      Measured measured,
      List<CurveDrawing> curve,
      boolean left,
      String score,
      String points,
      String lost,
      Bar bar) {}

  /**
   * A bar of points, in percent of the longest.
   *
   * @param words what it shows; empty without points
   */
  record Bar(double kept, double lost, String words) {
    static final Bar NONE = new Bar(0, 0, "");
  }

  static Why of(Standing standing, Sources sources) {
    Points points = Points.of(standing);
    List<Group> groups = new ArrayList<>();
    for (CategoryScore category : standing.categories()) {
      long kept = 0;
      double lost = 0;
      List<Line> lines = new ArrayList<>();
      for (MetricScore metric : category.metrics()) {
        long tenths = points.next();
        kept += tenths;
        lost += metric.lost().orElse(0);
        lines.add(line(metric, standing, sources, tenths, points.greatest()));
      }
      boolean left = category.score().isEmpty();
      groups.add(
          new Group(
              category.name(),
              left ? "" : Figures.score(category.score().getAsDouble()),
              left ? "No data, so left out" : "",
              left ? "" : Tenths.shown(kept),
              left ? "" : lost(lost),
              lines));
    }
    List<Line> others = new ArrayList<>();
    for (AdjustmentScore adjustment : standing.adjustments()) {
      String words =
          sources
              .adjustment(standing, adjustment.key())
              .map(card -> words(card, adjustment.count()))
              .orElseGet(() -> Figures.count(adjustment.count(), "signal"));
      others.add(other(adjustment.name(), words, points.next(), points.greatest()));
    }
    addUnlessZero(others, "Base, and held within 0 to 100", points);
    addUnlessZero(others, "Override", points);
    if (!others.isEmpty()) {
      groups.add(new Group("Adjustments", "", "", "", "", others));
    }
    return new Why(
        groups, standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "");
  }

  private static Line line(
      MetricScore metric, Standing standing, Sources sources, long tenths, double scale) {
    Optional<Metric> card = sources.metric(standing, metric.key());
    boolean left = metric.score().isEmpty();
    double kept = metric.contribution().orElse(0);
    double lost = metric.lost().orElse(0);
    return new Line(
        card.isPresent() ? metric.key() : "",
        metric.name(),
        rank(metric, standing),
        Measured.of(metric, card, sources),
        card.stream()
            .map(each -> CurveDrawing.of(each.curve(), metric.value().orElse(Double.NaN)))
            .toList(),
        left,
        left ? "" : Figures.score(metric.score().getAsDouble()),
        left ? "" : Tenths.shown(tenths),
        left ? "" : lost(lost),
        left
            ? Bar.NONE
            : new Bar(
                100 * kept / scale,
                100 * lost / scale,
                "%s points kept, %s lost".formatted(Tenths.shown(tenths), Figures.score(lost))));
  }

  private static String rank(MetricScore metric, Standing standing) {
    for (int i = 0; i < standing.actions().size(); i++) {
      Standing.Action action = standing.actions().get(i);
      if (action.metric() && action.key().equals(metric.key())) {
        return Integer.toString(i + 1);
      }
    }
    return "";
  }

  private static String lost(double points) {
    return Tenths.tenths(points) == 0 ? "0.0" : "−" + Figures.score(points);
  }

  /** What an adjustment has counted. */
  static String words(Adjustment adjustment, long count) {
    String days = Figures.count(adjustment.windowDays(), "day");
    return count == 0 ? "None in " + days : Figures.count(count) + " in " + days;
  }

  private static void addUnlessZero(List<Line> lines, String name, Points points) {
    long tenths = points.next();
    if (tenths != 0) {
      lines.add(other(name, "", tenths, points.greatest()));
    }
  }

  private static Line other(String name, String words, long tenths, double scale) {
    String points = tenths == 0 ? "0.0" : Tenths.signed(tenths);
    double width = Math.min(100, Math.abs(tenths) * 10 / scale);
    return new Line(
        "",
        name,
        "",
        new Measured("number", words),
        List.of(),
        false,
        "",
        points,
        "",
        tenths == 0
            ? Bar.NONE
            : new Bar(tenths > 0 ? width : 0, tenths < 0 ? width : 0, points + " points"));
  }

  /**
   * The points of all lines, in their order, in tenths that add up to the score if there is one.
   */
  private record Points(Iterator<Long> tenths, double greatest) {

    static Points of(Standing standing) {
      List<MetricScore> metrics =
          standing.categories().stream().flatMap(category -> category.metrics().stream()).toList();
      double[] known =
          DoubleStream.concat(
                  metrics.stream().mapToDouble(metric -> metric.contribution().orElse(0)),
                  standing.adjustments().stream().mapToDouble(AdjustmentScore::contribution))
              .toArray();
      double raw = standing.rawScore().orElse(0);
      double rest = standing.rawScore().isPresent() ? raw - DoubleStream.of(known).sum() : 0;
      double[] all =
          DoubleStream.concat(
                  DoubleStream.of(known), DoubleStream.of(rest, standing.score().orElse(0) - raw))
              .toArray();
      return new Points(
          tenths(standing.score(), all).iterator(),
          metrics.stream()
              .mapToDouble(metric -> metric.contribution().orElse(0) + metric.lost().orElse(0))
              .filter(points -> points > 0)
              .max()
              .orElse(1));
    }

    private static Stream<Long> tenths(OptionalDouble score, double[] parts) {
      LongStream tenths =
          score.isPresent()
              ? LongStream.of(
                  Tenths.split(
                      Tenths.tenths(score),
                      DoubleStream.of(parts)
                          .mapToObj(OptionalDouble::of)
                          .toArray(OptionalDouble[]::new)))
              : DoubleStream.of(parts).mapToLong(Tenths::tenths);
      return tenths.boxed();
    }

    long next() {
      return tenths.next();
    }
  }
}
