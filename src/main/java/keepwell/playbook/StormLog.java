package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Offset;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/** Storms, and who lets what they hold go, or discards it. */
public final class StormLog {
  private static final int PAGE_MAX = 500;
  private static final int LISTED_MAX = 100;

  private final Database database;
  private final Portfolio portfolio;
  private final Beginnings beginnings;
  private final InstantSource productClock;

  /** How many runs of a playbook a storm holds. */
  public record Held(String playbook, long runs) {}

  /**
   * A storm, and what it holds.
   *
   * @param accounts whose runs it holds
   */
  public record Digest(Storm storm, long accounts, List<Held> playbooks) {}

  StormLog(
      Database database, Portfolio portfolio, Beginnings beginnings, InstantSource productClock) {
    this.database = database;
    this.portfolio = portfolio;
    this.beginnings = beginnings;
    this.productClock = productClock;
  }

  /**
   * The last storms, the newest first.
   *
   * @param state only those
   */
  public List<Digest> all(Optional<Storm.State> state) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      String order = " ORDER BY \"id\" DESC LIMIT " + LISTED_MAX;
      List<Storm> storms =
          state.isPresent()
              ? StormTable.select(connection, "WHERE \"state\" = ?" + order, Runs.text(state.get()))
              : StormTable.select(connection, order);
      List<Digest> digests = new ArrayList<>();
      for (Storm storm : storms) {
        digests.add(digest(connection, storm));
      }
      return digests;
    }
  }

  /** A storm; empty if there is none of this id. */
  public Optional<Digest> get(long id) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      List<Storm> found = StormTable.select(connection, "WHERE \"id\" = ?", id);
      return found.isEmpty() ? Optional.empty() : Optional.of(digest(connection, found.get(0)));
    }
  }

  static Digest digest(Connection connection, Storm storm) throws SQLException {
    List<Held> held =
        Columns.select(
            connection,
            """
            SELECT "playbook", COUNT(*) FROM "run" WHERE "storm" = ? AND "state" = 'held'
            GROUP BY "playbook" ORDER BY 2 DESC, 1
            """,
            row -> new Held(row.getString(1), row.getLong(2)),
            storm.id());
    List<Long> accounts =
        Columns.select(
            connection,
            """
            SELECT COUNT(DISTINCT "persistence_id") FROM "run"
            WHERE "storm" = ? AND "state" = 'held'
            """,
            row -> row.getLong(1),
            storm.id());
    return new Digest(storm, accounts.get(0), held);
  }

  /**
   * Lets what a storm holds go: runs go on whose account is still as it was. False if it holds
   * nothing any more, or there is none of this id.
   */
  public boolean release(long id) throws SQLException {
    return end(id, Storm.State.RELEASED);
  }

  /** Ends what a storm holds. False if it holds nothing any more, or there is none of this id. */
  public boolean discard(long id) throws SQLException {
    return end(id, Storm.State.DISCARDED);
  }

  /** Ends the storm first, so that no run is held again; done again it ends what was left. */
  private boolean end(long id, Storm.State how) throws SQLException {
    boolean ended = false;
    for (int done = PAGE_MAX; done == PAGE_MAX; ) {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        try {
          Offset.locked(connection, Playbooks.PROJECTION);
          boolean began = StormTable.end(connection, id, how, productClock.instant());
          List<Run> held =
              Runs.select(
                  connection,
                  "WHERE \"storm\" = ? AND \"state\" = 'held' ORDER BY \"id\" LIMIT ?",
                  id,
                  PAGE_MAX);
          end(connection, held, how);
          connection.commit();
          ended |= began || !held.isEmpty();
          done = held.size();
        } finally {
          connection.rollback();
        }
      }
    }
    return ended;
  }

  private void end(Connection connection, List<Run> held, Storm.State how) throws SQLException {
    if (how == Storm.State.DISCARDED) {
      beginnings.end(connection, held, run -> productClock.instant(), run -> Ending.DISCARDED);
      return;
    }
    Map<String, Listed> listed =
        portfolio.accounts(connection, held.stream().map(Run::persistenceId).toList());
    List<Run> lapsed =
        held.stream().filter(run -> !isStill(run, listed.get(run.persistenceId()))).toList();
    beginnings.end(connection, lapsed, run -> productClock.instant(), run -> Ending.LAPSED);
    List<Run> going = held.stream().filter(run -> !lapsed.contains(run)).toList();
    Runs.update(
        connection, going.stream().map(run -> run.with(run.progress().in(State.ACTIVE))).toList());
    for (Run run : going) {
      RunSteps.add(connection, run, beginnings.playbook(run), productClock.instant());
    }
  }

  private static boolean isStill(Run run, Listed account) {
    return account != null && account.closedAt().isEmpty() && account.tier().equals(run.tier());
  }
}
