package keepwell.report;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Judged;
import keepwell.journal.ScorecardVersions;
import keepwell.outreach.Channel;
import keepwell.outreach.Channels;
import keepwell.outreach.Content;
import keepwell.outreach.Outreach;
import keepwell.outreach.Templates;
import keepwell.playbook.Playbook;
import keepwell.playbook.PlaybookDocument;
import keepwell.playbook.PlaybookVersions;
import keepwell.playbook.Step;
import keepwell.playbook.Step.Notify;
import keepwell.playbook.Trigger;
import keepwell.truth.Truth;
import keepwell.truth.Validating;

/**
 * What playbooks tell once a quarter is over: how the scores have done in it, and that it is time
 * to calibrate them.
 */
final class Reminders implements Mailing.Writer {
  /** How many days before its outcome an account is scored. */
  static final int HORIZON_DAYS = 30;

  private final Truth truth;
  private final ScorecardVersions scorecards;
  private final PlaybookVersions playbooks;
  private final Outreach outreach;
  private final ZoneId zone;
  private final String publicUrl;
  private Optional<Begun> begun = Optional.empty();

  private record Begun(Quarter quarter, Validating validating) {}

  /** A step of a playbook. */
  private record Told(Playbook playbook, Notify step) {
    boolean isMail() {
      return step.channel() == Step.Channel.EMAIL;
    }
  }

  /**
   * @param publicUrl where people find the pages; empty if that is not known
   */
  Reminders(
      Truth truth,
      ScorecardVersions scorecards,
      PlaybookVersions playbooks,
      Outreach outreach,
      ZoneId zone,
      String publicUrl) {
    this.truth = truth;
    this.scorecards = scorecards;
    this.playbooks = playbooks;
    this.outreach = outreach;
    this.zone = zone;
    this.publicUrl = publicUrl;
  }

  @Override
  public Optional<List<Content>> write(Instant due, Instant now) throws SQLException {
    PlaybookDocument document = playbooks.current();
    List<Told> all = told(document, outreach.channels());
    if (all.isEmpty()) {
      return Optional.of(List.of());
    }
    return read(Quarter.of(due, zone).before())
        .map(report -> all.stream().map(one -> content(one, document, report)).toList());
  }

  /** What somebody would get. */
  private static List<Told> told(PlaybookDocument document, Channels channels) {
    return document.playbooks().stream()
        .filter(playbook -> playbook.trigger() instanceof Trigger.Quarter)
        .flatMap(
            playbook -> playbook.steps().stream().map(step -> new Told(playbook, (Notify) step)))
        .filter(told -> channels.has(told.isMail() ? Channel.EMAIL : Channel.SLACK))
        .toList();
  }

  /** Asks some more accounts; empty while there are others to be asked. */
  private Optional<QuarterlyReport> read(Quarter quarter) throws SQLException {
    Validating validating =
        begun
            .filter(one -> one.quarter.equals(quarter))
            .map(Begun::validating)
            .orElseGet(() -> begin(quarter));
    begun = Optional.empty(); // if it fails it is begun anew, as some may be counted already
    if (validating.step().ended()) {
      return Optional.of(QuarterlyReport.of(quarter, validating));
    }
    begun = Optional.of(new Begun(quarter, validating));
    return Optional.empty();
  }

  private Validating begin(Quarter quarter) {
    Judged.Terms terms =
        new Judged.Terms(
            HORIZON_DAYS,
            (int) quarter.first().toEpochDay(),
            (int) quarter.last().toEpochDay(),
            Map.of(),
            Optional.empty());
    return truth.validate(scorecards.current(), terms, OptionalInt.empty());
  }

  private Content content(Told told, PlaybookDocument document, QuarterlyReport report) {
    Map<String, Object> model = new QuarterlyPage(report, told.playbook.name(), publicUrl).model();
    Templates templates = outreach.templates();
    if (!told.isMail()) {
      return templates.slack(told.step.template(), model);
    }
    List<String> to =
        told.step.to().stream().flatMap(who -> document.address(who).stream()).toList();
    return templates.mail(told.step.template(), to, model, Optional.empty());
  }
}
