package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.LocalDate;
import keepwell.health.Scorecards;
import keepwell.journal.Versions.Version;
import keepwell.truth.Calibration;

/** {@code POST /v1/calibration}: a draft whose scores are the chances that accounts renew. */
final class CalibrationRoutes {
  private final Bodies bodies;
  private final Rooms rooms;
  private final Surveys surveys;

  CalibrationRoutes(Bodies bodies, Rooms rooms, Surveys surveys) {
    this.bodies = bodies;
    this.rooms = rooms;
    this.surveys = surveys;
  }

  Route route() {
    return path(
        "calibration",
        () ->
            post(
                () ->
                    Parameters.none(
                        () ->
                            extractRequest(
                                request ->
                                    completeWithFuture(
                                        bodies
                                            .json(request)
                                            .thenApply(CalibrationReader::read)
                                            .thenCompose(
                                                asked ->
                                                    surveys.answer(
                                                        request,
                                                        "calibration",
                                                        () -> begun(asked))))))));
  }

  private Surveys.Begun begun(CalibrationReader.Asked asked) throws SQLException {
    int number = rooms.scorecards().current().version();
    Version<Scorecards> version = rooms.scorecards().version(number).orElseThrow();
    Calibration calibration = rooms.truth().calibrate(version, asked.terms(), asked.split());
    LocalDate today = LocalDate.ofEpochDay(rooms.days().of(rooms.productClock().instant()));
    return new Surveys.Begun(
        calibration::step, () -> CalibrationBody.of(calibration, number, asked.query(), today));
  }
}
