package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Columns;

/**
 * Holds runs where it is likelier that a source has failed, or that somebody has imported something
 * or changed the scorecards, than that so many customers have turned: nobody is told until a person
 * has looked at it.
 */
public final class Storms {
  /** Accounts whose runs began on a day. */
  private static final String TURNED =
      """
      SELECT COUNT(DISTINCT "persistence_id") FROM "run"
      WHERE "began_on" = ? AND "id" > ? AND "state" <> 'suspected'
      """;

  private static final String ACCOUNTS =
      "SELECT SUM(\"accounts\") FROM \"band\" WHERE \"group\" = ''";

  private final Limits limits;
  private final Silences silences;
  private final InstantSource productClock;
  private final InstantSource realClock;

  /**
   * How many accounts may turn on a day.
   *
   * @param accountsMin so many may in any case
   * @param share of all accounts that are open, 0 to 1
   */
  public record Limits(int accountsMin, double share) {}

  Storms(Limits limits, Silences silences, InstantSource productClock, InstantSource realClock) {
    this.limits = limits;
    this.silences = silences;
    this.productClock = productClock;
    this.realClock = realClock;
  }

  /** Those of some active runs, new ones, that are held as too many have begun on their day. */
  List<Run> held(Connection connection, List<Run> runs) throws SQLException {
    List<Run> held = new ArrayList<>();
    for (int day : runs.stream().map(Run::beganOn).distinct().sorted().toList()) {
      many(connection, day)
          .ifPresent(
              storm ->
                  runs.stream()
                      .filter(run -> run.beganOn() == day)
                      .forEach(run -> held.add(run.with(run.progress().heldBy(storm.id())))));
    }
    return held;
  }

  /**
   * Those of some active runs that are held as a source has gone silent on the day before. That is
   * known a little later than that they have begun.
   */
  List<Run> silenced(Connection connection, List<Run> runs) throws SQLException {
    List<Run> concerned = runs.stream().filter(run -> run.cause().mayComeOfSilence()).toList();
    List<Run> held = new ArrayList<>();
    for (int day : concerned.stream().map(Run::beganOn).distinct().sorted().toList()) {
      silence(connection, day)
          .ifPresent(
              storm ->
                  concerned.stream()
                      .filter(run -> run.beganOn() == day)
                      .forEach(run -> held.add(run.with(run.progress().heldBy(storm.id())))));
    }
    return held;
  }

  /** The storm of a day on which too many turn, which begins if they have become so now. */
  private Optional<Storm> many(Connection connection, int day) throws SQLException {
    List<Storm> known =
        StormTable.select(
            connection, "WHERE \"cause\" = 'many' AND \"day\" = ? ORDER BY \"id\" DESC", day);
    if (!known.isEmpty() && known.get(0).state() == Storm.State.HELD) {
      return Optional.of(known.get(0));
    }
    long afterRun = known.isEmpty() ? 0 : known.get(0).afterRun();
    if (number(connection, TURNED, day, afterRun)
        <= Math.max(limits.accountsMin(), limits.share() * number(connection, ACCOUNTS))) {
      return Optional.empty();
    }
    Storm storm = begun(connection, Storm.Cause.MANY, Optional.empty(), day, afterRun);
    holdBack(connection, storm);
    return Optional.of(storm);
  }

  private static long number(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return Columns.select(connection, sql, row -> row.getLong(1), parameters).get(0);
  }

  /** Those of the day that began before too many had are held too, if they have done nothing. */
  private static void holdBack(Connection connection, Storm storm) throws SQLException {
    List<Run> untouched =
        Runs.select(
            connection,
            """
            WHERE "began_on" = ? AND "id" > ? AND "state" = 'active' AND NOT EXISTS (
              SELECT 1 FROM "run_step" s WHERE s."run" = "run"."id" AND s."state" <> 'waiting')
            """,
            storm.day(),
            storm.afterRun());
    Runs.update(
        connection,
        untouched.stream().map(run -> run.with(run.progress().heldBy(storm.id()))).toList());
    RunSteps.delete(connection, untouched);
  }

  private Optional<Storm> silence(Connection connection, int day) throws SQLException {
    Optional<String> silent = silences.on(connection, day - 1);
    if (silent.isEmpty()) {
      return Optional.empty();
    }
    List<Storm> known =
        StormTable.select(
            connection,
            "WHERE \"cause\" = 'silence' AND \"signal\" = ? ORDER BY \"id\" DESC LIMIT 1",
            Columns.utf8(silent.get()));
    if (!known.isEmpty() && known.get(0).state() == Storm.State.HELD) {
      StormTable.prolong(connection, known.get(0).id(), day);
      return Optional.of(known.get(0));
    }
    if (!known.isEmpty() && known.get(0).day() >= day) {
      return Optional.empty(); // somebody has said that it is none
    }
    return Optional.of(begun(connection, Storm.Cause.SILENCE, silent, day, 0));
  }

  private Storm begun(
      Connection connection, Storm.Cause cause, Optional<String> signal, int day, long afterRun)
      throws SQLException {
    return StormTable.add(
        connection, cause, signal, day, productClock.instant(), realClock.instant(), afterRun);
  }
}
