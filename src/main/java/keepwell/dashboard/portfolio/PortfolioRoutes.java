package keepwell.dashboard.portfolio;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathSingleSlash;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.http.AccountQueries;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/**
 * {@code /}: all accounts, in figures and as a list; and the parts of it that come by themselves.
 */
public final class PortfolioRoutes {
  private static final int LIMIT = 50;

  /** The period over which moves are counted. */
  private static final String MOVES = "moves";

  private static final List<String> PARAMETERS =
      Stream.concat(AccountQueries.PARAMETERS.stream(), Stream.of(MOVES)).toList();

  /** Of these a value can be chosen: there are not many. */
  private static final List<String> CHOICES = List.of("owner", "segment");

  private final Desk desk;
  private final Curves curves;

  public PortfolioRoutes(Desk desk) {
    this.desk = desk;
    this.curves = new Curves(desk.rooms().accounts());
  }

  public Route routes() {
    return concat(
        pathSingleSlash(() -> get(this::page)),
        path(segment("portfolio").slash("figures"), () -> get(() -> selected(this::figures))),
        path(segment("portfolio").slash("curves"), () -> get(() -> selected(this::curves))),
        path(
            segment("accounts").slash(segment()).slash("row"),
            id -> get(() -> Parameters.none(() -> completeWithFuture(row(id))))));
  }

  /** A form sends its empty fields, too: without them the same list has one URL. */
  private Route page() {
    return parameterMap(
        given -> {
          Map<String, String> filled = new HashMap<>(given);
          filled.values().removeIf(String::isEmpty);
          return filled.size() < given.size()
              ? complete(Desk.to(new Selection(filled).here()))
              : selected(this::page);
        });
  }

  private static Route selected(BiFunction<Selection, Parameters, Route> inner) {
    return parameterMap(
        given ->
            Parameters.of(PARAMETERS, parameters -> inner.apply(new Selection(given), parameters)));
  }

  private Route page(Selection selection, Parameters parameters) {
    AccountQuery query = AccountQueries.read(parameters, LIMIT);
    int movesDays = movesDays(parameters);
    return Desk.origin(origin -> desk.answer(() -> page(selection, query, movesDays, origin)));
  }

  private static int movesDays(Parameters parameters) {
    return parameters.oneOf(MOVES, List.of("P7D", "P30D")).equals(Optional.of("P30D")) ? 30 : 7;
  }

  private HttpResponse page(Selection selection, AccountQuery query, int movesDays, String origin)
      throws SQLException {
    Portfolio portfolio = desk.rooms().portfolio();
    long feed = portfolio.feed().last(); // first, so that no change is missed
    List<Choice> choices = new ArrayList<>();
    for (String label : CHOICES) {
      choices.add(Choice.of(label, selection.value(label), portfolio.values(label)));
    }
    return desk.pages()
        .page(
            "portfolio/page",
            ListPage.of(
                feed,
                origin,
                summary(selection, movesDays),
                choices,
                accounts(query),
                desk.tiers(),
                desk.today()));
  }

  private Portfolio.Page accounts(AccountQuery query) throws SQLException {
    return desk.rooms()
        .portfolio()
        .page(query, desk.today())
        .orElseThrow(() -> new Problem.Raised(Problem.ofField("cursor", "is none of this query")));
  }

  private Summary summary(Selection selection, int movesDays) throws SQLException {
    int today = desk.today();
    Scope scope = Scope.of(selection);
    return Summary.of(
        selection,
        scope,
        scope.group(desk.rooms().portfolio(), today),
        movesDays,
        desk.tiers(),
        today);
  }

  /** The figures alone, for when they have changed. */
  private Route figures(Selection selection, Parameters parameters) {
    AccountQueries.read(parameters, LIMIT);
    int movesDays = movesDays(parameters);
    return desk.answer(() -> desk.pages().page("portfolio/figures", summary(selection, movesDays)));
  }

  /** The curves of a list, each with its account. */
  private Route curves(Selection selection, Parameters parameters) {
    AccountQuery query = AccountQueries.read(parameters, LIMIT);
    Tiers tiers = desk.tiers();
    return completeWithFuture(
        desk.rooms()
            .blocking()
            .answer(() -> accounts(query).accounts())
            .thenCompose(accounts -> curves.of(accounts, tiers))
            .thenApply(all -> desk.pages().page("portfolio/curves", all)));
  }

  private CompletionStage<HttpResponse> row(String id) {
    Tiers tiers = desk.tiers();
    return desk.rooms()
        .blocking()
        .answer(() -> listed(id))
        .thenCompose(
            listed ->
                curves
                    .of(listed, tiers)
                    .thenApply(
                        curve ->
                            desk.pages()
                                .page(
                                    "portfolio/row",
                                    AccountRow.of(listed, tiers, desk.today()).with(curve))));
  }

  private Listed listed(String id) throws SQLException {
    return desk.rooms()
        .portfolio()
        .account(desk.rooms().accounts().persistenceId(id))
        .orElseThrow(() -> new Problem.Raised(Problem.of(Refusal.of(Code.ACCOUNT_UNKNOWN))));
  }
}
