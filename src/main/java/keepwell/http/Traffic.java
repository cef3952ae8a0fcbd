package keepwell.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What goes through the doors of a node, and how long it takes. */
final class Traffic {
  static final List<String> SIGNAL_FORMATS =
      List.of("application/json", "application/x-ndjson", "text/csv");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;
  private final Map<Answered, Timer> requests = new ConcurrentHashMap<>();
  private final Map<String, Timer> acknowledged;
  private final Counter accepted;
  private final Counter duplicates;
  private final Counter rejected;

  private record Answered(String method, int status) {}

  Traffic(MeterRegistry meters) {
    this.meters = meters;
    this.acknowledged =
        SIGNAL_FORMATS.stream()
            .collect(Collectors.toMap(Function.identity(), this::acknowledgements));
    this.accepted = signals("accepted");
    this.duplicates = signals("duplicate");
    this.rejected = signals("rejected");
    requests(new Answered("POST", StatusCodes.OK.intValue())); // to be there from the start
  }

  private Timer acknowledgements(String format) {
    return Timer.builder("keepwell.ingestion")
        .tag("format", format)
        .description("From a request with signals until all of them are acknowledged")
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  private Counter signals(String outcome) {
    return Counter.builder("keepwell.signals")
        .tag("outcome", outcome)
        .description("Signals by what became of them")
        .register(meters);
  }

  private Timer requests(Answered answered) {
    return Timer.builder("keepwell.http.requests")
        .tag("method", answered.method)
        .tag("status", Integer.toString(answered.status))
        .description("Requests until their answer begins")
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  /** Counts a request, and passes its answer on. */
  CompletionStage<HttpResponse> counted(HttpRequest request, CompletionStage<HttpResponse> answer) {
    long start = System.nanoTime();
    String method = request.method().value();
    return answer.thenApply(
        response -> {
          Answered answered =
              new Answered(
                  METHODS.contains(method) ? method : "other", response.status().intValue());
          requests
              .computeIfAbsent(answered, this::requests)
              .record(Duration.ofNanos(System.nanoTime() - start));
          return response;
        });
  }

  /** Counts the signals of a request, and passes its answer on. */
  HttpResponse ingested(Records.Answered answer) {
    accepted.increment((double) answer.tally().accepted());
    duplicates.increment((double) answer.tally().duplicates());
    rejected.increment((double) answer.tally().rejected());
    if (answer.response().status().equals(StatusCodes.OK)) {
      acknowledged.get(answer.format()).record(answer.took());
    }
    return answer.response();
  }
}
