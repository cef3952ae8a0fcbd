package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.optionalHeaderValueByName;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.Fault;
import keepwell.health.History;
import keepwell.health.Inquiry;
import keepwell.health.Outcomes;
import keepwell.health.Refusal;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.health.Text;
import keepwell.portfolio.Catalogue;

/**
 * {@code /v1/accounts/{id}}, its history, its explanation, its review pack, its override, what
 * became of it, and whether it is closed.
 */
final class AccountRoutes {
  private static final int ID_LENGTH_MAX = 200;
  private static final int HISTORY_DAYS = 90;

  /** A large file of an embedded database takes seconds to forget. */
  private static final Duration ERASURE_MAX = Duration.ofSeconds(15);

  private final Bodies bodies;
  private final Accounts accounts;
  private final Catalogue catalogue;
  private final Days days;
  private final ReviewPackRoute reviewPack;
  private final Blocking blocking;

  AccountRoutes(
      Bodies bodies,
      Accounts accounts,
      Catalogue catalogue,
      Days days,
      ReviewPackRoute reviewPack,
      Blocking blocking) {
    this.bodies = bodies;
    this.accounts = accounts;
    this.catalogue = catalogue;
    this.days = days;
    this.reviewPack = reviewPack;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "accounts",
        () ->
            pathPrefix(
                segment(),
                account ->
                    optionalHeaderValueByName(
                        "Raw-Request-URI",
                        uri ->
                            decodes(account, uri.orElse(""))
                                ? of(account)
                                : complete(
                                    Problem.ofField("account", "is not UTF-8").response()))));
  }

  private Route of(String account) {
    return concat(
        pathEnd(
            () ->
                concat(
                    get(() -> show(account)),
                    put(() -> label(account)),
                    delete(() -> erase(account)))),
        path("history", () -> get(() -> history(account))),
        path("explanation", () -> get(() -> explanation(account))),
        path("outcomes", () -> get(() -> outcomes(account))),
        path("review", () -> get(() -> Parameters.none(() -> reviewPack.of(checked(account))))),
        path("override", () -> concat(put(() -> override(account)), delete(() -> lift(account)))),
        path(
            "closed",
            () -> concat(put(() -> close(account, true)), delete(() -> close(account, false)))));
  }

  /**
   * Whether the replacement characters of an id were sent as such, and not made of what is no
   * UTF-8.
   */
  private static boolean decodes(String account, String uri) {
    long replaced = account.chars().filter(c -> c == '\uFFFD').count();
    long sent =
        Pattern.compile("%EF%BF%BD", Pattern.CASE_INSENSITIVE).matcher(uri).results().count();
    return replaced == sent;
  }

  private Route show(String account) {
    return Parameters.of(
        List.of("asOf"),
        parameters -> {
          Optional<Integer> asOf =
              parameters.date("asOf").map(LocalDate::toEpochDay).map(Math::toIntExact);
          return answer(accounts.show(checked(account), asOf));
        });
  }

  private Route history(String account) {
    return Parameters.of(
        List.of("days"),
        parameters -> {
          int days = parameters.number("days", 1, History.DAYS_MAX, HISTORY_DAYS);
          return answer(accounts.history(checked(account), days));
        });
  }

  private Route explanation(String account) {
    return Parameters.none(() -> answer(accounts.explain(checked(account), Inquiry.OVER_DAYS)));
  }

  private Route outcomes(String account) {
    return Parameters.none(
        () ->
            completeWithFuture(
                accounts
                    .outcomes(checked(account))
                    .thenApply(
                        answer ->
                            answer instanceof Outcomes outcomes
                                ? Json.response(OutcomesBody.of(account, outcomes))
                                : response(answer))));
  }

  private Route label(String account) {
    return Parameters.none(() -> withJson(json -> label(checked(account), json)));
  }

  private Route override(String account) {
    return Parameters.none(() -> withJson(json -> override(checked(account), json)));
  }

  private Route lift(String account) {
    return Parameters.none(() -> answer(accounts.removeOverride(checked(account))));
  }

  private Route close(String account, boolean closed) {
    return Parameters.none(() -> answer(accounts.close(checked(account), closed)));
  }

  private Route erase(String account) {
    return Parameters.none(
        () ->
            completeWithFuture(
                accounts
                    .erase(checked(account))
                    .thenCompose(answer -> blocking.answer(() -> erased(answer)))));
  }

  private HttpResponse erased(Answer answer) {
    if (answer instanceof Refusal refusal) {
      return Problem.of(refusal).response();
    }
    return catalogue.finishErasures(ERASURE_MAX)
        ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
        : Problem.unavailable("The account is erased, but not yet from all of the database.")
            .response();
  }

  private Route withJson(Function<Object, CompletionStage<Answer>> inner) {
    return extractRequest(request -> answer(bodies.json(request).thenCompose(inner)));
  }

  private CompletionStage<Answer> override(String account, Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    ScoreOverride override = ScoreOverride.read(json, faults);
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-override", faults));
    }
    return accounts.override(account, override);
  }

  private CompletionStage<Answer> label(String account, Object json) {
    if (!(json instanceof Map<?, ?> object)) {
      throw new Problem.Raised(Problem.ofField("body", "is not an object of labels"));
    }
    Map<String, Optional<String>> labels = new TreeMap<>();
    Set<Fault> faults = new LinkedHashSet<>();
    object.forEach(
        (key, value) -> {
          String label = (String) key;
          Text.fault(label, Signal.KEY_LENGTH_MAX)
              .ifPresent(problem -> faults.add(new Fault("label", problem)));
          String shown = Text.shown(label, "label");
          if (value instanceof String text && !text.isEmpty()) {
            Text.fault(text, ID_LENGTH_MAX)
                .ifPresent(problem -> faults.add(new Fault(shown, problem)));
            labels.put(label, Optional.of(text));
          } else if (value == null || value instanceof String) {
            labels.put(label, Optional.empty());
          } else {
            faults.add(new Fault(shown, "is neither a text nor null"));
          }
        });
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-labels", faults));
    }
    return accounts.label(account, labels);
  }

  private static String checked(String account) {
    Text.fault(account, ID_LENGTH_MAX)
        .ifPresent(
            problem -> {
              throw new Problem.Raised(Problem.ofField("account", problem));
            });
    return account;
  }

  private Route answer(CompletionStage<Answer> answer) {
    return completeWithFuture(answer.thenApply(this::response));
  }

  private HttpResponse response(Answer answer) {
    if (answer instanceof Refusal refusal) {
      return Problem.of(refusal).response();
    }
    if (answer instanceof History history) {
      return Json.response(HistoryBody.of(history));
    }
    if (answer instanceof Explained explained) {
      return Json.response(ExplanationBody.of(explained, days));
    }
    return Json.response(StandingBody.of((Standing) answer));
  }
}
