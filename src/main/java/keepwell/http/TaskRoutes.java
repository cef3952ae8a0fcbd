package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.patch;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.longSegment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import keepwell.account.Accounts;
import keepwell.health.Days;
import keepwell.playbook.Task;
import keepwell.playbook.TaskQuery;
import keepwell.playbook.TaskQuery.Place;
import keepwell.playbook.Tasks;

/** {@code GET /v1/tasks}, {@code GET} and {@code PATCH /v1/tasks/{id}}. */
final class TaskRoutes {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 500;
  private static final int NAME_LENGTH_MAX = 200;

  private final Bodies bodies;
  private final Tasks tasks;
  private final Accounts accounts;
  private final TaskReader reader;
  private final Days days;
  private final InstantSource productClock;
  private final Blocking blocking;

  TaskRoutes(
      Bodies bodies,
      Tasks tasks,
      Accounts accounts,
      Days days,
      InstantSource productClock,
      Blocking blocking) {
    this.bodies = bodies;
    this.tasks = tasks;
    this.accounts = accounts;
    this.reader = new TaskReader(days);
    this.days = days;
    this.productClock = productClock;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "tasks",
        () ->
            concat(
                pathEnd(() -> get(this::list)),
                path(
                    longSegment(),
                    id ->
                        Parameters.none(
                            () -> concat(get(() -> show(id)), patch(() -> change(id)))))));
  }

  private Route list() {
    return Parameters.of(
        List.of("owner", "state", "account", "playbook", "dueBefore", "overdue", "limit", "cursor"),
        parameters -> {
          Optional<Task.State> state =
              parameters
                  .oneOf("state", Arrays.stream(Task.State.values()).map(Json::text).toList())
                  .map(name -> Task.State.valueOf(name.toUpperCase(Locale.ROOT)));
          boolean overdue = parameters.flag("overdue");
          Optional<Instant> before =
              parameters
                  .date("dueBefore")
                  .map(date -> days.start(Math.toIntExact(date.toEpochDay())));
          Instant now = productClock.instant();
          TaskQuery query =
              new TaskQuery(
                  parameters.text("owner", NAME_LENGTH_MAX),
                  overdue ? Optional.of(Task.State.OPEN) : state,
                  parameters.text("account", NAME_LENGTH_MAX).map(accounts::persistenceId),
                  parameters.text("playbook", NAME_LENGTH_MAX),
                  overdue && before.filter(now::isAfter).isEmpty() ? Optional.of(now) : before,
                  parameters.text("cursor", NAME_LENGTH_MAX).map(TaskRoutes::place),
                  parameters.number("limit", 1, LIMIT_MAX, LIMIT));
          return completeWithFuture(blocking.answer(() -> list(query)));
        });
  }

  private static Place place(String cursor) {
    return Place.read(cursor)
        .orElseThrow(() -> new Problem.Raised(Problem.ofField("cursor", "is none of this list")));
  }

  private HttpResponse list(TaskQuery query) throws SQLException {
    List<Task> page = tasks.page(query);
    Optional<Task> last =
        page.size() < query.limit() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    return Json.response(
        new TaskBody.Page(
            page.stream().map(TaskBody::of).toList(),
            last.map(task -> Place.of(task).cursor()).orElse(null)));
  }

  private Route show(long id) {
    return completeWithFuture(blocking.answer(() -> response(tasks.get(id))));
  }

  private Route change(long id) {
    return extractRequest(
        request ->
            completeWithFuture(
                bodies
                    .json(request)
                    .thenApply(reader::read)
                    .thenCompose(
                        patch ->
                            blocking.answer(
                                () -> response(tasks.change(id, patch, productClock.instant()))))));
  }

  private HttpResponse response(Optional<Task> task) throws SQLException {
    return task.isPresent()
        ? Json.response(TaskBody.of(task.get(), tasks.changes(task.get().id())))
        : Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such task.").response();
  }
}
