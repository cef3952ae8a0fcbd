package keepwell.dashboard.today;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.longSegment;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Desk;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.playbook.Task;
import keepwell.playbook.TaskQuery.Place;

/**
 * {@code /today}: what is to be done, and who is newly at risk; and {@code /today/tasks/{id}}: one
 * of the tasks, whatever has become of it.
 */
public final class TodayRoutes {
  private static final int NAME_LENGTH_MAX = 200;
  private static final String OWNER = "owner";

  private final Desk desk;

  public TodayRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return pathPrefix(
        "today",
        () ->
            get(
                () ->
                    concat(
                        pathEnd(this::page),
                        path(segment("tasks").slash(longSegment()), this::task))));
  }

  /** A form sends its empty field, too: without it the same page has one URL. */
  private Route page() {
    return parameterMap(
        given ->
            "".equals(given.get(OWNER))
                ? complete(Desk.to("/today"))
                : Parameters.of(List.of(OWNER, "cursor"), this::page));
  }

  private Route page(Parameters parameters) {
    Optional<String> owner = parameters.text(OWNER, NAME_LENGTH_MAX);
    Optional<Place> after = parameters.text("cursor", NAME_LENGTH_MAX).map(TodayRoutes::place);
    return Desk.origin(
        origin ->
            desk.answer(
                () ->
                    desk.pages()
                        .page("today/page", new TodayReader(desk, owner).page(after, origin))));
  }

  private static Place place(String cursor) {
    return Place.read(cursor)
        .orElseThrow(() -> new Problem.Raised(Problem.ofField("cursor", "is none of this list")));
  }

  private Route task(long id) {
    return Parameters.of(
        List.of(OWNER),
        parameters -> {
          Optional<String> owner = parameters.text(OWNER, NAME_LENGTH_MAX);
          return desk.answer(() -> task(id, owner));
        });
  }

  private HttpResponse task(long id, Optional<String> owner) throws SQLException {
    Optional<Task> task = desk.rooms().playbooks().tasks().get(id);
    return task.isPresent()
        ? desk.pages().page("today/changed", new TodayReader(desk, owner).changed(task.get()))
        : desk.pages()
            .problem(Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such task."));
  }
}
