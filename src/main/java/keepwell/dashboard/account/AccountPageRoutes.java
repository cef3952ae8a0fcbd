package keepwell.dashboard.account;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.dashboard.frame.Desk;
import keepwell.health.Answer;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Inquiry;
import keepwell.health.Refusal;
import keepwell.health.Scorecards;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.http.ReviewPack;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/** {@code /accounts/{id}}: an account by itself. */
public final class AccountPageRoutes {
  private static final int HISTORY_DAYS = 180;

  private final Desk desk;

  public AccountPageRoutes(Desk desk) {
    this.desk = desk;
  }

  public Route routes() {
    return path(
        segment("accounts").slash(segment()),
        id -> get(() -> Parameters.none(() -> completeWithFuture(page(id)))));
  }

  /** The review pack of an account. */
  public HttpResponse review(ReviewPack pack) {
    return desk.pages().page("account/review", ReviewPage.of(pack, desk.rooms().days()));
  }

  /** What the read side knows of an account, and up to which tier change. */
  private record Known(long feed, Optional<Listed> listed, Sources sources) {}

  private CompletionStage<HttpResponse> page(String id) {
    Accounts accounts = desk.rooms().accounts();
    return desk.rooms()
        .blocking()
        .answer(() -> known(id))
        .thenCompose(
            known ->
                accounts
                    .explain(id, Inquiry.OVER_DAYS)
                    .thenCombine(
                        accounts.history(id, HISTORY_DAYS),
                        (explained, history) -> page(known, explained, history)));
  }

  private Known known(String id) throws SQLException {
    Portfolio portfolio = desk.rooms().portfolio();
    return new Known(
        portfolio.feed().last(),
        portfolio.account(desk.rooms().accounts().persistenceId(id)),
        sources());
  }

  private HttpResponse page(Known known, Answer explained, Answer history) {
    if (explained instanceof Refusal refusal) {
      return desk.pages().problem(Problem.of(refusal));
    }
    if (history instanceof Refusal refusal) {
      return desk.pages().problem(Problem.of(refusal));
    }
    return desk.pages()
        .page(
            "account/page",
            AccountPage.of(
                known.feed,
                (Explained) explained,
                (History) history,
                known.listed,
                known.sources,
                desk.rooms().days()));
  }

  private Sources sources() throws SQLException {
    Scorecards current = desk.rooms().scorecards().current();
    return new Sources(
        current, desk.rooms().catalogue().seen(Set.copyOf(current.signals().values())));
  }
}
