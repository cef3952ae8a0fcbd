package keepwell.http;

import akka.Done;
import akka.NotUsed;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.japi.Pair;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.portfolio.Survey;

/**
 * Answers for which all accounts are asked, which takes minutes. As NDJSON an answer tells line by
 * line how far it is, and what was found is the last; as JSON it is one document, before which
 * blanks keep the connection open.
 */
public final class Surveys {
  /** The most accounts that a sample may be of. */
  public static final int SAMPLE_MAX = 100_000_000;

  /** On this node; each asks a few accounts at once. */
  private static final int UNDER_WAY_MAX = 2;

  private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);
  private static final ContentType NDJSON =
      ContentTypes.create(MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8));

  private final ActorSystem<?> system;
  private final Blocking blocking;
  private final Semaphore places = new Semaphore(UNDER_WAY_MAX);
  private final SharedKillSwitch end = KillSwitches.shared("surveys");

  /**
   * A survey that is under way.
   *
   * @param step asks some more accounts
   * @param body what was found, once it has ended
   */
  public record Begun(Callable<Survey.Step> step, Supplier<Object> body) {}

  /** How many accounts have been asked, of how many. */
  private record Progress(long asked, long accounts) {}

  public Surveys(ActorSystem<?> system, Blocking blocking) {
    this.system = system;
    this.blocking = blocking;
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "break-off-surveys",
            () -> {
              end.abort(new Problem.Raised(Problem.unavailable(Problem.STOPPING)));
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /**
   * Begins a survey, unless too many are under way, and answers with what comes of it.
   *
   * @param field under which what was found is in the last line
   */
  public CompletionStage<HttpResponse> answer(
      HttpRequest request, String field, Callable<Begun> begin) {
    if (!places.tryAcquire()) {
      throw new Problem.Raised(Problem.of(Refusal.of(Code.BUSY)));
    }
    boolean lines =
        request.getHeader("Accept").filter(type -> type.value().contains("x-ndjson")).isPresent();
    return blocking
        .answer(begin)
        .thenApply(begun -> response(begun, lines ? Optional.of(field) : Optional.empty()))
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                places.release();
              }
            });
  }

  private HttpResponse response(Begun begun, Optional<String> lines) {
    Source<ByteString, NotUsed> steps =
        Source.unfoldAsync(
                false,
                ended ->
                    ended
                        ? CompletableFuture.completedFuture(
                            Optional.<Pair<Boolean, ByteString>>empty())
                        : blocking
                            .answer(begun.step())
                            .thenApply(
                                step ->
                                    Optional.of(
                                        Pair.create(step.ended(), part(begun, step, lines)))))
            .mapError(Throwable.class, failure -> new Problem.Raised(Problem.of(failure)))
            .filter(part -> !part.isEmpty())
            .keepAlive(BEAT_INTERVAL, () -> ByteString.fromString(lines.isPresent() ? "\n" : " "))
            .via(end.flow())
            .watchTermination(
                (unused, over) -> {
                  over.whenComplete((done, failure) -> places.release());
                  return unused;
                });
    return HttpResponse.create()
        .withEntity(
            HttpEntities.create(
                lines.isPresent() ? NDJSON : ContentTypes.APPLICATION_JSON, started(steps)));
  }

  /** It ends by itself if nobody reads it: whoever asked has hung up before the answer began. */
  private Source<ByteString, NotUsed> started(Source<ByteString, NotUsed> steps) {
    return steps.preMaterialize(system).second();
  }

  private static ByteString part(Begun begun, Survey.Step step, Optional<String> lines) {
    if (lines.isEmpty()) {
      return step.ended()
          ? ByteString.fromArray(Json.bytes(begun.body().get()))
          : ByteString.emptyByteString();
    }
    ByteString progress = line(Map.of("progress", new Progress(step.asked(), step.accounts())));
    return step.ended() ? progress.concat(line(Map.of(lines.get(), begun.body().get()))) : progress;
  }

  private static ByteString line(Object body) {
    return ByteString.fromArray(Json.bytes(body)).concat(ByteString.fromString("\n"));
  }
}
