package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.integerSegment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import keepwell.cluster.Membership;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Versions.Version;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Rescoring;

/**
 * {@code GET}, {@code PUT /v1/scorecards}, {@code GET /v1/scorecards/{version}} and {@code GET
 * /v1/scorecards/rescoring}.
 */
public final class ScorecardRoutes {
  /** How long a new version waits for nodes to load it; one that can't be reached does so later. */
  public static final Duration REFRESH_MAX = Duration.ofSeconds(8);

  private final Bodies bodies;
  private final ScorecardVersions versions;
  private final Catalogue catalogue;
  private final Rescoring rescoring;
  private final Membership membership;
  private final InstantSource productClock;
  private final Blocking blocking;

  ScorecardRoutes(
      Bodies bodies,
      ScorecardVersions versions,
      Catalogue catalogue,
      Rescoring rescoring,
      Membership membership,
      InstantSource productClock,
      Blocking blocking) {
    this.bodies = bodies;
    this.versions = versions;
    this.catalogue = catalogue;
    this.rescoring = rescoring;
    this.membership = membership;
    this.productClock = productClock;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "scorecards",
        () ->
            concat(
                pathEnd(
                    () ->
                        Parameters.none(
                            () ->
                                concat(
                                    get(this::current),
                                    put(() -> Versioned.replace(bodies, this::replace))))),
                path("rescoring", () -> get(() -> Parameters.none(this::rescoring))),
                path(
                    integerSegment(),
                    version -> get(() -> Parameters.none(() -> version(version))))));
  }

  private Route current() {
    return version(versions.current().version());
  }

  private Route version(int number) {
    return Versioned.found(versions.version(number), "scorecards");
  }

  private Route rescoring() {
    return completeWithFuture(
        blocking.answer(() -> Json.response(RescoringBody.of(rescoring.status()))));
  }

  private CompletionStage<HttpResponse> replace(Object json, OptionalInt expected) {
    Instant now = productClock.instant();
    Set<Fault> faults = new LinkedHashSet<>();
    Scorecards scorecards = ScorecardReader.read(json, 0, now, faults);
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-scorecards", faults));
    }
    Map<String, Object> document = Versioned.document(json);
    return blocking.answer(
        () -> {
          catalogue.catchUp(CatalogueRoutes.CATCH_UP_MAX);
          Set<String> named = new HashSet<>(scorecards.signals().values());
          List<Warning> warnings = scorecards.warnings(catalogue.seen(named));
          Optional<Version<Scorecards>> added = versions.add(document, expected, now);
          if (added.isEmpty()) {
            return Versioned.superseded();
          }
          membership.awaitRefreshed(REFRESH_MAX);
          return Versioned.response(added.get(), warnings);
        });
  }
}
