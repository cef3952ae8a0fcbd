package keepwell.dashboard.executive;

import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.Optional;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Portfolio;

/** {@code /executive}: all accounts on one page. */
public final class ExecutiveRoutes {
  private final Desk desk;

  public ExecutiveRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return path("executive", () -> get(() -> Parameters.none(() -> desk.answer(this::page))));
  }

  private HttpResponse page() throws SQLException {
    Portfolio portfolio = desk.rooms().portfolio();
    long feed = portfolio.feed().last(); // first, so that no change is missed
    Overview overview = portfolio.overview(Optional.of("segment"), desk.today());
    return desk.pages().page("executive/page", ExecutivePage.of(feed, overview, desk.tiers()));
  }
}
