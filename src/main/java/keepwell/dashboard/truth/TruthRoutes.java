package keepwell.dashboard.truth;

import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;

/** {@code /truth}: whether the scores say what becomes of accounts. */
public final class TruthRoutes {
  private final Desk desk;

  public TruthRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return path("truth", () -> get(() -> Parameters.none(() -> desk.answer(this::page))));
  }

  private HttpResponse page() throws SQLException {
    return desk.pages().page("truth/page", new TruthPage(desk.rooms().portfolio().feed().last()));
  }
}
