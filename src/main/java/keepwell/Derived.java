package keepwell;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import keepwell.account.Accounts;
import keepwell.cluster.Membership;
import keepwell.health.Days;
import keepwell.http.ScorecardRoutes;
import keepwell.http.WebhookMessage;
import keepwell.journal.Database;
import keepwell.journal.Erasure;
import keepwell.journal.Installation;
import keepwell.journal.JournalFollower;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Seal;
import keepwell.outreach.Outreach;
import keepwell.outreach.Templates;
import keepwell.playbook.Asking;
import keepwell.playbook.PlaybookVersions;
import keepwell.playbook.Playbooks;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.Reviews;
import keepwell.report.Reports;
import keepwell.truth.Truth;

/** All that is made of what accounts have stored, and what looks at them though nobody asks. */
record Derived(
    Portfolio portfolio,
    Catalogue catalogue,
    Rescoring rescoring,
    Outreach outreach,
    Playbooks playbooks,
    Truth truth,
    Reports reports,
    Reviews reviews)
    implements AutoCloseable {

  /** Begins to follow the journal. */
  static Derived follow(
      ActorSystem<?> system,
      Database database,
      Seal seal,
      Settings settings,
      Installation installation,
      ScorecardVersions scorecards,
      PlaybookVersions playbookVersions,
      Templates templates,
      Membership membership,
      Accounts accounts,
      InstantSource productClock,
      InstantSource real,
      MeterRegistry meters) {
    Serialization serialization = SerializationExtension.get(system);
    JournalFollower journal = new JournalFollower(database, serialization);
    Days days = new Days(installation.zone());
    var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    Portfolio portfolio = Portfolio.follow(database, journal, seal, days, blocking);
    Rescoring rescoring =
        new Rescoring(
            database,
            portfolio,
            scorecards,
            playbookVersions::thresholds,
            () -> membership.awaitRefreshed(ScorecardRoutes.REFRESH_MAX),
            real,
            accounts.rounds()::rescore,
            settings.rescoringPerSecondMax(),
            meters);
    Outreach outreach =
        Outreach.begin(
            system,
            database,
            portfolio.feed(),
            seal,
            WebhookMessage::of,
            real,
            blocking,
            settings.outreach(),
            templates,
            meters);
    Playbooks playbooks =
        Playbooks.follow(
            database,
            journal,
            playbookVersions,
            scorecards,
            portfolio,
            outreach,
            new Asking(
                account -> accounts.show(account, Optional.empty()),
                accounts::history,
                accounts.rounds()::retrace),
            seal,
            days,
            installation.zone(),
            productClock,
            real,
            settings.playbooks());
    Truth truth =
        new Truth(
            portfolio,
            playbooks.runs(),
            scorecards.drafts(),
            real,
            accounts.rounds()::judge,
            accounts::persistenceId);
    Reports reports =
        new Reports(
            database,
            installation,
            portfolio,
            playbooks,
            scorecards,
            truth,
            outreach,
            productClock,
            real,
            settings.reports());
    Catalogue catalogue =
        new Catalogue(
            database,
            journal,
            new Erasure(serialization),
            patience -> portfolio.awaitCaughtUp(patience) && playbooks.awaitCaughtUp(patience),
            days);
    Reviews reviews =
        new Reviews(
            database,
            portfolio,
            days,
            productClock,
            accounts.rounds()::review,
            settings.reviewsPerSecondMax(),
            meters);
    return new Derived(
        portfolio, catalogue, rescoring, outreach, playbooks, truth, reports, reviews);
  }

  /** Looks at no account any more. */
  void rest() {
    reviews.close();
    rescoring.close();
    playbooks.rest();
    reports.close();
  }

  @Override
  public void close() {
    playbooks.close();
    portfolio.close();
    catalogue.close();
  }
}
