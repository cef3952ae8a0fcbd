package keepwell.report;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.ScorecardVersions;
import keepwell.outreach.Content;
import keepwell.outreach.Outreach;
import keepwell.outreach.SampleModel;
import keepwell.outreach.Templates;
import keepwell.playbook.Playbooks;
import keepwell.playbook.Trigger;
import keepwell.portfolio.Background;
import keepwell.portfolio.Portfolio;
import keepwell.truth.Truth;

/**
 * What is told of all accounts: the weekly report, when it is asked for or due, and each quarter
 * how scores have done.
 */
public final class Reports implements AutoCloseable {
  private static final String WEEKLY = "weekly-report";
  private static final String QUARTERLY = "quarterly-reminder";
  private static final Duration WEEKLY_LATE_MAX = Duration.ofDays(3);
  private static final Duration QUARTERLY_LATE_MAX = Duration.ofDays(30);

  private final WeeklyReportReader reader;
  private final Templates templates;
  private final ZoneId zone;
  private final InstantSource productClock;
  private final List<Background> sending = new ArrayList<>();

  /**
   * How reports work here.
   *
   * @param publicUrl where people find the pages; empty if that is not known
   */
  public record Settings(Weekly weekly, String publicUrl) {}

  /** Begins to send what is due, if there is anybody to send it to. */
  public Reports(
      Database database,
      Installation installation,
      Portfolio portfolio,
      Playbooks playbooks,
      ScorecardVersions scorecards,
      Truth truth,
      Outreach outreach,
      InstantSource productClock,
      InstantSource realClock,
      Settings settings) {
    this.zone = installation.zone();
    this.templates = outreach.templates();
    this.productClock = productClock;
    this.reader =
        new WeeklyReportReader(database, portfolio, playbooks, scorecards, new Days(zone));
    Weekly weekly = settings.weekly();
    Links links = Links.to(settings.publicUrl());
    if (!weekly.to().isEmpty()) {
      Mailing mailing =
          new Mailing(
              database,
              outreach.messages(),
              new Mailing.Occasion(
                  WEEKLY, now -> weekly.lastDue(now, zone), installation.start(), WEEKLY_LATE_MAX),
              (due, now) -> Optional.of(List.of(mail(reader.read(now), weekly.to(), links))),
              productClock,
              realClock);
      sending.add(Background.start(WEEKLY, mailing::step));
    }
    Mailing reminding =
        new Mailing(
            database,
            outreach.messages(),
            new Mailing.Occasion(
                QUARTERLY,
                now -> Quarter.lastDue(now, zone),
                endOfDay(installation.start()), // that day's is of a quarter that ended before
                QUARTERLY_LATE_MAX),
            new Reminders(
                truth, scorecards, playbooks.versions(), outreach, zone, settings.publicUrl()),
            productClock,
            realClock);
    sending.add(Background.start(QUARTERLY, reminding::step));
  }

  private Instant endOfDay(Instant instant) {
    return instant.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** What the templates of reports are tried with, by their names. */
  public static Map<String, SampleModel> samples() {
    return Map.of(WEEKLY, WeeklyPage.sample(), Trigger.Quarter.TEMPLATE, QuarterlyPage.sample());
  }

  /** The report as of now. */
  public WeeklyReport weekly() throws SQLException {
    return reader.read(productClock.instant());
  }

  /** A report as a page, whose links lead to others. */
  public String page(WeeklyReport report) {
    return mail(report, List.of(), Links.WITHIN).html();
  }

  private Content.Mail mail(WeeklyReport report, List<String> to, Links links) {
    return templates.mail(
        WEEKLY, to, new WeeklyPage(report, zone, links).model(), Optional.empty());
  }

  /** Sends no more. */
  @Override
  public void close() {
    sending.forEach(Background::close);
  }
}
