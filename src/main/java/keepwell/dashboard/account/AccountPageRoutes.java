package keepwell.dashboard.account;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.dashboard.frame.Desk;
import keepwell.health.Answer;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Inquiry;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Scorecards;
import keepwell.health.Standing;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.http.ReviewPack;
import keepwell.http.Rooms;
import keepwell.playbook.Task;
import keepwell.playbook.TaskQuery;
import keepwell.portfolio.Portfolio;

/** {@code /accounts/{id}}: an account by itself, today or on another day. */
public final class AccountPageRoutes {
  private static final int HISTORY_DAYS = 180;
  private static final int AHEAD_DAYS = 30;
  private static final int TASKS_READ_MAX = 500;
  private static final int DONE_MAX = 5;
  private static final Duration LATELY = Duration.ofDays(7);

  private final Desk desk;
  private final Rooms rooms;

  public AccountPageRoutes(Desk desk) {
    this.desk = desk;
    this.rooms = desk.rooms();
  }

  public Route routes() {
    return concat(
        path(
            segment("accounts").slash(segment()),
            id ->
                get(
                    () ->
                        Parameters.of(
                            List.of("asOf"),
                            parameters ->
                                completeWithFuture(
                                    page(
                                        id,
                                        parameters
                                            .date("asOf")
                                            .map(LocalDate::toEpochDay)
                                            .map(Math::toIntExact)))))),
        new SignalRoutes(desk).routes());
  }

  /** The review pack of an account. */
  public HttpResponse review(ReviewPack pack) {
    return desk.pages().page("account/review", ReviewPage.of(pack, rooms.days()));
  }

  private CompletionStage<HttpResponse> page(String id, Optional<Integer> asOf) {
    return rooms
        .blocking()
        .answer(() -> beside(id)) // first: the feed is followed from there
        .thenCompose(
            beside ->
                rooms
                    .accounts()
                    .explain(id, Inquiry.OVER_DAYS)
                    .thenCompose(
                        answer ->
                            answer instanceof Explained explained
                                ? page(id, asOf, beside, explained)
                                : CompletableFuture.completedFuture(refused(answer))));
  }

  private CompletionStage<HttpResponse> page(
      String id, Optional<Integer> asOf, Beside beside, Explained explained) {
    Accounts accounts = rooms.accounts();
    int today = explained.standing().asOf();
    int day = asOf.orElse(today);
    CompletionStage<List<DayScore>> ahead = ahead(id, today);
    CompletionStage<Answer> shown =
        day == today
            ? CompletableFuture.completedFuture(explained.standing())
            : accounts.show(id, Optional.of(day));
    return accounts
        .history(id, HISTORY_DAYS)
        .thenCompose(
            history ->
                ahead.thenCombine(
                    shown,
                    (days, standing) -> {
                      if (history instanceof Refusal) {
                        return refused(history);
                      }
                      if (standing instanceof Refusal refusal
                          && refusal.code() != Code.AS_OF_TOO_OLD) {
                        return refused(standing);
                      }
                      return page(
                          new Seen(
                              beside,
                              explained,
                              (History) history,
                              days,
                              day,
                              standing instanceof Standing there
                                  ? Optional.of(there)
                                  : Optional.empty(),
                              rooms.days(),
                              rooms.productClock().instant()));
                    }));
  }

  /** The days after today, if nothing happens. */
  private CompletionStage<List<DayScore>> ahead(String id, int today) {
    CompletionStage<List<DayScore>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (int day = today + 1; day <= today + AHEAD_DAYS; day++) {
      all = all.thenCombine(rooms.accounts().show(id, Optional.of(day)), AccountPageRoutes::add);
    }
    return all;
  }

  private static List<DayScore> add(List<DayScore> days, Answer answer) {
    if (answer instanceof Standing standing) {
      days.add(new DayScore(standing.asOf(), standing.score(), standing.tier()));
    }
    return days;
  }

  private HttpResponse refused(Answer answer) {
    return desk.pages().problem(Problem.of((Refusal) answer));
  }

  private HttpResponse page(Seen seen) {
    return desk.pages().page("account/page", AccountPage.of(seen));
  }

  private Beside beside(String id) throws SQLException {
    Portfolio portfolio = rooms.portfolio();
    long feed = portfolio.feed().last();
    String persistenceId = rooms.accounts().persistenceId(id);
    Scorecards current = rooms.scorecards().current();
    Instant lately = rooms.productClock().instant().minus(LATELY);
    return new Beside(
        feed,
        portfolio.account(persistenceId),
        new Sources(current, rooms.catalogue().seen(Set.copyOf(current.signals().values()))),
        tasks(persistenceId, Task.State.OPEN, Beside.TASKS_MAX),
        tasks(persistenceId, Task.State.DONE, TASKS_READ_MAX).stream()
            .filter(task -> task.endedAt().filter(lately::isBefore).isPresent())
            .sorted(
                Comparator.comparing(
                    task -> task.endedAt().orElseThrow(), Comparator.reverseOrder()))
            .limit(DONE_MAX)
            .toList(),
        rooms.playbooks().runs().latest(persistenceId, Beside.RUNS_MAX),
        rooms.playbooks().versions().current());
  }

  private List<Task> tasks(String persistenceId, Task.State state, int limit) throws SQLException {
    return rooms
        .playbooks()
        .tasks()
        .page(
            new TaskQuery(
                Optional.empty(),
                Optional.of(state),
                Optional.of(persistenceId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit));
  }
}
