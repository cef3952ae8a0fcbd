package keepwell.dashboard.account;

import java.util.List;
import java.util.Locale;
import keepwell.health.Curve;
import keepwell.health.Curve.Point;

/**
 * A curve, as small as a word, in a drawing of {@value #WIDTH} by {@value #HEIGHT}.
 *
 * @param line its points, as of SVG
 * @param dot where what was measured is on it, as attributes of a circle: x and y; empty for
 *     nothing
 */
record CurveDrawing(String line, List<String> dot) {
  static final int WIDTH = 72;
  static final int HEIGHT = 26;
  private static final double EDGE = 4;

  /** How far it goes on beyond both ends, of its length. */
  private static final double BEYOND = .12;

  /**
   * @param value that was measured; NaN for none
   */
  static CurveDrawing of(Curve curve, double value) {
    List<Point> points = curve.points();
    double first = points.get(0).x();
    double last = points.get(points.size() - 1).x();
    double beyond = last == first ? 1 : (last - first) * BEYOND;
    Scale scale = new Scale(first - beyond, last + beyond);
    StringBuilder line = new StringBuilder();
    double before = curve.isSteps() ? 0 : points.get(0).y();
    line.append(scale.point(scale.from, before));
    for (Point point : points) {
      if (curve.isSteps()) {
        line.append(' ').append(scale.point(point.x(), before));
      }
      line.append(' ').append(scale.point(point.x(), point.y()));
      before = point.y();
    }
    line.append(' ').append(scale.point(scale.to, before));
    double x = curve.isLog1p() ? Math.log1p(Math.max(value, 0)) : value;
    return new CurveDrawing(
        line.toString(),
        Double.isNaN(value) ? List.of() : List.of(scale.x(x), scale.y(curve.at(value))));
  }

  /** From numbers to places. */
  private record Scale(double from, double to) {
    String x(double x) {
      double held = Math.max(from, Math.min(to, x));
      return shown(EDGE + (held - from) / (to - from) * (WIDTH - 2 * EDGE));
    }

    String y(double score) {
      return shown(EDGE + (100 - score) / 100 * (HEIGHT - 2 * EDGE));
    }

    String point(double x, double score) {
      return x(x) + "," + y(score);
    }

    private static String shown(double place) {
      return String.format(Locale.ROOT, "%.1f", place);
    }
  }
}
