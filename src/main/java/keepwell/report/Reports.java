package keepwell.report;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
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
import keepwell.portfolio.Background;
import keepwell.portfolio.Portfolio;

/** The weekly report, made when it is asked for, and sent when it is due. */
public final class Reports implements AutoCloseable {
  private static final String TEMPLATE = "weekly-report";

  private final WeeklyReportReader reader;
  private final Templates templates;
  private final ZoneId zone;
  private final InstantSource productClock;
  private final Optional<Background> background;

  /**
   * How reports work here.
   *
   * @param publicUrl where people find the pages; empty if that is not known
   */
  public record Settings(Weekly weekly, String publicUrl) {}

  /** Begins to send reports, if there is anybody to send them to. */
  public Reports(
      Database database,
      Installation installation,
      Portfolio portfolio,
      Playbooks playbooks,
      ScorecardVersions scorecards,
      Outreach outreach,
      Templates templates,
      InstantSource productClock,
      InstantSource realClock,
      Settings settings) {
    this.zone = installation.zone();
    this.templates = templates;
    this.productClock = productClock;
    this.reader =
        new WeeklyReportReader(database, portfolio, playbooks, scorecards, new Days(zone));
    Links links = Links.to(settings.publicUrl());
    Mailing mailing =
        new Mailing(
            database,
            outreach,
            settings.weekly(),
            zone,
            installation.start(),
            (now, to) -> mail(reader.read(now), to, links),
            productClock,
            realClock);
    this.background =
        settings.weekly().to().isEmpty()
            ? Optional.empty()
            : Optional.of(Background.start(TEMPLATE, mailing::step));
  }

  /** What the templates of reports are tried with, by their names. */
  public static Map<String, SampleModel> samples() {
    return Map.of(TEMPLATE, WeeklyPage.sample());
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
        TEMPLATE, to, new WeeklyPage(report, zone, links).model(), Optional.empty());
  }

  /** Sends no more. */
  @Override
  public void close() {
    background.ifPresent(Background::close);
  }
}
