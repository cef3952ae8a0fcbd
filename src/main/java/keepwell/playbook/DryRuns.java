package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.portfolio.Population;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Survey;

/** Tries documents on what accounts have been through. */
public final class DryRuns {
  private final Database database;
  private final Portfolio portfolio;
  private final Asking asking;
  private final Starting starting;
  private final Silences silences;
  private final Storms.Limits limits;
  private final Days days;
  private final InstantSource productClock;

  /**
   * A document that is being tried.
   *
   * @param found so far
   * @param survey by which the accounts are asked, step by step
   * @param silent the signals that had gone silent on the day before each, by days counted from
   *     1970-01-01
   */
  public record Begun(
      DryRun found, Survey survey, Map<Integer, String> silent, Storms.Limits limits) {

    /** Whether runs that began on a day would have been held, as too many accounts turned. */
    public boolean isStormy(DryRun.Turned turned) {
      long counted = survey.counted();
      return turned.accounts() > limits.share() * counted
          && turned.accounts() * survey.population() > limits.accountsMin() * counted;
    }
  }

  DryRuns(
      Database database,
      Portfolio portfolio,
      Asking asking,
      Starting starting,
      Silences silences,
      Storms.Limits limits,
      Days days,
      InstantSource productClock) {
    this.database = database;
    this.portfolio = portfolio;
    this.asking = asking;
    this.starting = starting;
    this.silences = silences;
    this.limits = limits;
    this.days = days;
    this.productClock = productClock;
  }

  /**
   * Begins to try a document; no account has been asked yet.
   *
   * @param count of days, today included
   * @param sample how many accounts are asked at most; empty: all
   */
  public Begun begin(PlaybookDocument document, int count, OptionalInt sample) throws SQLException {
    int today = days.of(productClock.instant());
    int first = today - count + 1;
    int retracedDays = count + Rehearsal.lookback(document);
    DryRun found = new DryRun(document, starting, days, first, today);
    Survey survey =
        portfolio.survey(
            Population.openSince(days.start(first)),
            sample,
            persistenceId -> asking.retrace().apply(persistenceId, retracedDays),
            found::take);
    return new Begun(found, survey, silent(first, today), limits);
  }

  private Map<Integer, String> silent(int first, int today) throws SQLException {
    Map<Integer, String> silent = new HashMap<>();
    try (Connection connection = database.dataSource().getConnection()) {
      for (int day = first; day <= today; day++) {
        Optional<String> signal = silences.on(connection, day - 1);
        if (signal.isPresent()) {
          silent.put(day, signal.get());
        }
      }
    }
    return silent;
  }
}
