package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Figures;
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
   */
  record Group(String name, String score, String note, List<Line> lines) {}

  /**
   * A part of the score.
   *
   * @param value what was measured; else why there is nothing
   * @param left whether it is left out of the score
   * @param points in the score
   * @param lost points that it could still give
   * @param keptWidth of its points in a bar of the greatest, in percent
   * @param lostWidth of those lost
   */
  record Line(
      String name,
      String value,
      boolean left,
      String score,
      String points,
      String lost,
      double keptWidth,
      double lostWidth) {}

  static Why of(Standing standing, Sources sources) {
    Points points = Points.of(standing);
    double scale = points.greatest();
    List<Group> groups = new ArrayList<>();
    for (CategoryScore category : standing.categories()) {
      List<Line> lines =
          category.metrics().stream()
              .map(
                  metric -> line(metric, measured(metric, standing, sources), points.next(), scale))
              .toList();
      groups.add(
          new Group(
              category.name(),
              category.score().isPresent() ? Figures.score(category.score().getAsDouble()) : "",
              category.score().isPresent() ? "" : "No data, so left out",
              lines));
    }
    List<Line> others = new ArrayList<>();
    for (AdjustmentScore adjustment : standing.adjustments()) {
      others.add(
          other(adjustment.name(), Figures.count(adjustment.count(), "signal"), points.next()));
    }
    addUnlessZero(others, "Base, and held within 0 to 100", points.next());
    addUnlessZero(others, "Override", points.next());
    if (!others.isEmpty()) {
      groups.add(new Group("Adjustments", "", "", others));
    }
    return new Why(
        groups, standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "");
  }

  /** What was measured; else why there is nothing, and what that does. */
  private static String measured(MetricScore metric, Standing standing, Sources sources) {
    if (metric.value().isPresent()) {
      return Figures.value(metric.value().getAsDouble());
    }
    String why =
        standing
            .scorecard()
            .flatMap(key -> sources.missing(key, metric.key()))
            .map(signal -> "Not connected: nobody sends " + signal)
            .orElse("No data");
    return metric.score().isEmpty()
        ? why + ", so left out"
        : why + ", counted as " + Figures.score(metric.score().getAsDouble());
  }

  private static Line line(MetricScore metric, String value, long tenths, double scale) {
    boolean left = metric.score().isEmpty();
    String score = left ? "" : Figures.score(metric.score().getAsDouble());
    double kept = metric.contribution().orElse(0);
    double lost = metric.lost().orElse(0);
    return new Line(
        metric.name(),
        value,
        left,
        score,
        left ? "" : Tenths.shown(tenths),
        left ? "" : Tenths.tenths(lost) == 0 ? "0.0" : "−" + Figures.score(lost),
        100 * kept / scale,
        100 * lost / scale);
  }

  private static void addUnlessZero(List<Line> lines, String name, long tenths) {
    if (tenths != 0) {
      lines.add(other(name, "", tenths));
    }
  }

  private static Line other(String name, String value, long tenths) {
    String points = tenths == 0 ? "0.0" : Tenths.signed(tenths);
    return new Line(name, value, false, "", points, "", 0, 0);
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
