package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.onSuccess;
import static akka.http.javadsl.server.Directives.optionalHeaderValueByName;
import static akka.http.javadsl.server.Directives.path;

import akka.Done;
import akka.NotUsed;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.server.Route;
import akka.japi.Pair;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** {@code GET /v1/tier-changes}: a page of the feed, or a stream of all that is to come. */
final class FeedRoutes {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;
  private static final Duration BEAT_INTERVAL = Duration.ofSeconds(15);

  /** A comment, which is no event to anybody. */
  private static final ByteString BEAT = ByteString.fromString(":\n\n");

  /** After how many milliseconds a client that was cut off comes again. */
  private static final ByteString BEGIN = ByteString.fromString("retry:2000\n\n");

  private final Feed feed;
  private final Blocking blocking;
  private final EventStreams streams;
  private final SharedKillSwitch end = KillSwitches.shared("tier-changes");

  FeedRoutes(ActorSystem<?> system, Feed feed, Blocking blocking, EventStreams streams) {
    this.streams = streams;
    this.feed = feed;
    this.blocking = blocking;
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "end-streams",
            () -> {
              end.shutdown(); // nobody waits for them to end by themselves
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  Route routes() {
    return path(
        "tier-changes",
        () ->
            get(
                () ->
                    Parameters.of(
                        List.of("after", "limit"),
                        parameters ->
                            optionalHeaderValueByName(
                                "Accept", accept -> route(parameters, accept.orElse(""))))));
  }

  private Route route(Parameters parameters, String accept) {
    long after = parameters.id("after");
    int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT);
    if (!accept.contains(EVENT_STREAM)) {
      return ifKnown("after", after, () -> page(after, limit));
    }
    return optionalHeaderValueByName(
        LAST_EVENT_ID,
        last -> {
          Optional<String> given = last.filter(id -> !id.isEmpty());
          return given.isPresent()
              ? stream(LAST_EVENT_ID, Parameters.id(LAST_EVENT_ID, given.get()))
              : stream("after", after);
        });
  }

  /** Refuses an id that can't be of this feed: what came after it is not known here. */
  private Route ifKnown(String field, long id, Supplier<Route> inner) {
    return onSuccess(
        blocking.answer(() -> feed.knows(id)),
        known ->
            known
                ? inner.get()
                : complete(Problem.ofField(field, "is no id of this feed").response()));
  }

  private Route page(long after, int limit) {
    return onSuccess(
        blocking.answer(() -> TierChangeBody.Page.of(feed.after(after, limit))),
        page -> complete(Json.response(page)));
  }

  private Route stream(String field, long after) {
    return ifKnown(field, after, () -> complete(streams.response(events(after))));
  }

  /** Reads on only as fast as it is read. */
  private Source<ByteString, NotUsed> events(long after) {
    return Source.single(BEGIN)
        .concat(
            Source.unfoldAsync(
                    after,
                    id ->
                        feed.next(id)
                            .thenApply(
                                part -> Optional.of(Pair.create(part.end(), part.changes()))))
                .mapConcat(changes -> changes)
                .map(FeedRoutes::event))
        .keepAlive(BEAT_INTERVAL, () -> BEAT)
        .via(end.flow());
  }

  private static ByteString event(TierChange change) {
    return ByteString.fromString("id:" + change.id() + "\ndata:")
        .concat(ByteString.fromArray(Json.bytes(TierChangeBody.of(change))))
        .concat(ByteString.fromString("\n\n"));
  }
}
