package keepwell.dashboard;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.getFromResource;
import static akka.http.javadsl.server.Directives.handleExceptions;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.reject;
import static akka.http.javadsl.server.Directives.respondWithHeader;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;

import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import keepwell.access.ApiKey;
import keepwell.access.ApiKeys;
import keepwell.dashboard.account.AccountPageRoutes;
import keepwell.dashboard.executive.ExecutiveRoutes;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Pages;
import keepwell.dashboard.portfolio.PortfolioRoutes;
import keepwell.dashboard.scorecard.ScorecardPageRoutes;
import keepwell.dashboard.today.TodayRoutes;
import keepwell.dashboard.truth.TruthRoutes;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.http.ReviewPack;
import keepwell.http.Rooms;
import keepwell.http.SessionCookie;
import keepwell.http.StandalonePage;

/**
 * The pages, and the files and parts that all of them need. What goes wrong is answered by a page,
 * too.
 */
public final class DashboardRoutes {
  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  private static final Problem NO_SUCH_PAGE =
      new Problem(StatusCodes.NOT_FOUND, "not-found", "There is no such page.", Map.of());
  private static final List<String> FILES =
      List.of(
          "frame.css",
          "portfolio.css",
          "account.css",
          "today.css",
          "scorecard.css",
          "truth.css",
          "executive.css",
          "frame.js",
          "follow.js",
          "rescoring.js",
          "changing.js",
          "survey.js",
          "portfolio.js",
          "draft.js",
          "account.js",
          "scorecard.js",
          "truth.js",
          "icon.svg");

  private final Desk desk;
  private final Function<HttpRequest, Optional<String>> keyName;
  private final AccountPageRoutes accounts;
  private final List<Route> pages;

  /**
   * @param keys if there are any, browsers are asked for one
   */
  public DashboardRoutes(Optional<ApiKeys> keys, SessionCookie session, Rooms rooms) {
    this.desk = new Desk(rooms, new Pages());
    this.keyName =
        request ->
            keys.flatMap(known -> session.read(request).flatMap(known::find)).map(ApiKey::name);
    this.accounts = new AccountPageRoutes(desk);
    this.pages =
        List.of(
            new PortfolioRoutes(desk).routes(),
            accounts.routes(),
            new TodayRoutes(desk).routes(),
            new ScorecardPageRoutes(desk).routes(),
            new TruthRoutes(desk).routes(),
            new ExecutiveRoutes(desk).routes(),
            keys.map(known -> new LoginRoutes(known, session, desk.pages()).routes())
                .orElseGet(LoginRoutes::notAsked),
            nowhere());
  }

  /** A problem for people. */
  public HttpResponse problem(Problem problem) {
    return desk.pages().problem(problem);
  }

  /** The review pack of an account. */
  public HttpResponse review(ReviewPack pack) {
    return accounts.review(pack);
  }

  public Route routes() {
    Route first = concat(pathPrefix("dashboard", () -> concat(files(), rescoring())), foot());
    return handleExceptions(
        ExceptionHandler.newBuilder()
            .matchAny(failure -> complete(problem(Problem.of(failure))))
            .build(),
        () ->
            withRequestTimeoutResponse(
                request -> problem(Problem.unavailable("No answer in time.")),
                () -> concat(first, pages.toArray(Route[]::new))));
  }

  /** For people; programs are told as they are told of everything that is not there. */
  private Route nowhere() {
    return extractRequest(
        request ->
            request.method().equals(HttpMethods.GET)
                    && StandalonePage.isWanted(request)
                    && !request.getUri().getPathString().startsWith("/v1/")
                ? complete(problem(NO_SUCH_PAGE))
                : reject());
  }

  private static Route files() {
    return respondWithHeader(
        Pages.NO_CACHE,
        () ->
            concat(
                file("htmx.js", HTMX),
                FILES.stream().map(name -> file(name, "dashboard/" + name)).toArray(Route[]::new)));
  }

  private static Route file(String name, String resource) {
    return path(name, () -> get(() -> getFromResource(resource)));
  }

  private Route rescoring() {
    return path(
        "rescoring", () -> get(() -> Parameters.none(() -> desk.answer(this::rescoringBar))));
  }

  private HttpResponse rescoringBar() throws SQLException {
    return RescoringBar.of(desk.rooms().rescoring().status())
        .map(bar -> desk.pages().page("rescoring", bar))
        .orElseGet(desk.pages()::nothing);
  }

  private Route foot() {
    return path(
        "foot",
        () -> get(() -> Parameters.none(() -> extractRequest(request -> complete(foot(request))))));
  }

  private HttpResponse foot(HttpRequest request) {
    return desk.pages()
        .page(
            "foot",
            new Foot(
                Figures.longDay(desk.today()),
                desk.rooms().scorecards().current().version(),
                keyName.apply(request)));
  }
}
