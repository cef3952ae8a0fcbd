package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Refusal;
import keepwell.playbook.Task;
import keepwell.playbook.TaskQuery;
import keepwell.playbook.Tasks;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/** {@code GET /v1/accounts/{id}/review}: for programs, and as a page for people. */
final class ReviewPackRoute {
  private static final int HISTORY_DAYS = 180;
  private static final Duration LATELY = Duration.ofDays(90);
  private static final int TASKS_MAX = 500;
  private static final int TASKS_SHOWN_MAX = 10;

  private final Accounts accounts;
  private final Portfolio portfolio;
  private final Tasks tasks;
  private final Days days;
  private final InstantSource productClock;
  private final Function<ReviewPack, HttpResponse> page;
  private final Blocking blocking;

  /**
   * @param page how one is shown to people
   */
  ReviewPackRoute(
      Accounts accounts,
      Portfolio portfolio,
      Tasks tasks,
      Days days,
      InstantSource productClock,
      Function<ReviewPack, HttpResponse> page,
      Blocking blocking) {
    this.accounts = accounts;
    this.portfolio = portfolio;
    this.tasks = tasks;
    this.days = days;
    this.productClock = productClock;
    this.page = page;
    this.blocking = blocking;
  }

  /** What is known of an account besides how it stands. */
  private record Known(Optional<Listed> listed, List<Task> open, List<Task> done) {}

  Route of(String account) {
    return extractRequest(
        request ->
            completeWithFuture(
                response(
                    account,
                    StandalonePage.isWanted(request)
                        ? page
                        : pack -> Json.response(ReviewPackBody.of(pack, days)))));
  }

  private CompletionStage<HttpResponse> response(
      String account, Function<ReviewPack, HttpResponse> shown) {
    return blocking
        .answer(() -> known(accounts.persistenceId(account)))
        .thenCompose(
            known ->
                accounts
                    .explain(account, ReviewPack.OVER_DAYS)
                    .thenCombine(
                        accounts.history(account, HISTORY_DAYS),
                        (explained, history) -> response(known, explained, history, shown)))
        .thenApply(response -> response.addHeader(StandalonePage.VARY));
  }

  private static HttpResponse response(
      Known known, Answer explained, Answer history, Function<ReviewPack, HttpResponse> shown) {
    if (explained instanceof Refusal refusal) {
      return Problem.of(refusal).response();
    }
    if (history instanceof Refusal refusal) {
      return Problem.of(refusal).response();
    }
    return shown.apply(
        new ReviewPack(
            (Explained) explained, (History) history, known.listed, known.open, known.done));
  }

  private Known known(String persistenceId) throws SQLException {
    Instant lately = productClock.instant().minus(LATELY);
    return new Known(
        portfolio.account(persistenceId),
        tasks(persistenceId, Task.State.OPEN).stream().limit(TASKS_SHOWN_MAX).toList(),
        tasks(persistenceId, Task.State.DONE).stream()
            .filter(task -> task.endedAt().filter(lately::isBefore).isPresent())
            .sorted(
                Comparator.comparing(
                    task -> task.endedAt().orElseThrow(), Comparator.reverseOrder()))
            .limit(TASKS_SHOWN_MAX)
            .toList());
  }

  private List<Task> tasks(String persistenceId, Task.State state) throws SQLException {
    return tasks.page(
        new TaskQuery(
            Optional.empty(),
            Optional.of(state),
            Optional.of(persistenceId),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TASKS_MAX));
  }
}
