package keepwell.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Connection;
import akka.japi.Pair;
import akka.stream.javadsl.Flow;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import keepwell.journal.Refusals;

/** The connections of a node, so many at once. Who asks on one beyond those is told so. */
final class Connections {
  /** Beyond the most, so many are told; further ones wait until another is closed. */
  private static final int TOLD_MAX = 256;

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final Refusals refusals = new Refusals("connections");

  Connections(int max, MeterRegistry meters) {
    this.max = max;
    Gauge.builder("keepwell.http.connections", open::get)
        .description("Connections on which something was asked")
        .register(meters);
    refusals.measure(meters);
  }

  /** How many must be accepted for that. */
  int acceptedMax() {
    return (int) Math.min((long) max + TOLD_MAX, Integer.MAX_VALUE);
  }

  /** Answers the requests of one connection; each of one too many by a refusal that closes it. */
  Flow<HttpRequest, HttpResponse, NotUsed> answering(
      Function<HttpRequest, CompletionStage<HttpResponse>> answers) {
    return Flow.<HttpRequest>create()
        .statefulMap(
            this::isOneTooMany,
            (oneTooMany, request) ->
                Pair.create(
                    oneTooMany,
                    oneTooMany
                        ? CompletableFuture.completedStage(refusal())
                        : answers.apply(request)),
            oneTooMany -> {
              if (!oneTooMany) {
                open.decrementAndGet();
              }
              return Optional.empty();
            })
        .mapAsync(1, answer -> answer);
  }

  private boolean isOneTooMany() {
    boolean oneTooMany = open.incrementAndGet() > max;
    if (oneTooMany) {
      refusals.add();
      open.decrementAndGet();
    }
    return oneTooMany;
  }

  private HttpResponse refusal() {
    return Problem.of(
            StatusCodes.SERVICE_UNAVAILABLE,
            "connections-too-many",
            "This node has no place for more than %d connections.".formatted(max))
        .response()
        .addHeader(Connection.create("close"));
  }
}
