package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.withoutRequestTimeout;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.health.OutcomeStatement;

/** {@code POST /v1/outcomes}. */
final class OutcomeRoutes {
  private final Records records;
  private final RecordReader<OutcomeStatement> reader;
  private final Accounts accounts;

  OutcomeRoutes(Records records, RecordReader<OutcomeStatement> reader, Accounts accounts) {
    this.records = records;
    this.reader = reader;
    this.accounts = accounts;
  }

  Route route() {
    return path(
        "outcomes",
        () ->
            post(
                () ->
                    withoutRequestTimeout(
                        () ->
                            Parameters.none(
                                () ->
                                    extractRequest(
                                        request -> completeWithFuture(record(request)))))));
  }

  private CompletionStage<HttpResponse> record(HttpRequest request) {
    return records
        .answer(request, reader, accounts::recordOutcomes, (account, recorded) -> Map.of())
        .thenApply(Records.Answered::response);
  }
}
