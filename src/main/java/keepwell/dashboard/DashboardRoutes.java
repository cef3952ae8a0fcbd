package keepwell.dashboard;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractUri;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.getFromResource;
import static akka.http.javadsl.server.Directives.handleExceptions;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.pathSingleSlash;
import static akka.http.javadsl.server.Directives.redirect;
import static akka.http.javadsl.server.Directives.respondWithHeader;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import keepwell.access.ApiKeys;
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Inquiry;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Scorecards;
import keepwell.http.AccountQueries;
import keepwell.http.Blocking;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.http.ReviewPack;
import keepwell.http.SessionCookie;
import keepwell.journal.ScorecardVersions;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Rescoring;

/**
 * {@code /}, the list of accounts, {@code /accounts/{id}}, and the files and parts that they need.
 * What goes wrong is answered by a page, too.
 */
public final class DashboardRoutes {
  private static final int LIMIT = 50;
  private static final int HISTORY_DAYS = 180;

  private final Accounts accounts;
  private final ScorecardVersions scorecards;
  private final Portfolio portfolio;
  private final Catalogue catalogue;
  private final Rescoring rescoring;
  private final Days days;
  private final InstantSource productClock;
  private final Blocking blocking;
  private final Pages pages = new Pages();
  private final Route login;

  /**
   * @param keys if there are any, browsers are asked for one
   * @param blocking where it may wait for the database
   */
  public DashboardRoutes(
      Optional<ApiKeys> keys,
      SessionCookie session,
      Accounts accounts,
      ScorecardVersions scorecards,
      Portfolio portfolio,
      Catalogue catalogue,
      Rescoring rescoring,
      Days days,
      InstantSource productClock,
      Executor blocking) {
    this.accounts = accounts;
    this.scorecards = scorecards;
    this.portfolio = portfolio;
    this.catalogue = catalogue;
    this.rescoring = rescoring;
    this.days = days;
    this.productClock = productClock;
    this.blocking = new Blocking(blocking);
    this.login =
        keys.map(known -> new LoginRoutes(known, session, pages).routes())
            .orElseGet(LoginRoutes::notAsked);
  }

  /** A problem for people. */
  public HttpResponse problem(Problem problem) {
    return pages.problem(problem);
  }

  /** The review pack of an account. */
  public HttpResponse review(ReviewPack pack) {
    return pages.review(ReviewPage.of(pack, days));
  }

  public Route routes() {
    return handleExceptions(
        ExceptionHandler.newBuilder()
            .matchAny(failure -> complete(pages.problem(Problem.of(failure))))
            .build(),
        () ->
            withRequestTimeoutResponse(
                request -> pages.problem(Problem.unavailable("No answer in time.")),
                () ->
                    concat(
                        pathSingleSlash(() -> get(this::list)),
                        login,
                        pathPrefix("accounts", () -> pathPrefix(segment(), this::account)),
                        pathPrefix("dashboard", () -> concat(files(), rescoring())))));
  }

  private static Route files() {
    return respondWithHeader(
        Pages.NO_CACHE,
        () ->
            concat(
                file("dashboard.css"),
                file("dashboard.js"),
                file("rescoring.js"),
                file("icon.svg")));
  }

  private static Route file(String name) {
    return path(name, () -> get(() -> getFromResource("dashboard/" + name)));
  }

  private Route rescoring() {
    return path(
        "rescoring",
        () ->
            get(
                () ->
                    Parameters.none(
                        () -> answer(() -> pages.rescoring(RescoringBar.of(rescoring.status()))))));
  }

  /** A form sends its empty fields, too: without them the same list has one URL. */
  private Route list() {
    return parameterMap(
        given -> {
          Map<String, String> filled = new HashMap<>(given);
          filled.values().removeIf(String::isEmpty);
          Selection selection = new Selection(filled);
          return filled.size() < given.size()
              ? redirect(Uri.create(selection.here()), StatusCodes.SEE_OTHER)
              : list(selection);
        });
  }

  private Route list(Selection selection) {
    return Parameters.of(
        AccountQueries.PARAMETERS,
        parameters -> {
          AccountQuery query = AccountQueries.read(parameters, LIMIT);
          return extractUri(
              uri ->
                  answer(() -> list(selection, query, uri.getScheme() + "://" + authority(uri))));
        });
  }

  private static String authority(Uri uri) {
    return uri.host() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
  }

  private HttpResponse list(Selection selection, AccountQuery query, String origin)
      throws SQLException {
    int today = today();
    long feed = portfolio.feed().last(); // first, so that no change is missed
    Portfolio.Page page =
        portfolio
            .page(query, today)
            .orElseThrow(
                () -> new Problem.Raised(Problem.ofField("cursor", "is none of this query")));
    return pages.list(
        ListPage.of(
            feed,
            origin,
            selection,
            portfolio.overview(Optional.empty(), today),
            page,
            tiers(),
            today));
  }

  private Route account(String id) {
    return concat(
        pathEnd(() -> get(() -> Parameters.none(() -> completeWithFuture(page(id))))),
        path("row", () -> get(() -> Parameters.none(() -> answer(() -> row(id))))));
  }

  private HttpResponse row(String id) throws SQLException {
    return portfolio
        .account(accounts.persistenceId(id))
        .map(listed -> pages.row(AccountRow.of(listed, tiers(), today())))
        .orElseGet(() -> pages.problem(Problem.of(Refusal.of(Code.ACCOUNT_UNKNOWN))));
  }

  /** What the read side knows of an account, and up to which tier change. */
  private record Known(long feed, Optional<Listed> listed, Sources sources) {}

  private CompletionStage<HttpResponse> page(String id) {
    return blocking
        .answer(
            () ->
                new Known(
                    portfolio.feed().last(),
                    portfolio.account(accounts.persistenceId(id)),
                    sources()))
        .thenCompose(
            known ->
                accounts
                    .explain(id, Inquiry.OVER_DAYS)
                    .thenCombine(
                        accounts.history(id, HISTORY_DAYS),
                        (explained, history) -> page(known, explained, history)));
  }

  private HttpResponse page(Known known, Answer explained, Answer history) {
    if (explained instanceof Refusal refusal) {
      return pages.problem(Problem.of(refusal));
    }
    if (history instanceof Refusal refusal) {
      return pages.problem(Problem.of(refusal));
    }
    return pages.account(
        AccountPage.of(
            known.feed,
            (Explained) explained,
            (History) history,
            known.listed,
            known.sources,
            days));
  }

  private Sources sources() throws SQLException {
    Scorecards current = scorecards.current();
    return new Sources(current, catalogue.seen(Set.copyOf(current.signals().values())));
  }

  private Tiers tiers() {
    return Tiers.of(scorecards.current());
  }

  private int today() {
    return days.of(productClock.instant());
  }

  private Route answer(Callable<HttpResponse> response) {
    return completeWithFuture(blocking.answer(response));
  }
}
