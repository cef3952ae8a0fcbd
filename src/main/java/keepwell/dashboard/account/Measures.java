package keepwell.dashboard.account;

import keepwell.dashboard.frame.Figures;
import keepwell.health.Curve;
import keepwell.health.Curve.Point;
import keepwell.health.Measure;
import keepwell.health.Measure.Of;

/** What metrics measure, in words. */
final class Measures {
  private Measures() {}

  /** A number that was measured, and of what it is one, e.g. "3 in 30 days". */
  static String words(Measure measure, double value) {
    String number = Figures.value(value);
    if (measure.per().isPresent()) {
      Measure per = measure.per().get();
      String within = within(measure);
      return "%s %s%s per %s%s"
          .formatted(
              number,
              unit(measure.of()),
              within.equals(within(per)) ? "" : within,
              one(per),
              within(per));
    }
    int days = measure.windowDays();
    return switch (measure.of()) {
      case COUNT -> number + within(measure);
      case SUM -> number + " in all" + within(measure);
      case USERS, ITEMS, USER_DAYS -> number + " " + unit(measure.of()) + within(measure);
      case DAYS -> "on %s of %s".formatted(number, Figures.count(days, "day"));
      case MEAN -> number + " on average" + within(measure);
      case LATEST -> number + ", the latest" + within(measure);
      case DAYS_SINCE -> value == 0 ? "today" : days(value) + " ago";
      case DAYS_UNTIL ->
          value == 0 ? "today" : value > 0 ? "in " + days(value) : days(-value) + " ago";
      case TREND -> "%s × the %s before".formatted(number, Figures.count(days, "day"));
      case SHIFT -> "%s against the %s before".formatted(signed(value), Figures.count(days, "day"));
      case CHANGE -> signed(value) + "%" + within(measure);
    };
  }

  /** What it takes to score most, e.g. "4 or more score full points". */
  static String best(Measure measure, Curve curve) {
    double highest = curve.points().stream().mapToDouble(Point::y).max().orElse(0);
    var points = curve.points();
    int first = 0;
    while (points.get(first).y() < highest) {
      first++;
    }
    int last = first;
    while (last + 1 < points.size() && points.get(last + 1).y() == highest) {
      last++;
    }
    boolean rises = last == points.size() - 1;
    double x = points.get(rises ? first : last).x();
    String number = figure(measure, curve.isLog1p() ? Math.expm1(x) : x);
    boolean falls = first == 0 && !curve.isSteps();
    return "%s%s %s"
        .formatted(
            number,
            rises ? " or more" : falls ? " or less" : "",
            highest == 100 ? "scores full points" : "scores most");
  }

  private static String figure(Measure measure, double value) {
    return switch (measure.of()) {
      case TREND -> Figures.value(value) + " ×";
      case CHANGE -> Figures.value(value) + "%";
      case DAYS_SINCE, DAYS_UNTIL -> days(value);
      default -> Figures.value(value);
    };
  }

  private static String days(double value) {
    return Figures.value(value) + (value == 1 ? " day" : " days");
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + Figures.value(value);
  }

  private static String within(Measure measure) {
    return measure.windowDays() == 0 ? "" : " in " + Figures.count(measure.windowDays(), "day");
  }

  /** Of a divisor, where nothing else says of which signal it is. */
  private static String one(Measure measure) {
    String signal = measure.signal();
    return switch (measure.of()) {
      case COUNT -> signal;
      case USERS -> "user of " + signal;
      case ITEMS -> "item of " + signal;
      case DAYS -> "day with " + signal;
      case LATEST, MEAN -> unit(measure.of()) + " " + signal;
      default -> unit(measure.of()) + " of " + signal;
    };
  }

  private static String unit(Of of) {
    return switch (of) {
      case COUNT -> "signals";
      case SUM -> "summed";
      case DAYS_SINCE -> "days since the last";
      case DAYS_UNTIL -> "days until the date";
      default -> of.key();
    };
  }
}
