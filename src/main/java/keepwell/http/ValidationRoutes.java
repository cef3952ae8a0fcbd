package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.http.DraftReader.Draft;
import keepwell.truth.Validating;

/**
 * {@code GET /v1/validation}: what scores had said of accounts, against what became of them; and
 * {@code POST /v1/validation}: what those of a draft would have said.
 */
final class ValidationRoutes {
  private final Bodies bodies;
  private final Rooms rooms;
  private final Surveys surveys;

  ValidationRoutes(Bodies bodies, Rooms rooms, Surveys surveys) {
    this.bodies = bodies;
    this.rooms = rooms;
    this.surveys = surveys;
  }

  Route route() {
    return path("validation", () -> concat(get(this::version), post(this::draft)));
  }

  /** The parameters of both, and some more. */
  private static List<String> known(String... more) {
    List<String> names = ValidationQuery.parameters();
    names.add("sample");
    names.addAll(List.of(more));
    return names;
  }

  private Route version() {
    return Parameters.of(
        known("version"),
        parameters -> {
          ValidationQuery query = ValidationQuery.of(parameters);
          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
          int version = parameters.number("version", 1, Integer.MAX_VALUE).orElseGet(this::inForce);
          return extractRequest(
              request -> completeWithFuture(version(request, version, query, sample)));
        });
  }

  private int inForce() {
    return rooms.scorecards().current().version();
  }

  private CompletionStage<HttpResponse> version(
      HttpRequest request, int version, ValidationQuery query, OptionalInt sample) {
    Scorecards scorecards =
        rooms
            .scorecards()
            .version(version)
            .orElseThrow(
                () ->
                    new Problem.Raised(
                        Problem.of(
                            StatusCodes.NOT_FOUND,
                            "not-found",
                            "There is no such version of the scorecards.")))
            .value();
    return surveys.answer(
        request,
        "validation",
        () -> {
          Validating validating =
              rooms.truth().validate(scorecards, query.terms(Optional.empty()), sample);
          return begun(validating, "version " + version, query, List.of());
        });
  }

  private Route draft() {
    return Parameters.of(
        known(),
        parameters -> {
          ValidationQuery query = ValidationQuery.of(parameters);
          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
          return extractRequest(
              request ->
                  completeWithFuture(
                      bodies
                          .json(request)
                          .thenApply(DraftReader::one)
                          .thenCompose(
                              draft ->
                                  surveys.answer(
                                      request, "validation", () -> begun(draft, query, sample)))));
        });
  }

  private Surveys.Begun begun(Draft draft, ValidationQuery query, OptionalInt sample)
      throws SQLException {
    rooms.catalogue().catchUp(CatalogueRoutes.CATCH_UP_MAX);
    List<Warning> warnings =
        draft.warnings(
            rooms.catalogue().seen(new HashSet<>(draft.scorecards().signals().values())));
    Validating validating =
        rooms
            .truth()
            .validate(
                draft.scorecards(),
                draft.document(),
                inForce(),
                query.terms(Optional.empty()),
                sample);
    return begun(validating, draft.name(), query, warnings);
  }

  private Surveys.Begun begun(
      Validating validating, String scorecards, ValidationQuery query, List<Warning> warnings) {
    LocalDate today = LocalDate.ofEpochDay(rooms.days().of(rooms.productClock().instant()));
    return new Surveys.Begun(
        validating::step, () -> ValidationBody.of(validating, scorecards, query, today, warnings));
  }
}
