package keepwell.dashboard.portfolio;

import java.sql.SQLException;
import java.util.Optional;
import keepwell.dashboard.frame.Selection;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Portfolio;

/**
 * Whose accounts the figures are of: those that have a value of one label, or all. Sums are kept by
 * one label at a time, so of several the first counts.
 *
 * @param label of {@link AccountQuery#LABELS}; empty for all accounts
 */
record Scope(String label, String value) {

  static Scope of(Selection selection) {
    return AccountQuery.LABELS.stream()
        .filter(label -> !selection.value(label).isEmpty())
        .findFirst()
        .map(label -> new Scope(label, selection.value(label)))
        .orElse(new Scope("", ""));
  }

  boolean isAll() {
    return label.isEmpty();
  }

  /** The list of all of them. */
  Selection selection() {
    return isAll() ? Selection.none() : Selection.none().and(label, value);
  }

  Overview.Group group(Portfolio portfolio, int today) throws SQLException {
    return isAll()
        ? portfolio.overview(Optional.empty(), today).all()
        : portfolio.group(label, value, today);
  }
}
