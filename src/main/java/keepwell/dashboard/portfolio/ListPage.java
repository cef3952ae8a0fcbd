package keepwell.dashboard.portfolio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Portfolio;

/**
 * The list of accounts.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param origin of the server, as it was asked
 * @param bands the tiers of all accounts that are open
 * @param total how many accounts the selection has
 * @param next the URL of the next page; empty if this is the last
 */
record ListPage(
    long feed,
    String origin,
    Selection selection,
    String accounts,
    String arr,
    List<Share> bands,
    List<AccountRow> rows,
    String total,
    String next) {

  /**
   * A tier's share of all accounts.
   *
   * @param from where it begins in a bar of them all, in percent
   * @param width in that bar, in percent
   */
  record Share(
      Tiers.Mark tier, String accounts, String percent, String arr, double from, double width) {}

  static ListPage of(
      long feed,
      String origin,
      Selection selection,
      Overview overview,
      Portfolio.Page page,
      Tiers tiers,
      int today) {
    List<Band> bands = overview.all().bands();
    long accounts = bands.stream().mapToLong(Band::accounts).sum();
    double arr = bands.stream().mapToDouble(Band::arr).sum();
    return new ListPage(
        feed,
        origin,
        selection,
        Figures.count(accounts, "account"),
        arr == 0 ? "" : Figures.compact(arr),
        shares(bands, tiers, accounts),
        page.accounts().stream().map(listed -> AccountRow.of(listed, tiers, today)).toList(),
        page.total() > Portfolio.TOTAL_MAX
            ? "More than " + Figures.count(Portfolio.TOTAL_MAX, "account")
            : Figures.count(page.total(), "account"),
        page.next().map(selection::page).orElse(""));
  }

  private static List<Share> shares(List<Band> bands, Tiers tiers, long all) {
    Map<Tiers.Mark, Band> byTier = new LinkedHashMap<>();
    tiers.all().forEach(tier -> byTier.put(tier, new Band(Optional.of(tier.key()), 0, 0)));
    bands.stream()
        .filter(band -> band.tier().isPresent())
        .forEach(band -> byTier.put(tiers.of(band.tier()), band));
    bands.stream()
        .filter(band -> band.tier().isEmpty())
        .forEach(band -> byTier.put(tiers.of(band.tier()), band));
    List<Share> shares = new ArrayList<>();
    long before = 0;
    for (Map.Entry<Tiers.Mark, Band> each : byTier.entrySet()) {
      Band band = each.getValue();
      double share = all == 0 ? 0 : (double) band.accounts() / all;
      shares.add(
          new Share(
              each.getKey(),
              Figures.count(band.accounts()),
              Figures.percent(share),
              Figures.compact(band.arr()),
              all == 0 ? 0 : 100.0 * before / all,
              100 * share));
      before += band.accounts();
    }
    return shares;
  }

  /** Whether there is nothing at all yet. */
  boolean isNew() {
    return rows.isEmpty() && !selection.isFiltered() && selection.isFirstPage();
  }
}
