package keepwell.playbook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.ScorecardVersions;

/** What playbooks have done, to be asked. */
public final class RunLog {
  /** The last ones. */
  private static final int RESULTS_MAX = 10_000;

  private final Database database;
  private final ScorecardVersions scorecards;
  private final Days days;
  private final InstantSource productClock;

  /**
   * A step of a run.
   *
   * @param step its path in the playbook
   * @param state waiting, done or skipped
   * @param note why it was skipped
   */
  public record DoneStep(
      String step,
      String state,
      Optional<Instant> dueAt,
      Optional<Instant> endedAt,
      Optional<String> note) {}

  /** The days of a run, counted from 1970-01-01. */
  public record Period(int beganOn, int endedOn) {
    public boolean overlaps(int from, int to) {
      return beganOn <= to && from <= endedOn;
    }
  }

  /** A run with its steps and the tasks that it gave. */
  public record Told(Run run, List<DoneStep> steps, List<Task> tasks) {}

  RunLog(Database database, ScorecardVersions scorecards, Days days, InstantSource productClock) {
    this.database = database;
    this.scorecards = scorecards;
    this.days = days;
    this.productClock = productClock;
  }

  /**
   * Runs of a playbook, the newest first.
   *
   * @param account a persistence id
   * @param beforeId only older ones
   */
  public List<Told> page(
      String playbook,
      Optional<String> account,
      Optional<Run.State> state,
      long beforeId,
      int limit)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(playbook, beforeId));
    StringBuilder where = new StringBuilder("WHERE \"playbook\" = ? AND \"id\" < ?");
    account.ifPresent(
        id -> {
          where.append(" AND \"persistence_id\" = ?");
          parameters.add(id);
        });
    state.ifPresent(
        one -> {
          where.append(" AND \"state\" = ?");
          parameters.add(Runs.text(one));
        });
    parameters.add(limit);
    List<Told> told = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection()) {
      for (Run run :
          Runs.select(connection, where + " ORDER BY \"id\" DESC LIMIT ?", parameters.toArray())) {
        told.add(told(connection, run));
      }
    }
    return told;
  }

  /**
   * The last runs of an account, of whatever playbooks, the newest first.
   *
   * @param account its persistence id
   */
  public List<Run> latest(String account, int limit) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Runs.select(
          connection, "WHERE \"persistence_id\" = ? ORDER BY \"id\" DESC LIMIT ?", account, limit);
    }
  }

  /**
   * What has come of a playbook's runs.
   *
   * @param lastDays only of those that began in them
   * @param withinDays within which an account is to recover
   */
  public Results results(String playbook, int lastDays, int withinDays) throws SQLException {
    int today = days.of(productClock.instant());
    try (Connection connection = database.dataSource().getConnection()) {
      List<Run> runs =
          Runs.select(
              connection,
              "WHERE \"playbook\" = ? AND \"began_on\" > ? ORDER BY \"id\" DESC LIMIT ?",
              playbook,
              today - lastDays,
              RESULTS_MAX);
      return Results.of(runs, this::isBest, days, withinDays, today);
    }
  }

  /**
   * When there were runs to help accounts, by persistence ids: that were not held, withdrawn or
   * discarded, and did not begin in the best tier, where there is nothing to recover from.
   */
  public Map<String, List<Period>> periods(Collection<String> persistenceIds) throws SQLException {
    Map<String, List<Period>> periods = new HashMap<>();
    try (Connection connection = database.dataSource().getConnection()) {
      Array ids = connection.createArrayOf("varchar", persistenceIds.toArray());
      for (Run run : Runs.select(connection, "WHERE \"persistence_id\" = ANY (?)", ids)) {
        if (Results.counts(run) && !isBest(run)) {
          int endedOn = run.progress().endedAt().map(days::of).orElse(Integer.MAX_VALUE);
          periods
              .computeIfAbsent(run.persistenceId(), id -> new ArrayList<>())
              .add(new Period(run.beganOn(), endedOn));
        }
      }
    }
    return periods;
  }

  /** Whether a run began in the best tier of any scorecard. */
  private boolean isBest(Run run) {
    return scorecards.current().scorecards().stream()
        .anyMatch(card -> run.tier().filter(tier -> card.rank(tier) == 0).isPresent());
  }

  private static Told told(Connection connection, Run run) throws SQLException {
    return new Told(
        run,
        RunSteps.of(connection, run.id()).stream()
            .map(
                row ->
                    new DoneStep(row.step(), row.state(), row.dueAt(), row.endedAt(), row.note()))
            .toList(),
        Tasks.of(connection, run.id()));
  }
}
