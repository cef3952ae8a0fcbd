package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.Curve;
import keepwell.health.Curve.Point;

/** What differs between two curves: point by point where they have as many, else as a whole. */
final class CurveChanges {
  private CurveChanges() {}

  record Differing(String what, String now, String was) {}

  static List<Differing> of(Curve was, Curve now) {
    if (was.equals(now)) {
      return List.of();
    }
    List<Point> old = was.points();
    List<Point> fresh = now.points();
    List<Differing> differing = new ArrayList<>();
    boolean alike =
        was.isSteps() == now.isSteps()
            && was.isLog1p() == now.isLog1p()
            && old.size() == fresh.size();
    for (int i = 0; alike && i < old.size(); i++) {
      Point from = old.get(i);
      Point to = fresh.get(i);
      if (from.x() != to.x() && from.y() != to.y()) {
        alike = false;
      } else if (from.x() != to.x()) {
        differing.add(new Differing(scored(to), at(now, to), at(was, from)));
      } else if (from.y() != to.y()) {
        differing.add(
            new Differing(
                "score at " + at(now, to), Numbers.shown(to.y()), Numbers.shown(from.y())));
      }
    }
    return alike && differing.size() <= 2
        ? differing
        : List.of(new Differing("scored so:", whole(now), whole(was)));
  }

  private static String scored(Point point) {
    if (point.y() == 100) {
      return "full score at";
    }
    return point.y() == 0 ? "no score at" : "score of " + Numbers.shown(point.y()) + " at";
  }

  /** Two logarithms may be of numbers that look the same. */
  private static String at(Curve curve, Point point) {
    return curve.isLog1p()
        ? "%s (ln %s)".formatted(CurveDrawing.measured(curve, point.x()), Numbers.shown(point.x()))
        : Numbers.shown(point.x());
  }

  private static String whole(Curve curve) {
    return "(" + CurveDrawing.words(curve) + ")";
  }
}
