package keepwell.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.japi.function.Creator;
import akka.japi.function.Function;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.http.Entry.BrokenOff;
import keepwell.http.Entry.Taken;
import keepwell.http.Ingestion.Recorder;

/** Takes the records of a request, in JSON, NDJSON or CSV, and answers what became of them. */
final class Records {
  /** How long a stream may gather records before they are handed on. */
  private static final Duration GATHERING_MAX = Duration.ofMillis(200);

  private static final Problem OVERLOADED = Problem.of(Refusal.of(Code.BUSY));

  private final Bodies bodies;
  private final Intake intake;
  private final Ingestion ingestion;
  private final Inflation inflation;
  private final Server.Limits limits;

  Records(
      Bodies bodies,
      Intake intake,
      Ingestion ingestion,
      Inflation inflation,
      Server.Limits limits) {
    this.bodies = bodies;
    this.intake = intake;
    this.ingestion = ingestion;
    this.inflation = inflation;
    this.limits = limits;
  }

  /**
   * An answer, and what it took.
   *
   * @param took until all were acknowledged
   */
  record Answered(String format, Duration took, Tally tally, HttpResponse response) {}

  /**
   * Records everything of a request that can be.
   *
   * @param single what the answer to a record that is no array has besides, by its account
   */
  <T> CompletionStage<Answered> answer(
      HttpRequest request,
      RecordReader<T> reader,
      Recorder<T> recorder,
      BiFunction<String, Recorded, Map<String, Object>> single) {
    long start = System.nanoTime();
    String format = Bodies.format(request.entity().getContentType());
    HttpEntity body = inflation.inflated(request);
    Intake.Share share = intake.share();
    Tally tally = new Tally(share);
    CompletionStage<HttpResponse> done =
        switch (format) {
          case "application/json" ->
              bodies
                  .strict(body, share)
                  .thenCompose(json -> json(reader.body(json), recorder, single, tally, share));
          case "application/x-ndjson" ->
              stream(lines(body, () -> new NdjsonRecords<>(reader)::read), recorder, tally, share);
          case "text/csv" ->
              stream(lines(body, () -> new CsvRecords<>(reader)::read), recorder, tally, share);
          default ->
              throw new Problem.Raised(
                  Problem.of(
                      StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                      "unsupported-media-type",
                      "%ss are sent as application/json, application/x-ndjson or text/csv, in UTF-8."
                          .formatted(capitalized(reader.kind().name()))));
        };
    return done.exceptionally(failure -> Problem.of(failure).with(tally.body()).response())
        .whenComplete((response, failure) -> share.close())
        .thenApply(
            response ->
                new Answered(format, Duration.ofNanos(System.nanoTime() - start), tally, response));
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private <T> CompletionStage<HttpResponse> json(
      RecordReader.Body<T> body,
      Recorder<T> recorder,
      BiFunction<String, Recorded, Map<String, Object>> single,
      Tally tally,
      Intake.Share share) {
    share.require((long) body.entries().size() * Intake.RECORD_BYTES);
    return ingestion
        .all(body.entries(), recorder, tally)
        .thenApply(
            counted -> {
              boolean told = body.single() && counted.last() != null;
              return told && body.entries().get(0) instanceof Taken<T> taken
                  ? answer(counted, single.apply(taken.account(), counted.last()))
                  : answer(counted, Map.of());
            });
  }

  private <T> CompletionStage<HttpResponse> stream(
      Source<Entry<T>, ?> entries, Recorder<T> recorder, Tally tally, Intake.Share share) {
    Source<List<Entry<T>>, NotUsed> groups =
        entries
            .map(entry -> share.take(Intake.RECORD_BYTES) ? entry : new BrokenOff<T>(OVERLOADED))
            .takeWhile(entry -> !(entry instanceof BrokenOff<T>), true)
            .groupedWithin(intake.groupMax(), GATHERING_MAX)
            .mapMaterializedValue(ignored -> NotUsed.getInstance());
    return ingestion.stream(groups, recorder, tally)
        .thenApply(counted -> answer(counted, Map.of()));
  }

  private <T> Source<Entry<T>, ?> lines(
      HttpEntity body, Creator<Function<Lines.Line, Iterable<Entry<T>>>> reading) {
    return body.getDataBytes()
        .via(Lines.of(limits.lineBytesMax()))
        .via(new SenderTimeout(limits.lineTimeMax()))
        .statefulMapConcat(reading);
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
}
