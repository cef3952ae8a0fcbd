package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.withoutRequestTimeout;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.ContentEncoding;
import akka.http.javadsl.server.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.health.Recorded;
import keepwell.health.Signal;

/** {@code POST /v1/signals}. */
final class SignalRoutes {
  private final Records records;
  private final RecordReader<Signal> reader;
  private final Accounts accounts;
  private final Traffic traffic;

  SignalRoutes(Records records, RecordReader<Signal> reader, Accounts accounts, Traffic traffic) {
    this.records = records;
    this.reader = reader;
    this.accounts = accounts;
    this.traffic = traffic;
  }

  Route routes() {
    return path("signals", () -> post(this::ingest));
  }

  /** Whether a request is what most are: the routes need not be looked through for it. */
  static boolean isPlain(HttpRequest request) {
    return request.method().equals(HttpMethods.POST)
        && request.entity() instanceof HttpEntity.Strict body
        && body.getContentType().equals(ContentTypes.APPLICATION_JSON)
        && request.getUri().getPathString().equals("/v1/signals")
        && request.getUri().rawQueryString().isEmpty()
        && request.getHeader(ContentEncoding.class).isEmpty();
  }

  /** Answers a plain request. */
  CompletionStage<HttpResponse> plain(HttpRequest request) {
    return ingest(request, false);
  }

  private Route ingest() {
    // A stream takes as long as it takes, while its lines come.
    return withoutRequestTimeout(
        () ->
            Parameters.of(
                List.of("quiet"),
                parameters ->
                    extractRequest(
                        request -> completeWithFuture(ingest(request, parameters.flag("quiet"))))));
  }

  private CompletionStage<HttpResponse> ingest(HttpRequest request, boolean quiet) {
    return records
        .answer(
            request,
            reader,
            (account, signals) -> accounts.record(account, signals, quiet),
            SignalRoutes::standing)
        .thenApply(traffic::ingested);
  }

  private static Map<String, Object> standing(String account, Recorded recorded) {
    Map<String, Object> standing = new LinkedHashMap<>();
    standing.put("account", account);
    standing.put("score", recorded.score().isPresent() ? recorded.score().getAsDouble() : null);
    standing.put("tier", recorded.tier().orElse(null));
    return Map.of("standing", standing);
  }
}
