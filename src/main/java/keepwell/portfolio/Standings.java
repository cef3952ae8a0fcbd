package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.AccountEvent.Loss;
import keepwell.journal.Columns;
import keepwell.journal.Seal;

/** The table of how every account stands, by persistence id. */
final class Standings {
  private static final List<String> COLUMNS =
      List.of(
          "account",
          "name",
          "owner",
          "segment",
          "parent",
          "labels",
          "tier",
          "tier_since",
          "previous_tier",
          "score",
          "trend7",
          "trend30",
          "loss",
          "arr",
          "renewal_on",
          "review_on",
          "closed_at",
          "published_at");

  private static final String UPDATE =
      COLUMNS.stream()
          .map(column -> "\"" + column + "\" = ?")
          .collect(
              Collectors.joining(
                  ", ", "UPDATE \"standing\" SET ", " WHERE \"persistence_id\" = ?"));

  private static final String INSERT =
      "INSERT INTO \"standing\" (%s, \"persistence_id\") VALUES (%s?)"
          .formatted(
              COLUMNS.stream()
                  .map(column -> "\"" + column + "\"")
                  .collect(Collectors.joining(", ")),
              "?, ".repeat(COLUMNS.size()));

  private static final String DELETE = "DELETE FROM \"standing\" WHERE \"persistence_id\" = ?";

  private static final int FETCHED = 500;

  private Standings() {}

  /** Those that are there. */
  static Map<String, Listed> load(Connection connection, Collection<String> persistenceIds)
      throws SQLException {
    Map<String, Listed> listed = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM \"standing\" WHERE \"persistence_id\" = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("varchar", persistenceIds.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          listed.put(rows.getString("persistence_id"), read(rows));
        }
      }
    }
    return listed;
  }

  /** All of them. */
  static void read(Connection connection, Consumer<Listed> listed) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM \"standing\"")) {
      select.setFetchSize(FETCHED);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          listed.accept(read(rows));
        }
      }
    }
  }

  static Listed read(ResultSet row) throws SQLException {
    return new Listed(
        Columns.text(row.getBytes("account")),
        Columns.labels(row.getString("labels")),
        Optional.ofNullable(row.getString("tier")),
        Columns.instant(row, "tier_since"),
        Optional.ofNullable(row.getString("previous_tier")),
        Columns.number(row, "score"),
        Columns.number(row, "trend7"),
        Columns.number(row, "trend30"),
        Optional.ofNullable(row.getString("loss")).map(json -> Columns.read(json, Loss.class)),
        Columns.number(row, "arr"),
        Optional.ofNullable((Integer) row.getObject("renewal_on")),
        row.getInt("review_on"),
        Columns.instant(row, "closed_at"),
        Columns.instant(row, "published_at"));
  }

  /** Makes the table right: what is in {@code before} alone is deleted. */
  static void write(
      Connection connection, Seal seal, Map<String, Listed> before, Map<String, Listed> now)
      throws SQLException {
    List<Object[]> inserted = new ArrayList<>();
    List<Object[]> updated = new ArrayList<>();
    List<Object[]> deleted = new ArrayList<>();
    now.forEach(
        (persistenceId, listed) -> {
          Listed was = before.get(persistenceId);
          if (was == null) {
            inserted.add(row(seal, persistenceId, listed));
          } else if (!was.equals(listed)) {
            updated.add(row(seal, persistenceId, listed));
          }
        });
    before.keySet().stream()
        .filter(persistenceId -> !now.containsKey(persistenceId))
        .forEach(persistenceId -> deleted.add(new Object[] {persistenceId}));
    Columns.execute(connection, DELETE, deleted);
    Columns.execute(connection, UPDATE, updated);
    Columns.execute(connection, INSERT, inserted);
  }

  private static Object[] row(Seal seal, String persistenceId, Listed listed) {
    return Stream.of(
            Columns.utf8(listed.account()),
            Columns.folded(listed.name()),
            group(seal, listed, "owner"),
            group(seal, listed, "segment"),
            group(seal, listed, "parent"),
            Columns.json(listed.labels()),
            listed.tier().orElse(null),
            Columns.millis(listed.tierSince()),
            listed.previousTier().orElse(null),
            listed.score().orElse(null),
            listed.trend7().orElse(null),
            listed.trend30().orElse(null),
            listed.loss().map(Columns::json).orElse(null),
            listed.arr().orElse(null),
            listed.renewalOn().orElse(null),
            listed.reviewOn(),
            Columns.millis(listed.closedAt()),
            Columns.millis(listed.publishedAt()),
            persistenceId)
        .toArray();
  }

  /** What stands for a label: as short for every value, as an index takes no long rows. */
  private static String group(Seal seal, Listed listed, String label) {
    String value = listed.labels().get(label);
    return value == null ? null : Sums.Group.of(seal, label, value).key();
  }
}
