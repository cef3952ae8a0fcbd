package keepwell.dashboard.portfolio;

import java.util.stream.Collectors;
import keepwell.dashboard.frame.BandDays;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Renewals;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Shares;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Overview.Band;

/**
 * The accounts in figures.
 *
 * @param sentence how many they are, and what they are worth
 * @param list all of them
 * @param selection the list that is shown with them
 */
record Summary(
    String sentence,
    Selection list,
    Selection selection,
    Shares shares,
    BandDays days,
    Renewals renewals,
    Moves moves) {

  /**
   * @param group the accounts of the scope
   * @param movesDays over how many days moves are counted: 7 or 30
   * @param today counted from 1970-01-01
   */
  static Summary of(
      Selection selection,
      Scope scope,
      Overview.Group group,
      int movesDays,
      Tiers tiers,
      int today) {
    return new Summary(
        sentence(selection, scope, group),
        scope.selection(),
        selection,
        Shares.of(group, tiers, 7),
        BandDays.of(group, tiers, today),
        Renewals.of(group, tiers, scope.selection()),
        Moves.of(group.moves(), tiers, movesDays));
  }

  private static String sentence(Selection selection, Scope scope, Overview.Group group) {
    long accounts = group.bands().stream().mapToLong(Band::accounts).sum();
    double arr = group.bands().stream().mapToDouble(Band::arr).sum();
    String others =
        selection.labels().stream()
            .map(Selection.Filter::name)
            .filter(label -> !label.equals(scope.label()))
            .collect(Collectors.joining(" and "));
    return Figures.count(accounts, "account")
        + (scope.isAll() ? "" : " with " + scope.label() + " " + scope.value())
        + (arr == 0 ? "" : ", " + Figures.compact(arr) + " ARR")
        + (others.isEmpty() ? "" : ". The " + others + " narrows only the list");
  }
}
