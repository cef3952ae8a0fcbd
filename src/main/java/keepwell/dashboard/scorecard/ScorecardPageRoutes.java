package keepwell.dashboard.scorecard;

import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;

/** {@code /scorecard}: how scores are made, and what another way would make of them. */
public final class ScorecardPageRoutes {
  private final Desk desk;

  public ScorecardPageRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return path("scorecard", () -> get(() -> Parameters.none(() -> desk.answer(this::page))));
  }

  private HttpResponse page() throws SQLException {
    return desk.pages()
        .page("scorecard/page", new ScorecardPage(desk.rooms().portfolio().feed().last()));
  }
}
