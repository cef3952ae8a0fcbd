package keepwell.dashboard.portfolio;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractUri;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathSingleSlash;
import static akka.http.javadsl.server.Directives.redirect;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Selection;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.http.AccountQueries;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Portfolio;

/** {@code /}: all accounts, and {@code /accounts/{id}/row}: one of them in the list. */
public final class PortfolioRoutes {
  private static final int LIMIT = 50;

  private final Desk desk;

  public PortfolioRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return concat(
        pathSingleSlash(() -> get(this::list)),
        path(
            segment("accounts").slash(segment()).slash("row"),
            id -> get(() -> Parameters.none(() -> desk.answer(() -> row(id))))));
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
                  desk.answer(
                      () -> list(selection, query, uri.getScheme() + "://" + authority(uri))));
        });
  }

  private static String authority(Uri uri) {
    return uri.host() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
  }

  private HttpResponse list(Selection selection, AccountQuery query, String origin)
      throws SQLException {
    int today = desk.today();
    Portfolio portfolio = desk.rooms().portfolio();
    long feed = portfolio.feed().last(); // first, so that no change is missed
    Portfolio.Page page =
        portfolio
            .page(query, today)
            .orElseThrow(
                () -> new Problem.Raised(Problem.ofField("cursor", "is none of this query")));
    return desk.pages()
        .page(
            "portfolio/page",
            ListPage.of(
                feed,
                origin,
                selection,
                portfolio.overview(Optional.empty(), today),
                page,
                desk.tiers(),
                today));
  }

  private HttpResponse row(String id) throws SQLException {
    return desk.rooms()
        .portfolio()
        .account(desk.rooms().accounts().persistenceId(id))
        .map(
            listed ->
                desk.pages()
                    .page("portfolio/row", AccountRow.of(listed, desk.tiers(), desk.today())))
        .orElseGet(() -> desk.pages().problem(Problem.of(Refusal.of(Code.ACCOUNT_UNKNOWN))));
  }
}
