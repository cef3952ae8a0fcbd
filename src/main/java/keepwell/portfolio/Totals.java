package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import keepwell.journal.Seal;
import keepwell.portfolio.Sums.Group;

/** How many accounts a query is for, where the sums know it: nothing has to be counted then. */
final class Totals {
  private Totals() {}

  /** Empty if it has to be counted. */
  static OptionalLong of(Connection connection, Seal seal, AccountQuery query, int today)
      throws SQLException {
    boolean counted =
        query.closed()
            || query.prefix().isPresent()
            || query.below().isPresent()
            || query.labels().size() > 1;
    if (counted) {
      return OptionalLong.empty();
    }
    Group group =
        query.labels().entrySet().stream()
            .findFirst()
            .map(label -> Group.of(seal, label.getKey(), label.getValue()))
            .orElse(Group.ALL);
    boolean renewing = query.renewingWithinDays().isPresent();
    StringBuilder sql =
        new StringBuilder("SELECT COALESCE(SUM(\"accounts\"), 0) FROM \"")
            .append(renewing ? "renewal" : "band")
            .append("\" WHERE \"group\" = ?");
    List<Object> parameters = new ArrayList<>(List.of(group.key()));
    if (renewing) {
      sql.append(" AND \"day\" >= ? AND \"day\" <= ?");
      parameters.add(today);
      parameters.add(today + query.renewingWithinDays().get());
    }
    if (query.tier().isPresent()) {
      sql.append(" AND \"tier\" = ?");
      parameters.add(query.tier().get());
    }
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < parameters.size(); i++) {
        select.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return OptionalLong.of(row.getLong(1));
      }
    }
  }
}
