package keepwell.dashboard.today;

import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;

/** {@code /today}: what is to be done. */
public final class TodayRoutes {
  private final Desk desk;

  public TodayRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return path("today", () -> get(() -> Parameters.none(() -> desk.answer(this::page))));
  }

  private HttpResponse page() throws SQLException {
    return desk.pages().page("today/page", new TodayPage(desk.rooms().portfolio().feed().last()));
  }
}
