package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

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
import akka.http.javadsl.server.Route;
import akka.japi.Pair;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import keepwell.account.Accounts;
import keepwell.health.Days;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.http.DraftReader.Draft;
import keepwell.journal.ScorecardVersions;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Preview;

/**
 * {@code POST /v1/scorecards/preview}: what a draft would make of all accounts, or two drafts. As
 * NDJSON it tells line by line how far it is, and the preview is the last; as JSON it is one
 * document, before which blanks keep the connection open.
 */
final class PreviewRoutes {
  private static final int SAMPLE_MAX = 100_000_000;

  /** On this node; each asks a few accounts at once. */
  private static final int UNDER_WAY_MAX = 2;

  private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);
  private static final ContentType NDJSON =
      ContentTypes.create(MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8));

  private final ActorSystem<?> system;
  private final Bodies bodies;
  private final Accounts accounts;
  private final ScorecardVersions versions;
  private final Catalogue catalogue;
  private final Portfolio portfolio;
  private final Days days;
  private final InstantSource productClock;
  private final InstantSource realClock;
  private final Blocking blocking;
  private final Semaphore places = new Semaphore(UNDER_WAY_MAX);
  private final SharedKillSwitch end = KillSwitches.shared("previews");

  PreviewRoutes(
      ActorSystem<?> system,
      Bodies bodies,
      Accounts accounts,
      ScorecardVersions versions,
      Catalogue catalogue,
      Portfolio portfolio,
      Days days,
      InstantSource productClock,
      InstantSource realClock,
      Blocking blocking) {
    this.system = system;
    this.bodies = bodies;
    this.accounts = accounts;
    this.versions = versions;
    this.catalogue = catalogue;
    this.portfolio = portfolio;
    this.days = days;
    this.productClock = productClock;
    this.realClock = realClock;
    this.blocking = blocking;
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "break-off-previews",
            () -> {
              end.abort(new Problem.Raised(Problem.unavailable(Problem.STOPPING)));
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /** What is under way, and what it is made into. */
  private record Run(
      Preview preview,
      LocalDate asOf,
      Scorecards inForce,
      List<Draft> drafts,
      List<Warning> warnings) {
    PreviewBody body() {
      return PreviewBody.of(preview, asOf, inForce, drafts, warnings);
    }
  }

  Route route() {
    return path(
        segment("scorecards").slash("preview"),
        () ->
            post(
                () ->
                    Parameters.of(
                        List.of("sample"),
                        parameters -> {
                          OptionalInt sample = parameters.number("sample", 1, SAMPLE_MAX);
                          return extractRequest(
                              request -> completeWithFuture(answer(request, sample)));
                        })));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request, OptionalInt sample) {
    boolean lines =
        request.getHeader("Accept").filter(type -> type.value().contains("x-ndjson")).isPresent();
    return bodies
        .json(request)
        .thenApply(DraftReader::read)
        .thenCompose(
            drafts -> {
              if (!places.tryAcquire()) {
                throw new Problem.Raised(Problem.of(Refusal.of(Code.BUSY)));
              }
              return blocking
                  .answer(() -> begun(drafts, sample))
                  .thenApply(run -> response(run, lines))
                  .whenComplete(
                      (response, failure) -> {
                        if (failure != null) {
                          places.release();
                        }
                      });
            });
  }

  private Run begun(List<Draft> drafts, OptionalInt sample) throws SQLException {
    catalogue.catchUp(CatalogueRoutes.CATCH_UP_MAX);
    portfolio.awaitCaughtUp(CatalogueRoutes.CATCH_UP_MAX);
    Scorecards inForce = versions.current();
    List<String> ids = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    for (Draft draft : drafts) {
      ids.add(versions.drafts().add(draft.document(), realClock.instant()));
      Set<String> named = new HashSet<>(draft.scorecards().signals().values());
      warnings.addAll(draft.warnings(catalogue.seen(named)));
    }
    Preview preview =
        portfolio.preview(
            (account, leasts) -> accounts.preview(account, inForce.version(), ids, leasts),
            1 + drafts.size(),
            sample);
    LocalDate today = LocalDate.ofEpochDay(days.of(productClock.instant()));
    return new Run(preview, today, inForce, drafts, warnings);
  }

  private HttpResponse response(Run run, boolean lines) {
    Source<ByteString, NotUsed> steps =
        Source.unfoldAsync(
                false,
                ended ->
                    ended
                        ? CompletableFuture.completedFuture(
                            Optional.<Pair<Boolean, ByteString>>empty())
                        : blocking
                            .answer(run.preview()::step)
                            .thenApply(
                                step ->
                                    Optional.of(Pair.create(step.ended(), part(run, step, lines)))))
            .mapError(Throwable.class, failure -> new Problem.Raised(Problem.of(failure)))
            .filter(part -> !part.isEmpty())
            .keepAlive(BEAT_INTERVAL, () -> ByteString.fromString(lines ? "\n" : " "))
            .via(end.flow())
            .watchTermination(
                (unused, over) -> {
                  over.whenComplete((done, failure) -> places.release());
                  return unused;
                });
    return HttpResponse.create()
        .withEntity(
            HttpEntities.create(lines ? NDJSON : ContentTypes.APPLICATION_JSON, begun(steps)));
  }

  /** It ends by itself if nobody reads it: whoever asked has hung up before the answer began. */
  private Source<ByteString, NotUsed> begun(Source<ByteString, NotUsed> steps) {
    return steps.preMaterialize(system).second();
  }

  private static ByteString part(Run run, Preview.Step step, boolean lines) {
    if (lines) {
      ByteString progress =
          line(Map.of("progress", Map.of("asked", step.asked(), "accounts", step.accounts())));
      return step.ended() ? progress.concat(line(Map.of("preview", run.body()))) : progress;
    }
    return step.ended()
        ? ByteString.fromArray(Json.bytes(run.body()))
        : ByteString.emptyByteString();
  }

  private static ByteString line(Object body) {
    return ByteString.fromArray(Json.bytes(body)).concat(ByteString.fromString("\n"));
  }
}
