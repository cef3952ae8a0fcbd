package keepwell.dashboard.executive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Bands;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;

/**
 * The tiers of all accounts, against what they were a month ago.
 *
 * @param words what the bar shows, for those who do not see it
 * @param worth whether it is known of any what it is worth
 * @param since when it was, such as "on 1 Mar" or "a month ago"; empty if nothing is known of
 *     before
 */
record Month(String words, boolean worth, String since, List<Part> parts) {
  private static final int DAYS = 30;

  /**
   * A tier.
   *
   * @param points by how many of a hundred accounts its share has changed; empty if that is unknown
   * @param arrChange by how much it is worth more or less; empty if that is unknown
   * @param unchanged whether it is what it was
   * @param from where it begins in a bar of all accounts, in percent
   * @param width in that bar, in percent
   */
  record Part(
      Tiers.Mark tier,
      String accounts,
      String percent,
      String arr,
      String points,
      String arrChange,
      boolean unchanged,
      double from,
      double width) {}

  /**
   * @param today counted from 1970-01-01
   */
  static Month of(Group group, Tiers tiers, int today) {
    Map<Tiers.Mark, Band> now = Bands.of(group.bands(), tiers);
    Optional<Day> before = before(group, today);
    Map<Tiers.Mark, Band> then = before.map(day -> Bands.of(day.bands(), tiers)).orElseGet(Map::of);
    boolean worth = Bands.arr(group.bands()) != 0;
    long all = Bands.accounts(group.bands());
    long allThen = Bands.accounts(List.copyOf(then.values()));
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (Map.Entry<Tiers.Mark, Band> each : now.entrySet()) {
      Band band = each.getValue();
      Band was = then.getOrDefault(each.getKey(), Bands.empty(each.getKey()));
      double width = all == 0 ? 0 : 100.0 * band.accounts() / all;
      parts.add(
          new Part(
              each.getKey(),
              Figures.count(band.accounts()),
              Figures.percent(width / 100),
              Figures.compact(band.arr()),
              before.isEmpty() ? "" : points(width - 100.0 * was.accounts() / allThen),
              before.isEmpty() ? "" : grown(band.arr() - was.arr()),
              band.accounts() == was.accounts() && Math.round(band.arr() - was.arr()) == 0,
              from,
              width));
      from += width;
    }
    return new Month(
        parts.stream()
            .map(part -> part.tier().name() + " " + part.percent())
            .collect(Collectors.joining(", ")),
        worth,
        before.map(day -> since(day.day(), today)).orElse(""),
        parts);
  }

  /** The same after "against". */
  String against() {
    return since.replaceFirst("^on ", "");
  }

  /** The first of the last thirty days on which there were accounts. */
  static Optional<Day> before(Group group, int today) {
    return group.days().stream()
        .filter(day -> day.day() >= today - DAYS && day.day() < today)
        .filter(day -> Bands.accounts(day.bands()) > 0)
        .findFirst();
  }

  static String since(int day, int today) {
    return day == today - DAYS ? "a month ago" : "on " + Figures.day(day, today);
  }

  private static String points(double points) {
    return Figures.change(points) + " pt";
  }

  /** With its sign. */
  static String grown(double amount) {
    return (Math.round(amount) > 0 ? "+" : "") + Figures.compact(amount);
  }
}
