package keepwell.dashboard.frame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Renewal;

/**
 * The renewals ahead, by tier.
 *
 * @param sentence what matters most of it
 * @param list the URL of the accounts that it is about; empty for none
 * @param worth whether it is known of any what it is worth
 * @param tiers the columns
 * @param rows none if no renewal is known
 */
public record Renewals(
    String sentence, String list, boolean worth, List<Tiers.Mark> tiers, List<Row> rows) {

  /**
   * Those within some days.
   *
   * @param words what the bar shows, for those who do not see it
   */
  public record Row(int withinDays, String words, List<Cell> cells) {}

  /**
   * Those of a tier.
   *
   * @param figure what they are worth, or how many they are where that is not known
   * @param accounts how many they are, where they are told by what they are worth
   * @param list the URL of them; empty for none
   * @param from where it begins in a bar of all within the longest time, in percent
   * @param width in that bar, in percent
   */
  public record Cell(
      Tiers.Mark tier, String figure, String accounts, String list, double from, double width) {}

  /**
   * @param selection of the accounts: what it has is in the URLs
   */
  public static Renewals of(Group group, Tiers tiers, Selection selection) {
    Map<Integer, List<Renewal>> within =
        group.renewals().stream().collect(Collectors.groupingBy(Renewal::withinDays));
    if (within.isEmpty()) {
      return new Renewals("No renewal is known within 90 days.", "", false, List.of(), List.of());
    }
    List<Integer> horizons = Overview.RENEWALS_WITHIN_DAYS;
    int longest = horizons.get(horizons.size() - 1);
    List<Band> all = bands(within, longest);
    boolean worth = Bands.arr(all) != 0;
    Map<Tiers.Mark, Band> columns = Bands.of(all, tiers);
    double whole = columns.values().stream().mapToDouble(band -> size(band, worth)).sum();
    List<Row> rows = new ArrayList<>();
    for (int days : horizons) {
      rows.add(
          row(
              days,
              columns.keySet(),
              Bands.of(bands(within, days), tiers),
              whole,
              worth,
              selection));
    }
    Tiers.Mark worst = worst(columns);
    Band band = columns.get(worst);
    return new Renewals(
        sentence(worst, band, worth, longest),
        band.accounts() == 0 ? "" : list(selection, worst, longest),
        worth,
        List.copyOf(columns.keySet()),
        rows);
  }

  private static List<Band> bands(Map<Integer, List<Renewal>> within, int days) {
    return within.getOrDefault(days, List.of()).stream().map(Renewal::band).toList();
  }

  /** In a bar: what is worth less than nothing has no width. */
  private static double size(Band band, boolean worth) {
    return worth ? Math.max(0, band.arr()) : band.accounts();
  }

  private static Row row(
      int days,
      Set<Tiers.Mark> columns,
      Map<Tiers.Mark, Band> bands,
      double whole,
      boolean worth,
      Selection selection) {
    List<Cell> cells = new ArrayList<>();
    double before = 0;
    for (Tiers.Mark tier : columns) {
      Band band = bands.getOrDefault(tier, Bands.empty(tier));
      double width = whole == 0 ? 0 : 100 * size(band, worth) / whole;
      cells.add(
          new Cell(
              tier,
              worth ? Figures.compact(band.arr()) : Figures.count(band.accounts()),
              worth ? Figures.count(band.accounts()) : "",
              band.accounts() == 0 || tier.key().isEmpty() ? "" : list(selection, tier, days),
              before,
              width));
      before += width;
    }
    return new Row(
        days,
        cells.stream()
            .map(cell -> cell.tier().name() + " " + cell.figure())
            .collect(Collectors.joining(", ")),
        cells);
  }

  private static String list(Selection selection, Tiers.Mark tier, int days) {
    return selection.and("tier", tier.key()).with("renewingWithin", "P" + days + "D") + "#accounts";
  }

  /** Where scorecards have different ones, that which is worth most. */
  private static Tiers.Mark worst(Map<Tiers.Mark, Band> columns) {
    return columns.keySet().stream()
        .filter(tier -> tier.shape().equals("worst"))
        .max(
            Comparator.comparingDouble((Tiers.Mark tier) -> columns.get(tier).arr())
                .thenComparingLong(tier -> columns.get(tier).accounts()))
        .orElseGet(() -> columns.keySet().iterator().next());
  }

  private static String sentence(Tiers.Mark tier, Band band, boolean worth, int days) {
    if (band.accounts() == 0) {
      return "No %s account renews within %d days.".formatted(tier.name(), days);
    }
    String accounts = Figures.count(band.accounts(), tier.name() + " account");
    String renew = band.accounts() == 1 ? "renews" : "renew";
    return worth
        ? "%s worth %s a year %s within %d days."
            .formatted(accounts, Figures.compact(band.arr()), renew, days)
        : "%s %s within %d days.".formatted(accounts, renew, days);
  }
}
