package keepwell.portfolio;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What rows must meet, with the parameters of it. */
final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /** Another that begins as this. */
  Where copy() {
    Where copy = new Where();
    copy.conditions.addAll(conditions);
    copy.parameters.addAll(parameters);
    return copy;
  }

  void and(String condition, Object... values) {
    conditions.add(condition);
    parameters.addAll(Arrays.asList(values));
  }

  String sql() {
    return String.join(" AND ", conditions);
  }

  /**
   * Sets the parameters.
   *
   * @param before how many there are already
   * @return how many there are then
   */
  int set(PreparedStatement statement, int before) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(before + i + 1, parameters.get(i));
    }
    return before + parameters.size();
  }
}
