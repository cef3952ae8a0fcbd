package keepwell.portfolio;

import java.util.ArrayList;
import java.util.List;
import keepwell.journal.Columns;
import keepwell.portfolio.AccountQuery.Sort;

/**
 * Where a page ended.
 *
 * @param values of its last account, by what was sorted; null for none
 * @param account its id
 */
record Place(List<Object> values, String account) {

  /** Whether the last account had nothing to be sorted by, as have all after it. */
  boolean isAmongLast() {
    return values.get(0) == null;
  }

  /**
   * Lets only accounts pass that come after it. They are those with or without a value of the first
   * sort, as this one.
   *
   * @param bounded whether they are within other bounds of the first sort too: an index begins
   *     where a row of values says, or a bound, and not where the nearer of both is
   */
  void narrow(Where where, List<Sort> sorts, boolean bounded) {
    Sort last = sorts.get(sorts.size() - 1);
    byte[] id = Columns.utf8(account);
    if (sorts.size() == 1 && !isAmongLast() && !bounded) { // one look into an index
      where.and(
          "(%s, \"account\") %s (?, ?)".formatted(column(last), than(last)), values.get(0), id);
      return;
    }
    if (!isAmongLast()) { // lets an index begin there
      Sort first = sorts.get(0);
      where.and(column(first) + than(first) + "= ?", values.get(0));
    }
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    for (int i = 0; i < sorts.size(); i++) {
      String column = column(sorts.get(i));
      if (values.get(i) == null) {
        sql.append("(%s IS NULL AND ".formatted(column));
      } else {
        String than = than(sorts.get(i));
        sql.append("(%s %s ? OR %s IS NULL OR %s = ? AND ".formatted(column, than, column, column));
        parameters.add(values.get(i));
        parameters.add(values.get(i));
      }
    }
    sql.append("\"account\" %s ?".formatted(than(last))).append(")".repeat(sorts.size()));
    parameters.add(id);
    where.and(sql.toString(), parameters.toArray());
  }

  private static String column(Sort sort) {
    return sort.key().column();
  }

  private static String than(Sort sort) {
    return sort.descending() ? "<" : ">";
  }
}
