package keepwell.playbook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.playbook.Run.State;

/** What is told of what playbooks do: the same by every node. */
public final class Tally {
  private static final int COUNTED_MAX = 100_000;

  /** Each costs a look at its account. */
  private static final int TASKS_MAX = 10_000;

  private static final List<State> COUNTED = List.of(State.SUSPECTED, State.HELD, State.ACTIVE);

  private static final String RUNS =
      """
      SELECT COUNT(*) FROM (SELECT 1 FROM "run" WHERE "state" = ? LIMIT %d) AS "some"
      """
          .formatted(COUNTED_MAX);

  private static final String STORMS = "SELECT COUNT(*) FROM \"storm\" WHERE \"state\" = 'held'";

  /** From 0 on: else an embedded database passes over all that are done, whose instant is null. */
  private static final String STEPS =
      """
      SELECT COUNT(*), COALESCE(MIN("due_at"), ?) FROM (
        SELECT "due_at" FROM "run_step" WHERE "due_at" BETWEEN 0 AND ?
        ORDER BY "due_at" LIMIT %d) AS "some"
      """
          .formatted(COUNTED_MAX);

  /** Those that are overdue come first, so that they are among those that are counted. */
  private static final String TASKS =
      """
      SELECT COUNT(*), COUNT(CASE WHEN "due_at" < ? THEN 1 END) FROM (
        SELECT "due_at" FROM "task" WHERE "state" = 'open' %s ORDER BY "due_at" LIMIT %d) AS "some"
      """
          .formatted(Workload.OF_OPEN_ACCOUNTS, TASKS_MAX);

  private final Database database;
  private final InstantSource productClock;
  private volatile Figures figures = new Figures(Map.of(), 0, new Steps(0, 0), new Tasks(0, 0));

  private record Figures(Map<State, Long> runs, long storms, Steps steps, Tasks tasks) {}

  private record Steps(long due, double overdueSeconds) {}

  private record Tasks(long open, long overdue) {}

  public Tally(Database database, InstantSource productClock, MeterRegistry meters) {
    this.database = database;
    this.productClock = productClock;
    for (State state : COUNTED) {
      gauge("runs", told -> told.runs.getOrDefault(state, 0L))
          .tag("state", Runs.text(state))
          .description("Runs, up to 100,000; the same at every node")
          .register(meters);
    }
    gauge("storms", told -> told.storms)
        .description("Storms that wait for a person; the same at every node")
        .register(meters);
    gauge("steps.due", told -> told.steps.due)
        .description("Steps that are due, up to 100,000; the same at every node")
        .register(meters);
    gauge("steps.overdue", told -> told.steps.overdueSeconds)
        .baseUnit("seconds")
        .description("How long the first step has been due; the same at every node")
        .register(meters);
    gauge("tasks.open", told -> told.tasks.open)
        .description("Tasks of open accounts, up to 10,000; the same at every node")
        .register(meters);
    gauge("tasks.overdue", told -> told.tasks.overdue)
        .description("Those of them that were to be done by now; the same at every node")
        .register(meters);
  }

  private Gauge.Builder<Tally> gauge(String name, ToDoubleFunction<Figures> figure) {
    return Gauge.builder("keepwell.playbooks." + name, this, my -> figure.applyAsDouble(my.figures))
        .strongReference(true);
  }

  /** Counts anew. */
  public void count() throws SQLException {
    long now = productClock.millis();
    try (Connection connection = database.dataSource().getConnection()) {
      Map<State, Long> runs = new EnumMap<>(State.class);
      for (State state : COUNTED) {
        runs.put(state, one(connection, RUNS, row -> row.getLong(1), Runs.text(state)));
      }
      figures =
          new Figures(
              runs,
              one(connection, STORMS, row -> row.getLong(1)),
              one(
                  connection,
                  STEPS,
                  row -> new Steps(row.getLong(1), (now - row.getLong(2)) / 1000.0),
                  now,
                  now),
              one(connection, TASKS, row -> new Tasks(row.getLong(1), row.getLong(2)), now));
    }
  }

  private static <T> T one(
      Connection connection, String sql, Columns.Reader<T> reader, Object... parameters)
      throws SQLException {
    return Columns.select(connection, sql, reader, parameters).get(0);
  }
}
