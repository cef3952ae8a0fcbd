package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.health.Answer;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Background;
import keepwell.portfolio.Wakeup;

/**
 * Goes on with runs: asks accounts whether what they are suspected of is so, looks for what time
 * has brought about, and does the steps that are due. Every node offers to do it; who gets the lock
 * on the row of {@code projection} does the next few.
 */
final class StepRunner implements AutoCloseable {
  private static final String STEPS = "playbook-steps";

  /** Asked at once: those that do not answer must not hold a lock for longer than one of them. */
  private static final int BATCH_MAX = 50;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(1);

  /**
   * Real time that runs wait for before their first step: it may turn out meanwhile that they are
   * some of too many.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Real time after which it is told how many runs are held, as there are more and more. */
  private static final Duration DIGEST_AFTER = Duration.ofSeconds(10);

  private final Database database;
  private final Asking asking;
  private final Almanac almanac;
  private final Storms storms;
  private final Confirming confirming;
  private final Steps steps;
  private final Letters letters;
  private final InstantSource productClock;
  private final InstantSource realClock;
  private final Unanswered unanswered;
  private final Wakeup wakeup = new Wakeup(BATCH_MAX, Integer.MAX_VALUE);
  private final Background background;

  StepRunner(
      Database database,
      Asking asking,
      Almanac almanac,
      Storms storms,
      Confirming confirming,
      Steps steps,
      Letters letters,
      InstantSource productClock,
      InstantSource realClock) {
    this.database = database;
    this.asking = asking;
    this.almanac = almanac;
    this.storms = storms;
    this.confirming = confirming;
    this.steps = steps;
    this.letters = letters;
    this.productClock = productClock;
    this.realClock = realClock;
    this.unanswered = new Unanswered(realClock);
    this.background = Background.start("playbooks", this::step);
  }

  private Duration step() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        // An embedded database writes for each lock: none is taken for nothing.
        return isIdle(connection) || Offset.lockedIfFree(connection, STEPS).isEmpty()
            ? PAUSE
            : step(connection);
      } finally {
        connection.rollback();
      }
    }
  }

  private boolean isIdle(Connection connection) throws SQLException {
    return suspected(connection).isEmpty()
        && due(connection).isEmpty()
        && untold(connection).isEmpty()
        && !almanac.isDue(connection);
  }

  /** Does one of these things, whichever there is to do. */
  private Duration step(Connection connection) throws SQLException {
    List<Run> suspected = suspected(connection);
    if (!suspected.isEmpty()) {
      return done(connection, confirm(connection, suspected));
    }
    if (!due(connection).isEmpty()) {
      return done(connection, perform(connection));
    }
    Offset.locked(connection, Playbooks.PROJECTION);
    List<Storm> untold = untold(connection);
    if (!untold.isEmpty()) {
      letters.tell(connection, StormLog.digest(connection, untold.get(0)));
      return done(connection, true);
    }
    try {
      return done(connection, almanac.step(connection));
    } catch (SQLException | RuntimeException e) {
      almanac.reset(); // what it has done is rolled back
      throw e;
    }
  }

  private List<Run> suspected(Connection connection) throws SQLException {
    return Runs.select(
        connection,
        """
        WHERE "state" = 'suspected' AND NOT "persistence_id" = ANY (?) ORDER BY "id" LIMIT ?
        """,
        unanswered.ids(connection),
        BATCH_MAX);
  }

  private List<Storm> untold(Connection connection) throws SQLException {
    return StormTable.select(
        connection,
        "WHERE \"state\" = 'held' AND NOT \"told\" AND \"noticed_at\" <= ? LIMIT 1",
        realClock.instant().minus(DIGEST_AFTER).toEpochMilli());
  }

  private static Duration done(Connection connection, boolean progress) throws SQLException {
    connection.commit();
    return progress ? Duration.ZERO : PAUSE_AFTER_REFUSAL;
  }

  private List<RunSteps.Row> due(Connection connection) throws SQLException {
    return RunSteps.due(
        connection,
        productClock.instant(),
        realClock.instant().minus(GRACE),
        unanswered.ids(connection),
        BATCH_MAX);
  }

  private boolean confirm(Connection connection, List<Run> suspected) throws SQLException {
    List<Optional<Answer>> answers = confirming.ask(suspected, wakeup, asking);
    leaveAlone(suspected, answers);
    Offset.locked(connection, Playbooks.PROJECTION);
    return confirming.decide(connection, suspected, answers);
  }

  private void leaveAlone(List<Run> asked, List<Optional<Answer>> answers) {
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i).isEmpty()) {
        unanswered.add(asked.get(i).persistenceId());
      }
    }
  }

  /** Whether any step could be done: not while accounts are busy. */
  private boolean perform(Connection connection) throws SQLException {
    Map<Long, Run> runs = runs(connection, due(connection));
    List<Run> accounts = // one run of each
        List.copyOf(
            runs.values().stream()
                .collect(Collectors.toMap(Run::account, run -> run, (one, other) -> one))
                .values());
    List<Optional<Answer>> answers =
        wakeup.answers(accounts.stream().map(Run::account).toList(), asking.show());
    leaveAlone(accounts, answers);
    Map<String, Answer> byAccount = new HashMap<>();
    for (int i = 0; i < accounts.size(); i++) {
      String account = accounts.get(i).account();
      answers.get(i).ifPresent(answer -> byAccount.put(account, answer));
    }
    Offset.locked(connection, Playbooks.PROJECTION);
    List<RunSteps.Row> due = due(connection);
    Set<Long> held = hold(connection, due);
    boolean progress = !held.isEmpty();
    for (RunSteps.Row row : due) {
      Run run = runs.get(row.run());
      Answer answer = run == null ? null : byAccount.get(run.account());
      if (answer != null && !held.contains(row.run())) {
        progress |= steps.perform(connection, row, run, answer);
      }
    }
    return progress;
  }

  /** The runs of steps that are held before they have done any, as a source is silent. */
  private Set<Long> hold(Connection connection, List<RunSteps.Row> due) throws SQLException {
    Set<Long> touched = RunSteps.touched(connection, due);
    List<Run> fresh =
        runs(connection, due).values().stream()
            .filter(run -> run.progress().state() == State.ACTIVE && !touched.contains(run.id()))
            .toList();
    List<Run> held = storms.silenced(connection, fresh);
    Runs.update(connection, held);
    RunSteps.delete(connection, held);
    return held.stream().map(Run::id).collect(Collectors.toCollection(HashSet::new));
  }

  private static Map<Long, Run> runs(Connection connection, List<RunSteps.Row> steps)
      throws SQLException {
    Object[] ids = steps.stream().map(RunSteps.Row::run).distinct().toArray();
    return Runs.select(
            connection, "WHERE \"id\" = ANY (?)", connection.createArrayOf("bigint", ids))
        .stream()
        .collect(Collectors.toMap(Run::id, run -> run));
  }

  @Override
  public void close() {
    background.close();
  }
}
