package keepwell.playbook;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.Projection;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Seal;
import keepwell.outreach.Outreach;
import keepwell.portfolio.Portfolio;

/** What is done when accounts turn: playbooks, their runs, and the tasks that come of them. */
public final class Playbooks implements AutoCloseable {
  /**
   * How it is called where it is said how far it has come. Whoever changes runs holds the lock on
   * that.
   */
  static final String PROJECTION = "playbooks";

  private final PlaybookVersions versions;
  private final Tasks tasks;
  private final RunLog runs;
  private final StormLog storms;
  private final DryRuns dryRuns;
  private final Projection projection;
  private final StepRunner runner;

  /**
   * How playbooks work here.
   *
   * @param storms how many accounts may turn on a day
   * @param publicUrl where people find the pages; empty if that is not known
   */
  public record Settings(Storms.Limits storms, String publicUrl) {}

  private Playbooks(
      PlaybookVersions versions,
      Tasks tasks,
      RunLog runs,
      StormLog storms,
      DryRuns dryRuns,
      Projection projection,
      StepRunner runner) {
    this.versions = versions;
    this.tasks = tasks;
    this.runs = runs;
    this.storms = storms;
    this.dryRuns = dryRuns;
    this.projection = projection;
    this.runner = runner;
  }

  /** Begins to follow the portfolio, and to do what there is to do. */
  public static Playbooks follow(
      Database database,
      JournalFollower journal,
      PlaybookVersions versions,
      ScorecardVersions scorecards,
      Portfolio portfolio,
      Outreach outreach,
      Asking asking,
      Seal seal,
      Days days,
      ZoneId zone,
      InstantSource productClock,
      InstantSource realClock,
      Settings settings) {
    Silences silences = new Silences(scorecards);
    Storms storms = new Storms(settings.storms(), silences, productClock, realClock);
    Beginnings beginnings = new Beginnings(versions, storms);
    Starting starting = new Starting(scorecards::current, days, realClock);
    Tasks tasks = new Tasks(database, seal);
    Letters letters =
        new Letters(
            outreach,
            new Briefing(scorecards, zone, settings.publicUrl()),
            versions,
            productClock,
            realClock);
    Projection projection =
        Projection.startAfter(
            Portfolio.PROJECTION,
            database,
            journal,
            PROJECTION,
            Projection.LISTED,
            new Triggering(versions, portfolio, beginnings, starting, new Dismissing(tasks), days));
    StepRunner runner =
        new StepRunner(
            database,
            asking,
            new Almanac(versions, portfolio, beginnings, starting, days, productClock),
            storms,
            new Confirming(beginnings, days, productClock),
            new Steps(portfolio, beginnings, tasks, letters, productClock),
            letters,
            productClock,
            realClock);
    return new Playbooks(
        versions,
        tasks,
        new RunLog(database, scorecards, days, productClock),
        new StormLog(database, portfolio, beginnings, productClock),
        new DryRuns(
            database, portfolio, asking, starting, silences, settings.storms(), days, productClock),
        projection,
        runner);
  }

  /** Every version of the playbooks. */
  public PlaybookVersions versions() {
    return versions;
  }

  public Tasks tasks() {
    return tasks;
  }

  /** What playbooks have done. */
  public RunLog runs() {
    return runs;
  }

  /** What is held. */
  public StormLog storms() {
    return storms;
  }

  /** What documents would have done. */
  public DryRuns dryRuns() {
    return dryRuns;
  }

  /**
   * Waits until everything that was acknowledged before this was called is known to playbooks.
   *
   * @return whether it is; not if that takes longer than {@code patience}
   */
  public boolean awaitCaughtUp(Duration patience) throws SQLException {
    return projection.awaitCaughtUp(patience);
  }

  /** Does nothing more about accounts. */
  public void rest() {
    runner.close();
  }

  @Override
  public void close() {
    projection.close();
  }
}
