package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.integerSegment;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.cluster.Membership;
import keepwell.health.Fault;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Versions.Version;
import keepwell.playbook.DryRuns;
import keepwell.playbook.Playbook;
import keepwell.playbook.PlaybookDocument;
import keepwell.playbook.PlaybookVersions;
import keepwell.playbook.Playbooks;
import keepwell.playbook.Run;
import keepwell.portfolio.Catalogue;

/**
 * {@code GET}, {@code PUT /v1/playbooks}, {@code GET /v1/playbooks/{version}}, what a playbook has
 * done: {@code /v1/playbooks/{key}/runs} and {@code …/results}, and {@code POST
 * /v1/playbooks/dry-run}: what a document would have done.
 */
final class PlaybookRoutes {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 500;
  private static final int ID_LENGTH_MAX = 200;
  private static final int RESULT_DAYS = 180;
  private static final int RESULT_DAYS_MAX = 1000;
  private static final int DRY_RUN_DAYS = 30;
  private static final int DRY_RUN_DAYS_MAX = 365;
  private static final int WITHIN_DAYS = 30;
  private static final int WITHIN_DAYS_MAX = 365;

  private final Bodies bodies;
  private final Playbooks playbooks;
  private final PlaybookVersions versions;
  private final ScorecardVersions scorecards;
  private final Catalogue catalogue;
  private final Accounts accounts;
  private final Membership membership;
  private final InstantSource productClock;
  private final Blocking blocking;
  private final Surveys surveys;

  PlaybookRoutes(
      Bodies bodies,
      Playbooks playbooks,
      ScorecardVersions scorecards,
      Catalogue catalogue,
      Accounts accounts,
      Membership membership,
      InstantSource productClock,
      Blocking blocking,
      Surveys surveys) {
    this.bodies = bodies;
    this.playbooks = playbooks;
    this.versions = playbooks.versions();
    this.scorecards = scorecards;
    this.catalogue = catalogue;
    this.accounts = accounts;
    this.membership = membership;
    this.productClock = productClock;
    this.blocking = blocking;
    this.surveys = surveys;
  }

  Route routes() {
    return pathPrefix(
        "playbooks",
        () ->
            concat(
                pathEnd(
                    () ->
                        Parameters.none(
                            () ->
                                concat(
                                    get(this::current),
                                    put(() -> Versioned.replace(bodies, this::replace))))),
                path("dry-run", () -> post(this::dryRun)),
                path(
                    integerSegment(),
                    version -> get(() -> Parameters.none(() -> version(version)))),
                pathPrefix(
                    segment(),
                    key ->
                        concat(
                            path("runs", () -> get(() -> runs(key))),
                            path("results", () -> get(() -> results(key)))))));
  }

  private Route current() {
    return version(versions.current().version());
  }

  private Route version(int number) {
    return Versioned.found(versions.version(number), "playbooks");
  }

  private CompletionStage<HttpResponse> replace(Object json, OptionalInt expected) {
    PlaybookDocument read = read(json);
    Map<String, Object> document = Versioned.document(json);
    return blocking.answer(
        () -> {
          Optional<Version<PlaybookDocument>> added =
              versions.add(document, expected, productClock.instant());
          if (added.isEmpty()) {
            return Versioned.superseded();
          }
          membership.awaitRefreshed(ScorecardRoutes.REFRESH_MAX);
          return Versioned.response(added.get(), warnings(read));
        });
  }

  /**
   * Reads a document.
   *
   * @throws Problem.Raised naming all its faults
   */
  private PlaybookDocument read(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    PlaybookDocument document = versions.read(json, faults);
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-playbooks", faults));
    }
    return document;
  }

  /** For each playbook that names a tier which no scorecard has. */
  private List<Warning> warnings(PlaybookDocument document) {
    Set<String> tiers = tiers(scorecards.current());
    return document.tiers().entrySet().stream()
        .filter(place -> !tiers.contains(place.getValue()))
        .map(place -> Warning.noSuchTier(place.getKey(), place.getValue()))
        .toList();
  }

  private static Set<String> tiers(Scorecards scorecards) {
    Set<String> tiers = new LinkedHashSet<>();
    scorecards.scorecards().forEach(card -> card.tiers().forEach(tier -> tiers.add(tier.key())));
    return tiers;
  }

  private Route dryRun() {
    return Parameters.of(
        List.of("days", "sample"),
        parameters -> {
          int days = parameters.number("days", 1, DRY_RUN_DAYS_MAX, DRY_RUN_DAYS);
          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
          return extractRequest(
              request ->
                  completeWithFuture(
                      bodies
                          .json(request)
                          .thenApply(this::read)
                          .thenCompose(
                              document ->
                                  surveys.answer(
                                      request, "dryRun", () -> dryRun(document, days, sample)))));
        });
  }

  private Surveys.Begun dryRun(PlaybookDocument document, int days, OptionalInt sample)
      throws SQLException {
    catalogue.catchUp(CatalogueRoutes.CATCH_UP_MAX); // else the last days look silent
    playbooks.awaitCaughtUp(CatalogueRoutes.CATCH_UP_MAX);
    DryRuns.Begun begun = playbooks.dryRuns().begin(document, days, sample);
    List<Warning> warnings = warnings(document);
    return new Surveys.Begun(begun.survey()::step, () -> DryRunBody.of(begun, warnings));
  }

  private Route runs(String key) {
    return Parameters.of(
        List.of("account", "state", "before", "limit"),
        parameters -> {
          Optional<String> account =
              parameters.text("account", ID_LENGTH_MAX).map(accounts::persistenceId);
          Optional<Run.State> state =
              parameters
                  .oneOf("state", Arrays.stream(Run.State.values()).map(Json::text).toList())
                  .map(name -> Run.State.valueOf(name.toUpperCase(Locale.ROOT)));
          long before = parameters.id("before");
          int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT);
          return completeWithFuture(
              blocking.answer(() -> runs(key, account, state, before, limit)));
        });
  }

  private HttpResponse runs(
      String key, Optional<String> account, Optional<Run.State> state, long before, int limit)
      throws SQLException {
    if (versions.current().playbook(key).isEmpty()) {
      return none();
    }
    return Json.response(
        RunBody.Page.of(
            playbooks
                .runs()
                .page(key, account, state, before == 0 ? Long.MAX_VALUE : before, limit),
            limit));
  }

  private Route results(String key) {
    return Parameters.of(
        List.of("days", "within"),
        parameters -> {
          int days = parameters.number("days", 1, RESULT_DAYS_MAX, RESULT_DAYS);
          int within = parameters.days("within", WITHIN_DAYS_MAX).orElse(WITHIN_DAYS);
          return completeWithFuture(blocking.answer(() -> results(key, days, within)));
        });
  }

  private HttpResponse results(String key, int days, int within) throws SQLException {
    Optional<Playbook> playbook = versions.current().playbook(key);
    return playbook.isEmpty()
        ? none()
        : Json.response(
            ResultsBody.of(playbook.get(), days, playbooks.runs().results(key, days, within)));
  }

  private static HttpResponse none() {
    return Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such playbook.").response();
  }
}
