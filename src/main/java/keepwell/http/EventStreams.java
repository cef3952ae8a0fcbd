package keepwell.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import keepwell.journal.Refusals;

/**
 * Answers with streams of events, so many at once. One counts from when it begins to be sent until
 * it ends in whatever way, so that none is counted for ever.
 */
final class EventStreams {
  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create("Cache-Control", "no-cache"),
          RawHeader.create("X-Accel-Buffering", "no")); // a proxy would hold events back

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final Refusals refusals = new Refusals("event-streams");

  EventStreams(int max, MeterRegistry meters) {
    this.max = max;
    Gauge.builder("keepwell.http.event.streams", open::get)
        .description("Clients that listen to tier changes")
        .register(meters);
    refusals.measure(meters);
  }

  /** A stream of these events; a problem if there are too many already. */
  HttpResponse response(Source<ByteString, NotUsed> events) {
    if (open.get() >= max) {
      refusals.add();
      return Problem.of(
              StatusCodes.SERVICE_UNAVAILABLE,
              "event-streams-too-many",
              "This node has %d streams of events, and no place for another.".formatted(max))
          .response();
    }
    return HttpResponse.create()
        .addHeaders(HEADERS)
        .withEntity(
            HttpEntities.create(MediaTypes.TEXT_EVENT_STREAM.toContentType(), counted(events)));
  }

  private Source<ByteString, NotUsed> counted(Source<ByteString, NotUsed> events) {
    return events.watchTermination(
        (materialized, end) -> {
          open.incrementAndGet();
          end.whenComplete((done, failure) -> open.decrementAndGet());
          return materialized;
        });
  }
}
