package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.decodeRequest;
import static akka.http.javadsl.server.Directives.extractRequestEntity;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.optionalHeaderValueByName;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import keepwell.account.Accounts;
import keepwell.health.Answer;
import keepwell.health.Fault;
import keepwell.health.Refusal;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.health.Text;

/** {@code GET} and {@code PUT /v1/accounts/{id}}. */
final class AccountRoutes {
  private static final int ID_LENGTH_MAX = 200;

  private final Bodies bodies;
  private final Accounts accounts;

  AccountRoutes(Bodies bodies, Accounts accounts) {
    this.bodies = bodies;
    this.accounts = accounts;
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
                                ? pathEnd(
                                    () ->
                                        concat(get(() -> show(account)), put(() -> label(account))))
                                : complete(
                                    Problem.ofField("account", "is not UTF-8").response()))));
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
          return completeWithFuture(
              accounts.show(checked(account), asOf).thenApply(AccountRoutes::response));
        });
  }

  private Route label(String account) {
    return Parameters.none(
        () ->
            decodeRequest(
                () ->
                    extractRequestEntity(
                        entity ->
                            completeWithFuture(
                                bodies
                                    .json(entity)
                                    .thenCompose(json -> label(checked(account), json))
                                    .thenApply(AccountRoutes::response)))));
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
          if (value instanceof String text && !text.isEmpty()) {
            Text.fault(text, ID_LENGTH_MAX)
                .ifPresent(problem -> faults.add(new Fault(label, problem)));
            labels.put(label, Optional.of(text));
          } else if (value == null || value instanceof String) {
            labels.put(label, Optional.empty());
          } else {
            faults.add(new Fault(label, "is neither a text nor null"));
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

  private static HttpResponse response(Answer answer) {
    return answer instanceof Standing standing
        ? Json.response(StandingBody.of(standing))
        : Problem.of((Refusal) answer).response();
  }
}
