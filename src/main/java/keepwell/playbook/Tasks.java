package keepwell.playbook;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.playbook.Task.Change;
import keepwell.playbook.Task.FromTo;
import keepwell.playbook.Task.State;

/** The tables of tasks and of what has become of them. */
public final class Tasks {
  private static final String NOBODY = "";
  private static final TypeReference<TreeMap<String, FromTo>> CHANGES = new TypeReference<>() {};

  private final Database database;
  private final Seal seal;

  /**
   * What is to be changed of a task.
   *
   * @param owner an empty text: nobody
   * @param note what somebody says of it
   */
  public record Patch(
      Optional<State> state,
      Optional<String> owner,
      Optional<Instant> dueAt,
      Optional<String> note,
      Optional<String> author) {}

  Tasks(Database database, Seal seal) {
    this.database = database;
    this.seal = seal;
  }

  /** Stores a new one; returns it with its id. */
  Task add(Connection connection, Task task) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO "task" ("run", "step", "playbook", "persistence_id", "account", "title",
              "owner", "owner_key", "given_at", "due_at", "state", "situation")
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Statement.RETURN_GENERATED_KEYS)) {
      Object[] row = {
        task.run(),
        task.step(),
        task.playbook(),
        task.persistenceId(),
        Columns.utf8(task.account()),
        task.title(),
        task.owner().orElse(null),
        ownerKey(task.owner()),
        task.givenAt().toEpochMilli(),
        task.dueAt().toEpochMilli(),
        Runs.text(task.state()),
        Columns.json(task.situation())
      };
      for (int i = 0; i < row.length; i++) {
        insert.setObject(i + 1, row[i]);
      }
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return get(connection, key.getLong("id")).orElseThrow();
      }
    }
  }

  private String ownerKey(Optional<String> owner) {
    return owner.map(seal::key).orElse(NOBODY);
  }

  /** A task; empty if there is none of this id. */
  public Optional<Task> get(long id) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return get(connection, id);
    }
  }

  private static Optional<Task> get(Connection connection, long id) throws SQLException {
    return select(connection, "WHERE \"id\" = ?", List.of(id)).stream().findAny();
  }

  /** The task that a step of a run has given; empty if it has not. */
  static Optional<Task> of(Connection connection, long run, String step) throws SQLException {
    return select(connection, "WHERE \"run\" = ? AND \"step\" = ?", List.of(run, step)).stream()
        .findAny();
  }

  /** All that a run has given. */
  static List<Task> of(Connection connection, long run) throws SQLException {
    return select(connection, "WHERE \"run\" = ? ORDER BY \"id\"", List.of(run));
  }

  /** A page of tasks. */
  public List<Task> page(TaskQuery query) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    query
        .owner()
        .ifPresent(owner -> where("\"owner_key\" = ?", seal.key(owner), conditions, parameters));
    query
        .state()
        .ifPresent(state -> where("\"state\" = ?", Runs.text(state), conditions, parameters));
    query.account().ifPresent(id -> where("\"persistence_id\" = ?", id, conditions, parameters));
    query.playbook().ifPresent(key -> where("\"playbook\" = ?", key, conditions, parameters));
    query
        .dueBefore()
        .ifPresent(
            before -> where("\"due_at\" < ?", before.toEpochMilli(), conditions, parameters));
    query
        .after()
        .ifPresent(
            place -> {
              where("(\"due_at\", \"id\") > (?, ?)", place.dueMillis(), conditions, parameters);
              parameters.add(place.id());
            });
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    parameters.add(query.limit());
    try (Connection connection = database.dataSource().getConnection()) {
      return select(connection, where + " ORDER BY \"due_at\", \"id\" LIMIT ?", parameters);
    }
  }

  /** What each owner has to do; see {@link Workload#open}. */
  public List<Workload.Open> open(Instant now, Instant endOfToday) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new Workload(connection).open(now, endOfToday);
    }
  }

  private static void where(
      String condition, Object value, List<String> conditions, List<Object> parameters) {
    conditions.add(condition);
    parameters.add(value);
  }

  /** What has become of a task, in its order. */
  public List<Change> changes(long id) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Columns.select(
          connection,
          "SELECT * FROM \"task_change\" WHERE \"task\" = ? ORDER BY \"id\"",
          Tasks::readChange,
          id);
    }
  }

  private static Change readChange(ResultSet row) throws SQLException {
    return new Change(
        Instant.ofEpochMilli(row.getLong("at")),
        Optional.ofNullable(row.getString("author")),
        Columns.read(row.getString("changes"), CHANGES),
        Optional.ofNullable(row.getString("note")));
  }

  /**
   * Changes a task, and writes down what has changed; empty if there is none of this id.
   *
   * @param now product time
   */
  public Optional<Task> change(long id, Patch patch, Instant now) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        Optional<Task> changed = change(connection, id, patch, now);
        connection.commit();
        return changed;
      } finally {
        connection.rollback();
      }
    }
  }

  Optional<Task> change(Connection connection, long id, Patch patch, Instant now)
      throws SQLException {
    Optional<Task> found =
        select(connection, "WHERE \"id\" = ? FOR UPDATE", List.of(id)).stream().findAny();
    if (found.isEmpty()) {
      return found;
    }
    Task task = found.get();
    State state = patch.state().orElse(task.state());
    Optional<String> owner =
        patch.owner().isPresent() ? patch.owner().filter(name -> !name.isEmpty()) : task.owner();
    Instant dueAt = patch.dueAt().orElse(task.dueAt());
    Map<String, FromTo> changes = new TreeMap<>();
    note(changes, "state", Runs.text(task.state()), Runs.text(state));
    note(changes, "owner", task.owner().orElse(null), owner.orElse(null));
    note(changes, "dueAt", task.dueAt().toString(), dueAt.toString());
    if (changes.isEmpty() && patch.note().isEmpty()) {
      return found;
    }
    Long endedAt =
        state == State.OPEN
            ? null
            : Columns.millis(changes.containsKey("state") ? Optional.of(now) : task.endedAt());
    Columns.execute(
        connection,
        """
        UPDATE "task" SET "state" = ?, "owner" = ?, "owner_key" = ?, "due_at" = ?, "ended_at" = ?
        WHERE "id" = ?
        """,
        List.<Object[]>of(
            new Object[] {
              Runs.text(state),
              owner.orElse(null),
              ownerKey(owner),
              dueAt.toEpochMilli(),
              endedAt,
              id
            }));
    Columns.execute(
        connection,
        """
        INSERT INTO "task_change" ("task", "at", "author", "changes", "note")
        VALUES (?, ?, ?, ?, ?)
        """,
        List.<Object[]>of(
            new Object[] {
              id,
              now.toEpochMilli(),
              patch.author().orElse(null),
              Columns.json(changes),
              patch.note().orElse(null)
            }));
    if (changes.containsKey("dueAt")) {
      RunSteps.postpone(
          connection,
          task.run(),
          task.step() + RunSteps.ESCALATE,
          Duration.between(task.dueAt(), dueAt));
    }
    return get(connection, id);
  }

  private static void note(Map<String, FromTo> changes, String what, String from, String to) {
    if (!Objects.equals(from, to)) {
      changes.put(what, new FromTo(from, to));
    }
  }

  static List<Task> select(Connection connection, String where, List<?> parameters)
      throws SQLException {
    return Columns.select(
        connection, "SELECT * FROM \"task\" " + where, Tasks::read, parameters.toArray());
  }

  private static Task read(ResultSet row) throws SQLException {
    return new Task(
        row.getLong("id"),
        row.getLong("run"),
        row.getString("step"),
        row.getString("playbook"),
        row.getString("persistence_id"),
        Columns.text(row.getBytes("account")),
        row.getString("title"),
        Optional.ofNullable(row.getString("owner")),
        Instant.ofEpochMilli(row.getLong("given_at")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        Runs.named(State.class, row.getString("state")).orElseThrow(),
        Columns.instant(row, "ended_at"),
        Columns.read(row.getString("situation"), Task.Situation.class));
  }
}
