package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.longSegment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import keepwell.playbook.Storm;
import keepwell.playbook.StormLog;

/** {@code GET /v1/storms}: what is held, and why; and who lets it go or discards it. */
final class StormRoutes {
  private final StormLog storms;
  private final Blocking blocking;

  StormRoutes(StormLog storms, Blocking blocking) {
    this.storms = storms;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "storms",
        () ->
            concat(
                pathEnd(() -> get(this::list)),
                pathPrefix(
                    longSegment(),
                    id ->
                        concat(
                            pathEnd(() -> get(() -> answer(() -> response(id)))),
                            path(
                                "release",
                                () -> post(() -> answer(() -> ended(id, storms.release(id))))),
                            path(
                                "discard",
                                () -> post(() -> answer(() -> ended(id, storms.discard(id)))))))));
  }

  private Route answer(Callable<HttpResponse> answer) {
    return Parameters.none(() -> completeWithFuture(blocking.answer(answer)));
  }

  private Route list() {
    return Parameters.of(
        List.of("state"),
        parameters -> {
          Optional<Storm.State> state =
              parameters
                  .oneOf("state", Arrays.stream(Storm.State.values()).map(Json::text).toList())
                  .map(name -> Storm.State.valueOf(name.toUpperCase(Locale.ROOT)));
          return completeWithFuture(
              blocking.answer(
                  () ->
                      Json.response(
                          Map.of(
                              "items", storms.all(state).stream().map(StormBody::of).toList()))));
        });
  }

  private HttpResponse response(long id) throws SQLException {
    return storms
        .get(id)
        .map(digest -> Json.response(StormBody.of(digest)))
        .orElseGet(
            () ->
                Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such storm.")
                    .response());
  }

  private HttpResponse ended(long id, boolean held) throws SQLException {
    HttpResponse response = response(id);
    return held || response.status().equals(StatusCodes.NOT_FOUND)
        ? response
        : Problem.of(StatusCodes.CONFLICT, "storm-over", "Somebody has let it go or discarded it.")
            .response();
  }
}
