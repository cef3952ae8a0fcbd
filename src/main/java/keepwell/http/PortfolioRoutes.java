package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import keepwell.health.Days;
import keepwell.health.Tier;
import keepwell.journal.ScorecardVersions;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Portfolio;

/** {@code GET /v1/accounts} and {@code GET /v1/portfolio}. */
final class PortfolioRoutes {
  private static final int LIMIT = 50;

  private final Portfolio portfolio;
  private final ScorecardVersions scorecards;
  private final Days days;
  private final InstantSource productClock;
  private final Blocking blocking;

  PortfolioRoutes(
      Portfolio portfolio,
      ScorecardVersions scorecards,
      Days days,
      InstantSource productClock,
      Blocking blocking) {
    this.portfolio = portfolio;
    this.scorecards = scorecards;
    this.days = days;
    this.productClock = productClock;
    this.blocking = blocking;
  }

  Route routes() {
    return concat(
        path("accounts", () -> get(this::accounts)), path("portfolio", () -> get(this::sums)));
  }

  private Route accounts() {
    return Parameters.of(
        AccountQueries.PARAMETERS,
        parameters -> {
          AccountQuery query = AccountQueries.read(parameters, LIMIT);
          return answer(
              () ->
                  portfolio
                      .page(query, today())
                      .map(page -> Json.response(AccountListBody.of(page)))
                      .orElseGet(
                          () -> Problem.ofField("cursor", "is none of this query").response()));
        });
  }

  private Route sums() {
    return Parameters.of(
        List.of("by"),
        parameters -> {
          Optional<String> by = parameters.oneOf("by", AccountQuery.LABELS);
          return answer(
              () -> Json.response(PortfolioBody.of(portfolio.overview(by, today()), by, tiers())));
        });
  }

  /** Of the scorecards in force, those of the first before others, each best first. */
  private List<String> tiers() {
    return scorecards.current().scorecards().stream()
        .flatMap(scorecard -> scorecard.tiers().stream())
        .map(Tier::key)
        .distinct()
        .toList();
  }

  private int today() {
    return days.of(productClock.instant());
  }

  private Route answer(Callable<HttpResponse> response) {
    return completeWithFuture(blocking.answer(response));
  }
}
