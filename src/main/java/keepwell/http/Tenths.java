package keepwell.http;

import java.util.OptionalDouble;

/** Points with one decimal, as whole numbers of tenths, so that sums of what is shown are right. */
public final class Tenths {
  private Tenths() {}

  public static long tenths(double points) {
    return (long) Math.floor(points * 10 + 0.5);
  }

  public static long tenths(OptionalDouble points) {
    return tenths(points.orElse(0));
  }

  public static String shown(long tenths) {
    return tenths / 10 + "." + tenths % 10;
  }

  public static String signed(long tenths) {
    return (tenths < 0 ? "−" : "+") + shown(Math.abs(tenths));
  }

  static String points(long tenths) {
    return tenths == 10 ? "1.0 point" : shown(tenths) + " points";
  }

  /** Parts in tenths that add up to a total: of those rounded down, the nearest go up. */
  public static long[] split(long total, OptionalDouble... parts) {
    long[] tenths = new long[parts.length];
    double[] rest = new double[parts.length];
    long left = total;
    for (int i = 0; i < parts.length; i++) {
      double exact = parts[i].orElse(0) * 10;
      tenths[i] = (long) Math.floor(exact + 1e-6);
      rest[i] = exact - tenths[i];
      left -= tenths[i];
    }
    for (; left > 0; left--) {
      int nearest = 0;
      for (int i = 1; i < rest.length; i++) {
        nearest = rest[i] > rest[nearest] ? i : nearest;
      }
      tenths[nearest]++;
      rest[nearest]--;
    }
    return tenths;
  }
}
