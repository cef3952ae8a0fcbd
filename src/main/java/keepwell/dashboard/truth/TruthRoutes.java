package keepwell.dashboard.truth;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Desk;
import keepwell.health.Scorecards;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.http.Rooms;
import keepwell.http.Surveys;
import keepwell.http.ValidationQuery;
import keepwell.portfolio.Portfolio;
import keepwell.truth.Split;

/**
 * {@code /truth}: whether scores say what becomes of accounts. Its figures, what is said of them in
 * short, and a calibration are asked of all accounts.
 */
public final class TruthRoutes {
  private static final int TEXT_LENGTH_MAX = 1000;
  private static final double TRAIN_SHARE = 0.7;
  private static final String SPLIT = "split";
  private static final String TRAIN = "train";

  private final Desk desk;
  private final Rooms rooms;
  private final TruthSurveys surveys;

  public TruthRoutes(Desk desk) {
    this.desk = desk;
    this.rooms = desk.rooms();
    this.surveys = new TruthSurveys(desk);
  }

  public Route routes() {
    return pathPrefix(
        "truth",
        () ->
            get(
                () ->
                    concat(
                        pathEnd(this::page),
                        path("validation", () -> Desk.told(this::figures)),
                        path("summary", () -> Desk.told(this::summary)),
                        path("calibration", () -> Desk.told(this::calibration)))));
  }

  /** A form sends its empty fields, too: without them the same page has one URL. */
  private Route page() {
    return parameterMap(
        given -> {
          Asked asked = Asked.of(given);
          return asked.parameters().size() < given.size()
              ? complete(Desk.to(asked.url("/truth")))
              : page(asked);
        });
  }

  private Route page(Asked asked) {
    return Parameters.of(
        Asked.known(),
        parameters -> {
          ValidationQuery.of(parameters);
          scorecards(parameters);
          return desk.answer(() -> answer(asked));
        });
  }

  private HttpResponse answer(Asked asked) throws SQLException {
    Portfolio portfolio = rooms.portfolio();
    long feed = portfolio.feed().last();
    int version = rooms.scorecards().current().version();
    return desk.pages()
        .page(
            "truth/page",
            new TruthPage(
                feed, asked, version, portfolio.values("segment"), portfolio.values("owner")));
  }

  private Route figures() {
    return parameterMap(
        given ->
            Parameters.of(
                Asked.known(),
                parameters -> {
                  ValidationQuery query = ValidationQuery.of(parameters);
                  Scorecards scorecards = scorecards(parameters);
                  return Desk.origin(
                      origin ->
                          survey(
                              () -> surveys.figures(origin, Asked.of(given), scorecards, query)));
                }));
  }

  private Route summary() {
    return Parameters.of(
        Asked.known(),
        parameters -> {
          ValidationQuery query = ValidationQuery.of(parameters);
          Scorecards scorecards = scorecards(parameters);
          return survey(() -> surveys.summary(scorecards, query));
        });
  }

  private Route calibration() {
    List<String> known = new ArrayList<>(ValidationQuery.parameters());
    known.addAll(List.of(SPLIT, TRAIN));
    return Parameters.of(
        known,
        parameters -> {
          ValidationQuery query = ValidationQuery.of(parameters);
          Split split = split(parameters);
          return survey(() -> surveys.calibration(query, split));
        });
  }

  /** By chance; or by a label, whose values to fit to have commas between them. */
  private static Split split(Parameters parameters) {
    Optional<String> label = parameters.text(SPLIT, TEXT_LENGTH_MAX);
    Set<String> train =
        parameters.text(TRAIN, TEXT_LENGTH_MAX).stream()
            .flatMap(values -> Arrays.stream(values.split(",", -1)))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .collect(Collectors.toSet());
    if (label.isPresent() == train.isEmpty()) {
      throw new Problem.Raised(
          train.isEmpty()
              ? Problem.ofField(TRAIN, "names no value of the label")
              : Problem.ofField(SPLIT, "names no label"));
    }
    return new Split(label, train, Set.of(), TRAIN_SHARE);
  }

  private Route survey(Callable<Surveys.Begun> begin) {
    return extractRequest(
        request -> completeWithFuture(rooms.surveys().answer(request, "html", begin)));
  }

  private Scorecards scorecards(Parameters parameters) {
    int version =
        parameters
            .number("version", 1, Integer.MAX_VALUE)
            .orElseGet(() -> rooms.scorecards().current().version());
    return rooms
        .scorecards()
        .version(version)
        .orElseThrow(
            () -> new Problem.Raised(Problem.ofField("version", "is none of the scorecards'")))
        .value();
  }
}
