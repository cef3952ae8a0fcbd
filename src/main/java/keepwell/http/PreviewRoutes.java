package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.decodeRequest;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.server.Route;
import akka.japi.Pair;
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

  PreviewRoutes(
      Bodies bodies,
      Accounts accounts,
      ScorecardVersions versions,
      Catalogue catalogue,
      Portfolio portfolio,
      Days days,
      InstantSource productClock,
      InstantSource realClock,
      Blocking blocking) {
    this.bodies = bodies;
    this.accounts = accounts;
    this.versions = versions;
    this.catalogue = catalogue;
    this.portfolio = portfolio;
    this.days = days;
    this.productClock = productClock;
    this.realClock = realClock;
    this.blocking = blocking;
  }

  /** What is under way, and what it is made into. */
  private record Run(
      Preview preview, LocalDate asOf, List<Scorecards> compared, List<List<Warning>> warnings) {
    PreviewBody body() {
      return PreviewBody.of(preview, asOf, compared, warnings);
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
                          int sample = parameters.number("sample", 0, SAMPLE_MAX, 0);
                          return decodeRequest(
                              () ->
                                  extractRequest(
                                      request -> completeWithFuture(answer(request, sample))));
                        })));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request, int sample) {
    boolean lines =
        request.getHeader("Accept").filter(type -> type.value().contains("x-ndjson")).isPresent();
    return bodies
        .json(request.entity())
        .thenApply(DraftReader::read)
        .thenCompose(
            read -> {
              if (!places.tryAcquire()) {
                throw new Problem.Raised(Problem.of(Refusal.of(Code.BUSY)));
              }
              return blocking
                  .answer(() -> begun(read, sample))
                  .thenApply(run -> response(run, lines))
                  .whenComplete(
                      (response, failure) -> {
                        if (failure != null) {
                          places.release();
                        }
                      });
            });
  }

  private Run begun(List<Draft> read, int sample) throws SQLException {
    catalogue.catchUp(CatalogueRoutes.CATCH_UP_MAX);
    portfolio.awaitCaughtUp(CatalogueRoutes.CATCH_UP_MAX);
    List<Scorecards> compared = new ArrayList<>(List.of(versions.current()));
    List<List<Warning>> warnings = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Draft draft : read) {
      compared.add(draft.scorecards());
      ids.add(versions.drafts().add(draft.document(), realClock.instant()));
      warnings.add(
          draft
              .scorecards()
              .warnings(catalogue.seen(new HashSet<>(draft.scorecards().signals().values()))));
    }
    int version = compared.get(0).version();
    Preview preview =
        portfolio.preview(
            (persistenceId, leasts) -> accounts.preview(persistenceId, version, ids, leasts),
            compared.size(),
            sample == 0 ? OptionalInt.empty() : OptionalInt.of(sample));
    LocalDate today = LocalDate.ofEpochDay(days.of(productClock.instant()));
    return new Run(preview, today, compared, warnings);
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
            .filter(part -> !part.isEmpty())
            .keepAlive(BEAT_INTERVAL, () -> ByteString.fromString(lines ? "\n" : " "))
            .watchTermination(
                (unused, end) -> {
                  end.whenComplete((done, failure) -> places.release());
                  return unused;
                });
    return HttpResponse.create()
        .withEntity(HttpEntities.create(lines ? NDJSON : ContentTypes.APPLICATION_JSON, steps));
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
