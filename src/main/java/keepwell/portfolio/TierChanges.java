package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.journal.Columns;
import keepwell.journal.Seal;

/**
 * The table of the feed. An id is the ordering of the change's event, above a number of the
 * installation's own: so it is the same however often the feed is made anew, rises in the order of
 * commits as there is one writer, and most of another installation's are known not to be ours. It
 * is a whole number that every JSON reader keeps, up to 2⁵³.
 */
final class TierChanges {
  /** More than a thousand million events a day for ten years. */
  private static final int ORDERING_BITS = 42;

  private static final int INSTALLATIONS = 2047;
  private static final int FETCHED = 500;

  private final long base;
  private final Seal seal;

  /** A change, and the persistence id of its account. */
  record Row(String persistenceId, TierChange change) {}

  TierChanges(Seal seal) {
    this.seal = seal;
    this.base = (1L + seal.number(INSTALLATIONS)) << ORDERING_BITS;
  }

  /** The id of the change by an event. */
  long id(long ordering) {
    return base + ordering;
  }

  /** The ordering of the event of an id; negative if the id can't be ours. */
  long ordering(long id) {
    long ordering = id - base;
    return ordering >>> ORDERING_BITS == 0 ? ordering : -1;
  }

  /** How the feed tells a change. */
  TierChange change(long ordering, Listed listed, TierChanged changed) {
    return new TierChange(
        id(ordering),
        listed.account(),
        changed.from(),
        changed.to(),
        changed.score(),
        changed.previousScore(),
        changed.reason().name().toLowerCase(Locale.ROOT),
        changed.scorecard(),
        changed.version(),
        changed.at(),
        changed.quiet(),
        listed.labels());
  }

  void add(Connection connection, List<Row> rows) throws SQLException {
    Columns.execute(
        connection,
        """
        INSERT INTO "tier_change" ("ordering", "persistence_id", "account", "from_tier",
          "to_tier", "score", "previous_score", "reason", "scorecard", "version", "at", "quiet",
          "labels")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows.stream().map(this::columns).toList());
  }

  private Object[] columns(Row row) {
    TierChange change = row.change();
    byte[] account = Columns.utf8(change.account());
    return new Object[] {
      ordering(change.id()),
      row.persistenceId(),
      change.reason().equals(TierChange.ERASED) ? seal.close(account) : account,
      change.from().orElse(null),
      change.to().orElse(null),
      change.score().orElse(null),
      change.previousScore().orElse(null),
      change.reason(),
      change.scorecard().orElse(null),
      change.version(),
      change.at().toEpochMilli(),
      change.quiet(),
      Columns.json(change.labels())
    };
  }

  void delete(Connection connection, Collection<TierChange> deleted) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"tier_change\" WHERE \"ordering\" = ?",
        deleted.stream().map(change -> new Object[] {ordering(change.id())}).toList());
  }

  /** All changes, in their order. */
  void read(Connection connection, Consumer<TierChange> changes) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM \"tier_change\" ORDER BY \"ordering\"")) {
      select.setFetchSize(FETCHED);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          changes.accept(read(rows));
        }
      }
    }
  }

  /** Deletes what the feed has of an account, and returns it. */
  List<TierChange> forget(Connection connection, String persistenceId) throws SQLException {
    List<TierChange> forgotten = of(connection, persistenceId);
    Columns.execute(
        connection,
        "DELETE FROM \"tier_change\" WHERE \"persistence_id\" = ?",
        List.<Object[]>of(new Object[] {persistenceId}));
    return forgotten;
  }

  /** The changes of an account, in their order. */
  List<TierChange> of(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM \"tier_change\" WHERE \"persistence_id\" = ? ORDER BY \"ordering\"")) {
      select.setString(1, persistenceId);
      return read(select);
    }
  }

  /** The changes with these ids, as far as they are there. */
  List<TierChange> of(Connection connection, Collection<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM \"tier_change\" WHERE \"ordering\" IN (" + places + ")")) {
      int place = 1;
      for (long id : ids) {
        select.setLong(place++, ordering(id));
      }
      return read(select);
    }
  }

  /** Changes after an id, in their order. */
  List<TierChange> after(Connection connection, long id, int max) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM \"tier_change\" WHERE \"ordering\" > ? ORDER BY \"ordering\" LIMIT ?")) {
      select.setLong(1, id == 0 ? 0 : ordering(id));
      select.setInt(2, max);
      return read(select);
    }
  }

  private List<TierChange> read(PreparedStatement select) throws SQLException {
    List<TierChange> changes = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        changes.add(read(rows));
      }
    }
    return changes;
  }

  private TierChange read(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    byte[] account = row.getBytes("account");
    return new TierChange(
        id(row.getLong("ordering")),
        Columns.text(reason.equals(TierChange.ERASED) ? seal.open(account).orElseThrow() : account),
        Optional.ofNullable(row.getString("from_tier")),
        Optional.ofNullable(row.getString("to_tier")),
        Columns.number(row, "score"),
        Columns.number(row, "previous_score"),
        reason,
        Optional.ofNullable(row.getString("scorecard")),
        row.getInt("version"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getBoolean("quiet"),
        Columns.labels(row.getString("labels")));
  }
}
