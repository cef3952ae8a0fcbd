package keepwell.health;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From a measured number to a score of 0 to 100: points joined by straight lines and flat beyond
 * both ends, or steps, of which the last that begins at or below the number counts, else 0.
 */
public final class Curve {
  private static final double ROUNDING = 1e-6;

  /** A corner, or where a step begins; x is what the transform makes of what was measured. */
  public record Point(double x, double y) {}

  private final double[] xs;
  private final double[] ys;
  private final boolean steps;
  private final boolean log1p;

  /**
   * @param points pairs of x and y, x strictly rising
   * @param log1p whether ln(1 + max(x, 0)) is taken first
   */
  Curve(List<double[]> points, boolean steps, boolean log1p) {
    this.xs = points.stream().mapToDouble(point -> point[0]).toArray();
    this.ys = points.stream().mapToDouble(point -> point[1]).toArray();
    this.steps = steps;
    this.log1p = log1p;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Curve curve
        && Arrays.equals(xs, curve.xs)
        && Arrays.equals(ys, curve.ys)
        && steps == curve.steps
        && log1p == curve.log1p;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(xs) + 31 * Arrays.hashCode(ys);
  }

  /** Its points, x rising. */
  public List<Point> points() {
    return IntStream.range(0, xs.length).mapToObj(i -> new Point(xs[i], ys[i])).toList();
  }

  public boolean isSteps() {
    return steps;
  }

  /** Whether ln(1 + max(x, 0)) is taken first. */
  public boolean isLog1p() {
    return log1p;
  }

  /** The score of a number. */
  public double at(double value) {
    double x = log1p ? Math.log1p(Math.max(value, 0)) : value;
    int above = above(x);
    if (above == 0) {
      return steps ? 0 : ys[0];
    }
    int at = above - 1;
    if (steps || above == xs.length) {
      return ys[at];
    }
    return ys[at] + (x - xs[at]) / (xs[above] - xs[at]) * (ys[above] - ys[at]);
  }

  /** The index of the first point beyond x. */
  private int above(double x) {
    int above = 0;
    while (above < xs.length && xs[above] <= x) {
      above++;
    }
    return above;
  }

  /**
   * How many steps a number can go for certain before its score is another; {@link Days#NEVER} if
   * it can go for ever.
   *
   * @param step 1 or -1
   */
  int steadySteps(double value, int step) {
    int above = above(log1p ? Math.log1p(Math.max(value, 0)) : value);
    boolean inside = above > 0 && above < xs.length;
    if (inside && !steps && ys[above] != ys[above - 1]) {
      return 0;
    }
    int bound = step > 0 ? above : above - 1;
    if (bound < 0 || bound == xs.length) {
      return Days.NEVER;
    }
    double x = log1p ? Math.expm1(xs[bound]) : xs[bound];
    double away = Math.abs(x - value) - ROUNDING;
    return (int) Math.max(0, Math.min(Days.NEVER, Math.ceil(away) - 1));
  }
}
