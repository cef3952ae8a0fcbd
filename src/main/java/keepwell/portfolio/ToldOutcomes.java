package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.Days;
import keepwell.journal.Columns;

/** What became of accounts, as it was told last, on its way into the table {@code outcome}. */
final class ToldOutcomes {
  private static final String ERASE = "DELETE FROM \"outcome\" WHERE \"persistence_id\" = ?";
  private static final String DELETE = ERASE + " AND \"day\" = ?";
  private static final String INSERT =
      "INSERT INTO \"outcome\" (\"persistence_id\", \"day\", \"outcome\", \"at\")"
          + " VALUES (?, ?, ?, ?)";

  private final Days days;
  private final Set<String> erased = new HashSet<>();

  /** None where it was taken back. */
  private final Map<Key, Optional<Row>> told = new HashMap<>();

  private record Key(String persistenceId, int day) {}

  /**
   * @param at epoch milliseconds of product time
   */
  private record Row(String outcome, long at) {}

  ToldOutcomes(Days days) {
    this.days = days;
  }

  void tell(String persistenceId, OutcomeRecorded recorded) {
    long at = recorded.happenedAt().toEpochMilli();
    told.put(
        new Key(persistenceId, days.of(recorded.happenedAt())),
        recorded.outcome().map(outcome -> new Row(outcome.toString(), at)));
  }

  /** Nothing is left of what was told of an account. */
  void erase(String persistenceId) {
    told.keySet().removeIf(key -> key.persistenceId.equals(persistenceId));
    erased.add(persistenceId);
  }

  void write(Connection connection) throws SQLException {
    List<Object[]> deleted = new ArrayList<>();
    List<Object[]> inserted = new ArrayList<>();
    told.forEach(
        (key, row) -> {
          deleted.add(new Object[] {key.persistenceId, key.day});
          row.ifPresent(
              it -> inserted.add(new Object[] {key.persistenceId, key.day, it.outcome, it.at}));
        });
    Columns.execute(connection, ERASE, erased.stream().map(id -> new Object[] {id}).toList());
    Columns.execute(connection, DELETE, deleted);
    Columns.execute(connection, INSERT, inserted);
  }

  /**
   * Those of some accounts of which the table has not what all their events tell. When this is
   * written it has nothing else of them.
   */
  Set<String> differing(Connection connection, Collection<String> persistenceIds)
      throws SQLException {
    Map<Key, Optional<Row>> stored = stored(connection, persistenceIds);
    Set<String> differing = new HashSet<>();
    told.forEach(
        (key, row) -> {
          if (!stored.getOrDefault(key, Optional.empty()).equals(row)) {
            differing.add(key.persistenceId);
          }
        });
    stored.keySet().removeAll(told.keySet());
    stored.keySet().forEach(key -> differing.add(key.persistenceId));
    erased.addAll(differing);
    return differing;
  }

  private static Map<Key, Optional<Row>> stored(
      Connection connection, Collection<String> persistenceIds) throws SQLException {
    Map<Key, Optional<Row>> stored = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"persistence_id\", \"day\", \"outcome\", \"at\" FROM \"outcome\""
                + " WHERE \"persistence_id\" = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("varchar", persistenceIds.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          stored.put(
              new Key(rows.getString(1), rows.getInt(2)),
              Optional.of(new Row(rows.getString(3), rows.getLong(4))));
        }
      }
    }
    return stored;
  }
}
