package keepwell.dashboard.frame;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;

/**
 * The share that each tier had day by day, as small drawings: a point of one is as high as a point
 * of the others. Places are in percent of a drawing, from its upper left corner.
 *
 * @param note how many days there are, and how they are drawn
 * @param lastDay the width of the lines' own coordinates: a day is 1, and their height is 100
 * @param lines none if fewer than two days are known
 */
public record BandDays(String note, int lastDay, List<Line> lines, List<Tick> ticks) {
  /** At least so much is drawn from top to bottom, lest next to nothing looks like a lot. */
  private static final double SPAN_MIN = 0.05;

  private static final double HEIGHT = 88;
  private static final int DAYS = 90;
  private static final int DAYS_PER_TICK = 7;
  private static final int TICKS_MAX = 2;

  /**
   * A tier.
   *
   * @param words what it shows, for those who do not see it
   * @param points of the line
   * @param first where it begins
   * @param last where it ends
   * @param percent its share on the last day
   * @param change by how many points of a hundred it has changed
   */
  public record Line(
      Tiers.Mark tier,
      String words,
      String points,
      String first,
      String last,
      String percent,
      String change) {

    /** What lies between the line and the level at which it began. */
    public String area(int lastDay) {
      return "0,%1$s %2$s %3$d,%1$s".formatted(first, points, lastDay);
    }
  }

  /** A day that is named below the drawings. */
  public record Tick(String name, String x, String anchor) {}

  /**
   * @param today counted from 1970-01-01
   */
  public static BandDays of(Group group, Tiers tiers, int today) {
    List<Day> days =
        group.days().stream().dropWhile(day -> Bands.accounts(day.bands()) == 0).toList();
    if (days.size() < 2) {
      return new BandDays("", 0, List.of(), List.of());
    }
    List<Map<Tiers.Mark, Band>> bands =
        days.stream().map(day -> Bands.of(day.bands(), tiers)).toList();
    List<Tiers.Mark> marks = marks(bands, tiers);
    List<double[]> shares = marks.stream().map(mark -> shares(bands, mark)).toList();
    double span = shares.stream().mapToDouble(BandDays::range).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      lines.add(line(marks.get(i), shares.get(i), Math.max(span, SPAN_MIN)));
    }
    return new BandDays(
        "%d days%s, one scale, dashed at the start"
            .formatted(days.size(), days.size() < DAYS - 1 ? " are known" : ""),
        days.size() - 1,
        lines,
        ticks(days, today));
  }

  /** All that there were; none comes last. */
  private static List<Tiers.Mark> marks(List<Map<Tiers.Mark, Band>> bands, Tiers tiers) {
    Set<Tiers.Mark> marks = new LinkedHashSet<>();
    bands.forEach(day -> marks.addAll(day.keySet()));
    Tiers.Mark none = tiers.of(Optional.empty());
    if (marks.remove(none)) {
      marks.add(none);
    }
    return List.copyOf(marks);
  }

  private static double[] shares(List<Map<Tiers.Mark, Band>> bands, Tiers.Mark mark) {
    return bands.stream()
        .mapToDouble(
            day -> {
              long all = Bands.accounts(List.copyOf(day.values()));
              Band band = day.getOrDefault(mark, Bands.empty(mark));
              return all == 0 ? 0 : (double) band.accounts() / all;
            })
        .toArray();
  }

  private static double range(double[] shares) {
    return DoubleStream.of(shares).max().orElse(0) - DoubleStream.of(shares).min().orElse(0);
  }

  private static Line line(Tiers.Mark tier, double[] shares, double span) {
    double middle = DoubleStream.of(shares).min().orElse(0) + range(shares) / 2;
    List<String> places =
        DoubleStream.of(shares)
            .mapToObj(share -> place(50 - (share - middle) / span * HEIGHT))
            .toList();
    List<String> points = new ArrayList<>();
    for (int day = 0; day < places.size(); day++) {
      points.add(day + "," + places.get(day));
    }
    String from = Figures.percent(shares[0]);
    String to = Figures.percent(shares[shares.length - 1]);
    return new Line(
        tier,
        "%s: %s to %s in %d days".formatted(tier.name(), from, to, shares.length),
        String.join(" ", points),
        places.get(0),
        places.get(places.size() - 1),
        to,
        Figures.change(100 * (shares[shares.length - 1] - shares[0])) + " pt");
  }

  private static String place(double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }

  /** The first and the last day, and some between where there is room. */
  private static List<Tick> ticks(List<Day> days, int today) {
    int last = days.size() - 1;
    int steps = Math.max(1, Math.min(TICKS_MAX, last / DAYS_PER_TICK));
    List<Tick> ticks = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      int at = last * step / steps;
      int day = days.get(at).day();
      ticks.add(
          new Tick(
              day == today ? "Today" : Figures.day(day, today),
              place(100.0 * at / last),
              step == 0 ? "start" : step == steps ? "end" : "middle"));
    }
    return ticks;
  }
}
