package keepwell.dashboard.frame;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractUri;
import static akka.http.javadsl.server.Directives.handleExceptions;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.Route;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import keepwell.http.Problem;
import keepwell.http.Rooms;

/** What the routes of every page work with. */
public record Desk(Rooms rooms, Pages pages) {

  /** Answers with what may wait for the database. */
  public Route answer(Callable<HttpResponse> response) {
    return completeWithFuture(rooms.blocking().answer(response));
  }

  /** Goes on with where the server was asked, such as {@code http://localhost:8080}. */
  public static Route origin(Function<String, Route> inner) {
    return extractUri(
        uri -> {
          String port = uri.getPort() > 0 ? ":" + uri.getPort() : "";
          return inner.apply(uri.getScheme() + "://" + uri.host() + port);
        });
  }

  /** Has problems told as programs are told of them, because a script asks. */
  public static Route told(Supplier<Route> inner) {
    return handleExceptions(
        ExceptionHandler.newBuilder()
            .matchAny(failure -> complete(Problem.of(failure).response()))
            .build(),
        inner);
  }

  /** Leads to another page, which is asked for by GET. */
  public static HttpResponse to(String url) {
    return HttpResponse.create().withStatus(StatusCodes.SEE_OTHER).addHeader(Location.create(url));
  }

  /** The tiers of the scorecards in force. */
  public Tiers tiers() {
    return Tiers.of(rooms.scorecards().current());
  }

  /** Counted from 1970-01-01. */
  public int today() {
    return rooms.days().of(rooms.productClock().instant());
  }
}
