package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.Curve;
import keepwell.health.Curve.Point;

/**
 * A curve as a drawing: what was measured from left to right, its score from 0 below to 100 above.
 * What a transform makes of a measured number decides its place, and its label is the number
 * itself.
 *
 * @param words what it shows, for those who do not see it
 * @param line points of SVG, in a drawing 1,000 wide and 100 high
 * @param was the same of the curve that it is compared with; empty if that is the same or can't be
 *     drawn beside it
 * @param knots its points, in percent of the drawing
 * @param ticks measured numbers, as many as there is room for
 */
record CurveDrawing(String words, String line, String was, List<Knot> knots, List<Tick> ticks) {
  private static final double MARGIN = .14;

  /** About what a character of a label takes, in percent. */
  private static final double CHARACTER = 3.6;

  /**
   * @param score its label, where it is not seen by itself: between 0 and 100
   * @param anchor of the label, so that it stays within the drawing and on its step
   */
  record Knot(double x, double y, String score, String anchor) {
    static Knot of(Point point, Axis axis, boolean steps) {
      double x = axis.percent(point.x());
      boolean inside = point.y() > 0 && point.y() < 100;
      return new Knot(
          x,
          100 - point.y(),
          inside ? Numbers.shown(point.y()) : "",
          steps || x < CHARACTER ? "start" : x > 100 - CHARACTER ? "end" : "middle");
    }
  }

  /**
   * @param anchor of SVG, so that it stays within the drawing
   */
  record Tick(double x, String label, String anchor) {
    double left() {
      double width = CHARACTER * label.length();
      return anchor.equals("start") ? x : anchor.equals("end") ? x - width : x - width / 2;
    }

    double right() {
      return left() + CHARACTER * label.length();
    }
  }

  /** The numbers that are shown, as the transform has them. */
  private record Axis(double from, double to) {
    static Axis of(List<Point> points) {
      double first = points.stream().mapToDouble(Point::x).min().orElse(0);
      double last = points.stream().mapToDouble(Point::x).max().orElse(1);
      double span = last > first ? last - first : Math.max(1, Math.abs(first));
      double from = first - span * MARGIN;
      return new Axis(first >= 0 ? Math.max(0, from) : from, last + span * MARGIN);
    }

    double percent(double x) {
      return 100 * (x - from) / (to - from);
    }
  }

  /**
   * @param before what it is compared with
   */
  static CurveDrawing of(Curve curve, Optional<Curve> before) {
    Optional<Curve> other =
        before.filter(each -> !each.equals(curve) && each.isLog1p() == curve.isLog1p());
    Axis axis =
        Axis.of(
            Stream.concat(
                    curve.points().stream(), other.stream().flatMap(each -> each.points().stream()))
                .toList());
    return new CurveDrawing(
        words(curve),
        line(curve, axis),
        other.map(each -> line(each, axis)).orElse(""),
        curve.points().stream().map(point -> Knot.of(point, axis, curve.isSteps())).toList(),
        ticks(curve, axis));
  }

  private static String line(Curve curve, Axis axis) {
    List<Point> corners = new ArrayList<>();
    double y = curve.isSteps() ? 0 : curve.points().get(0).y();
    corners.add(new Point(axis.from, y));
    for (Point point : curve.points()) {
      if (curve.isSteps()) {
        corners.add(new Point(point.x(), y));
      }
      corners.add(point);
      y = point.y();
    }
    corners.add(new Point(axis.to, y));
    return corners.stream()
        .map(
            corner ->
                String.format(
                    Locale.ROOT, "%.1f,%.1f", 10 * axis.percent(corner.x()), 100 - corner.y()))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** The first and the last, and what fits between. */
  private static List<Tick> ticks(Curve curve, Axis axis) {
    List<Point> points = curve.points();
    List<Tick> ticks = new ArrayList<>();
    Tick last = tick(curve, points.get(points.size() - 1), axis);
    for (Point point : points.subList(0, points.size() - 1)) {
      Tick tick = tick(curve, point, axis);
      double free = ticks.isEmpty() ? 0 : ticks.get(ticks.size() - 1).right() + CHARACTER;
      if (tick.left() >= free && tick.right() + CHARACTER <= last.left()) {
        ticks.add(tick);
      }
    }
    ticks.add(last);
    return ticks;
  }

  private static Tick tick(Curve curve, Point point, Axis axis) {
    double x = axis.percent(point.x());
    String label = measured(curve, point.x());
    double half = CHARACTER * label.length() / 2;
    return new Tick(x, label, x < half ? "start" : x > 100 - half ? "end" : "middle");
  }

  /** The number for which a curve has a point; where a logarithm makes it odd, it is rounded. */
  static String measured(Curve curve, double x) {
    if (!curve.isLog1p()) {
      return Numbers.shown(x);
    }
    double number = Math.expm1(x);
    double digits = Math.pow(10, Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, number)))));
    return Numbers.shown(Math.round(number * digits) / digits);
  }

  /** What a curve says, point by point. */
  static String words(Curve curve) {
    List<Point> points = curve.points();
    List<String> said = new ArrayList<>();
    if (curve.isSteps()) {
      said.add("below %s scores 0".formatted(measured(curve, points.get(0).x())));
    }
    for (int i = 0; i < points.size(); i++) {
      String x = measured(curve, points.get(i).x());
      String from =
          curve.isSteps()
              ? "from %s on"
              : i == 0 ? "%s and less" : i == points.size() - 1 ? "%s and more" : "%s";
      said.add(from.formatted(x) + " scores " + Numbers.shown(points.get(i).y()));
    }
    return String.join(", ", said) + (curve.isLog1p() ? ", by the logarithm between" : "");
  }
}
