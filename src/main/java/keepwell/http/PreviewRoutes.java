package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.account.Accounts;
import keepwell.health.Days;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.http.DraftReader.Draft;
import keepwell.journal.ScorecardVersions;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Preview;

/** {@code POST /v1/scorecards/preview}: what a draft would make of all accounts, or two drafts. */
final class PreviewRoutes {
  private final Bodies bodies;
  private final Accounts accounts;
  private final ScorecardVersions versions;
  private final Catalogue catalogue;
  private final Portfolio portfolio;
  private final Days days;
  private final InstantSource productClock;
  private final InstantSource realClock;
  private final Surveys surveys;

  PreviewRoutes(
      Bodies bodies,
      Accounts accounts,
      ScorecardVersions versions,
      Catalogue catalogue,
      Portfolio portfolio,
      Days days,
      InstantSource productClock,
      InstantSource realClock,
      Surveys surveys) {
    this.bodies = bodies;
    this.accounts = accounts;
    this.versions = versions;
    this.catalogue = catalogue;
    this.portfolio = portfolio;
    this.days = days;
    this.productClock = productClock;
    this.realClock = realClock;
    this.surveys = surveys;
  }

  Route route() {
    return path(
        segment("scorecards").slash("preview"),
        () ->
            post(
                () ->
                    Parameters.of(
                        List.of("sample"),
                        parameters -> {
                          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
                          return extractRequest(
                              request ->
                                  completeWithFuture(
                                      bodies
                                          .json(request)
                                          .thenApply(DraftReader::read)
                                          .thenCompose(
                                              drafts ->
                                                  surveys.answer(
                                                      request,
                                                      "preview",
                                                      () -> begun(drafts, sample)))));
                        })));
  }

  private Surveys.Begun begun(List<Draft> drafts, OptionalInt sample) throws SQLException {
    catalogue.catchUp(CatalogueRoutes.CATCH_UP_MAX);
    Scorecards inForce = versions.current();
    List<String> ids = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    for (Draft draft : drafts) {
      ids.add(versions.drafts().add(draft.document(), realClock.instant()));
      Set<String> named = new HashSet<>(draft.scorecards().signals().values());
      warnings.addAll(draft.warnings(catalogue.seen(named)));
    }
    Preview preview =
        new Preview(
            portfolio,
            (account, leasts) -> accounts.rounds().preview(account, inForce.version(), ids, leasts),
            1 + drafts.size(),
            sample);
    LocalDate today = LocalDate.ofEpochDay(days.of(productClock.instant()));
    return new Surveys.Begun(
        preview.survey()::step, () -> PreviewBody.of(preview, today, inForce, drafts, warnings));
  }
}
