package keepwell.dashboard.executive;

import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;

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
    return desk.pages()
        .page("executive/page", new ExecutivePage(desk.rooms().portfolio().feed().last()));
  }
}
