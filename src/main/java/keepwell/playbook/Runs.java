package keepwell.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Outcome;
import keepwell.journal.Columns;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.Progress;
import keepwell.playbook.Run.State;

/**
 * The table of runs. Whoever changes it holds the lock on {@link Playbooks#PROJECTION}, so that no
 * run is held and goes on at the same time.
 */
final class Runs {
  private Runs() {}

  /** Stores new ones, with their steps if they are active; returns them with their ids. */
  static List<Run> add(Connection connection, List<Run> runs) throws SQLException {
    List<Run> stored = new ArrayList<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO "run" ("playbook", "version", "persistence_id", "account", "cause",
              "tier", "began_at", "began_on", "noticed_at", "state", "storm", "better_on")
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Statement.RETURN_GENERATED_KEYS)) {
      for (Run run : runs) {
        Object[] row = {
          run.playbook(),
          run.version(),
          run.persistenceId(),
          Columns.utf8(run.account()),
          Columns.json(run.cause()),
          run.tier().orElse(null),
          run.beganAt().toEpochMilli(),
          run.beganOn(),
          run.noticedAt().toEpochMilli(),
          text(run.progress().state()),
          run.progress().storm().orElse(null),
          boxed(run.progress().betterOn())
        };
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.executeUpdate();
        try (ResultSet key = insert.getGeneratedKeys()) {
          key.next();
          stored.add(withId(run, key.getLong("id")));
        }
      }
    }
    return stored;
  }

  private static Run withId(Run run, long id) {
    return new Run(
        id,
        run.playbook(),
        run.version(),
        run.persistenceId(),
        run.account(),
        run.cause(),
        run.tier(),
        run.beganAt(),
        run.beganOn(),
        run.noticedAt(),
        run.progress());
  }

  /** Stores how far some have come. */
  static void update(Connection connection, List<Run> runs) throws SQLException {
    Columns.execute(
        connection,
        """
        UPDATE "run" SET "state" = ?, "storm" = ?, "better_on" = ?, "ended_at" = ?, "ending" = ?,
          "outcome" = ?, "outcome_on" = ? WHERE "id" = ?
        """,
        runs.stream()
            .map(
                run -> {
                  Progress progress = run.progress();
                  return new Object[] {
                    text(progress.state()),
                    progress.storm().orElse(null),
                    boxed(progress.betterOn()),
                    Columns.millis(progress.endedAt()),
                    progress.ending().map(Runs::text).orElse(null),
                    progress.outcome().map(Runs::text).orElse(null),
                    boxed(progress.outcomeOn()),
                    run.id()
                  };
                })
            .toList());
  }

  /** Runs that were suspected are active, and it is known better why. */
  static void confirm(Connection connection, List<Run> runs) throws SQLException {
    Columns.execute(
        connection,
        "UPDATE \"run\" SET \"cause\" = ? WHERE \"id\" = ?",
        runs.stream().map(run -> new Object[] {Columns.json(run.cause()), run.id()}).toList());
    update(connection, runs);
  }

  /** There was nothing to them. */
  static void delete(Connection connection, List<Run> runs) throws SQLException {
    Columns.execute(
        connection,
        "DELETE FROM \"run\" WHERE \"id\" = ?",
        runs.stream().map(run -> new Object[] {run.id()}).toList());
  }

  /** All runs of some accounts, the oldest first. */
  static List<Run> of(Connection connection, Collection<String> persistenceIds)
      throws SQLException {
    return select(
        connection,
        "WHERE \"persistence_id\" = ANY (?) ORDER BY \"id\"",
        connection.createArrayOf("varchar", persistenceIds.toArray()));
  }

  /**
   * Some runs.
   *
   * @param where a condition, perhaps with an order and a limit
   */
  static List<Run> select(Connection connection, String where, Object... parameters)
      throws SQLException {
    return Columns.select(connection, "SELECT * FROM \"run\" " + where, Runs::read, parameters);
  }

  private static Run read(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getString("playbook"),
        row.getInt("version"),
        row.getString("persistence_id"),
        Columns.text(row.getBytes("account")),
        Columns.read(row.getString("cause"), Cause.class),
        Optional.ofNullable(row.getString("tier")),
        Instant.ofEpochMilli(row.getLong("began_at")),
        row.getInt("began_on"),
        Instant.ofEpochMilli(row.getLong("noticed_at")),
        new Progress(
            named(State.class, row.getString("state")).orElseThrow(),
            Optional.ofNullable((Long) row.getObject("storm")),
            day(row, "better_on"),
            Columns.instant(row, "ended_at"),
            named(Ending.class, row.getString("ending")),
            named(Outcome.class, row.getString("outcome")),
            day(row, "outcome_on")));
  }

  static String text(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> Optional<E> named(Class<E> type, String name) {
    return Optional.ofNullable(name).map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }

  private static Integer boxed(OptionalInt day) {
    return day.isPresent() ? day.getAsInt() : null;
  }

  private static OptionalInt day(ResultSet row, String column) throws SQLException {
    int day = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(day);
  }
}
