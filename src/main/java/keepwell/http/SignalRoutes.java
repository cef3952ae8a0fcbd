package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.withoutRequestTimeout;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.ContentEncoding;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.http.SignalDraft.BrokenOff;
import keepwell.http.SignalDraft.Entry;
import keepwell.http.SignalDraft.Taken;

/** {@code POST /v1/signals}: JSON, NDJSON and CSV. */
final class SignalRoutes {
  /** How long a stream may gather records before they are handed on. */
  private static final Duration GATHERING_MAX = Duration.ofMillis(200);

  private static final Entry OVERLOADED = new BrokenOff(Problem.of(Refusal.of(Code.BUSY)));

  private final Bodies bodies;
  private final Intake intake;
  private final SignalReader reader;
  private final Ingestion ingestion;
  private final Inflation inflation;
  private final Server.Limits limits;
  private final Traffic traffic;

  SignalRoutes(
      Bodies bodies,
      Intake intake,
      SignalReader reader,
      Ingestion ingestion,
      Inflation inflation,
      Server.Limits limits,
      Traffic traffic) {
    this.bodies = bodies;
    this.intake = intake;
    this.reader = reader;
    this.ingestion = ingestion;
    this.inflation = inflation;
    this.limits = limits;
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
    long start = System.nanoTime();
    String format = Bodies.format(request.entity().getContentType());
    HttpEntity body = inflation.inflated(request);
    Intake.Share share = intake.share();
    Tally tally = new Tally(share);
    CompletionStage<HttpResponse> done =
        switch (format) {
          case "application/json" ->
              bodies.strict(body, share).thenCompose(json -> json(json, quiet, tally, share));
          case "application/x-ndjson" -> stream(ndjson(body), quiet, tally, share);
          case "text/csv" -> stream(csv(body), quiet, tally, share);
          default ->
              throw new Problem.Raised(
                  Problem.of(
                      StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                      "unsupported-media-type",
                      "Signals are sent as application/json, application/x-ndjson or text/csv, in"
                          + " UTF-8."));
        };
    return done.exceptionally(failure -> Problem.of(failure).with(tally.body()).response())
        .whenComplete((response, failure) -> share.close())
        .thenApply(
            response -> {
              traffic.ingested(
                  format, Duration.ofNanos(System.nanoTime() - start), tally, response);
              return response;
            });
  }

  private CompletionStage<HttpResponse> json(
      byte[] json, boolean quiet, Tally tally, Intake.Share share) {
    SignalReader.Body body = reader.body(json);
    share.require((long) body.entries().size() * Intake.RECORD_BYTES);
    return ingestion
        .all(body.entries(), quiet, tally)
        .thenApply(
            counted -> {
              boolean standing = body.single() && counted.last() != null;
              return standing && body.entries().get(0) instanceof Taken taken
                  ? answer(counted, Map.of("standing", standing(taken.account(), counted.last())))
                  : answer(counted, Map.of());
            });
  }

  private CompletionStage<HttpResponse> stream(
      Source<Entry, ?> entries, boolean quiet, Tally tally, Intake.Share share) {
    Source<List<Entry>, NotUsed> groups =
        entries
            .map(entry -> share.take(Intake.RECORD_BYTES) ? entry : OVERLOADED)
            .takeWhile(entry -> !(entry instanceof BrokenOff), true)
            .groupedWithin(intake.groupMax(), GATHERING_MAX)
            .mapMaterializedValue(ignored -> NotUsed.getInstance());
    return ingestion.stream(groups, quiet, tally).thenApply(counted -> answer(counted, Map.of()));
  }

  private Source<Lines.Line, Object> lines(HttpEntity body) {
    return body.getDataBytes()
        .via(Lines.of(limits.lineBytesMax()))
        .via(new SenderTimeout(limits.lineTimeMax()));
  }

  private Source<Entry, ?> ndjson(HttpEntity body) {
    return lines(body)
        .statefulMapConcat(
            () -> {
              NdjsonSignals ndjson = new NdjsonSignals(reader);
              return ndjson::read;
            });
  }

  private Source<Entry, ?> csv(HttpEntity body) {
    return lines(body)
        .statefulMapConcat(
            () -> {
              CsvSignals csv = new CsvSignals(reader);
              return csv::read;
            });
  }

  private static HttpResponse answer(Tally tally, Map<String, Object> more) {
    Map<String, Object> body = tally.body();
    return tally
        .failure()
        .map(problem -> problem.with(body).response())
        .orElseGet(
            () -> {
              body.putAll(more);
              return Json.response(body);
            });
  }

  private static Map<String, Object> standing(String account, Recorded recorded) {
    Map<String, Object> standing = new LinkedHashMap<>();
    standing.put("account", account);
    standing.put("score", recorded.score().isPresent() ? recorded.score().getAsDouble() : null);
    standing.put("tier", recorded.tier().orElse(null));
    return standing;
  }
}
