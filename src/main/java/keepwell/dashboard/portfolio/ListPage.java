package keepwell.dashboard.portfolio;

import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Portfolio;

/**
 * The accounts, in figures and as a list.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param origin of the server, as it was asked
 * @param choices the labels of which a value can be chosen
 * @param tiers that there are, best first
 * @param total how many accounts the selection has
 * @param next the URL of the next page; empty if this is the last
 */
record ListPage(
    long feed,
    String origin,
    Selection selection,
    Summary summary,
    List<Choice> choices,
    List<Tiers.Mark> tiers,
    List<AccountRow> rows,
    String total,
    String next) {

  static ListPage of(
      long feed,
      String origin,
      Summary summary,
      List<Choice> choices,
      Portfolio.Page page,
      Tiers tiers,
      int today) {
    Selection selection = summary.selection();
    return new ListPage(
        feed,
        origin,
        selection,
        summary,
        choices.stream().filter(choice -> !choice.values().isEmpty()).toList(),
        tiers.all(),
        page.accounts().stream().map(listed -> AccountRow.of(listed, tiers, today)).toList(),
        total(page.total(), selection),
        page.next().map(selection::page).orElse(""));
  }

  private static String total(int total, Selection selection) {
    String accounts =
        total > Portfolio.TOTAL_MAX
            ? "More than " + Figures.count(Portfolio.TOTAL_MAX, "account")
            : Figures.count(total, "account");
    return accounts + (selection.isFiltered() ? " with these filters" : "");
  }

  /** Whether there is nothing at all yet. */
  boolean isNew() {
    return rows.isEmpty() && !selection.isFiltered() && selection.isFirstPage();
  }
}
