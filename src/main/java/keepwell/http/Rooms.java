package keepwell.http;

import java.time.InstantSource;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.cluster.Membership;
import keepwell.health.Days;
import keepwell.journal.ScorecardVersions;
import keepwell.outreach.Outreach;
import keepwell.playbook.Playbooks;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Rescoring;
import keepwell.report.Reports;
import keepwell.truth.Truth;

/**
 * All that routes ask.
 *
 * @param blocking where they may wait for the database
 * @param surveys by which they ask all accounts
 * @param bodies by which they read what is sent
 */
public record Rooms(
    Accounts accounts,
    ScorecardVersions scorecards,
    Catalogue catalogue,
    Portfolio portfolio,
    Rescoring rescoring,
    Outreach outreach,
    Playbooks playbooks,
    Reports reports,
    Truth truth,
    Membership membership,
    Fingerprint fingerprint,
    Days days,
    InstantSource productClock,
    InstantSource realClock,
    Blocking blocking,
    Surveys surveys,
    Bodies bodies) {}
