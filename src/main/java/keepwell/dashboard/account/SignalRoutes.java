package keepwell.dashboard.account;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Measure;
import keepwell.health.Measure.Of;
import keepwell.health.Metric;
import keepwell.health.Refusal;
import keepwell.health.Standing;
import keepwell.http.Parameters;
import keepwell.http.Problem;
import keepwell.portfolio.SignalLog;
import keepwell.portfolio.SignalLog.Found;

/** {@code /accounts/{id}/signals}: what an account has sent, or what is behind one metric. */
final class SignalRoutes {
  private static final int SHOWN = 12;
  private static final int SHOWN_OF_A_KEY = 8;
  private static final int KEY_LENGTH_MAX = 200;

  private final Desk desk;

  SignalRoutes(Desk desk) {
    this.desk = desk;
  }

  Route routes() {
    return path(
        segment("accounts").slash(segment()).slash("signals"),
        id ->
            get(
                () ->
                    Parameters.of(
                        List.of("metric", "asOf"),
                        parameters -> {
                          int day =
                              parameters
                                  .date("asOf")
                                  .map(LocalDate::toEpochDay)
                                  .map(Math::toIntExact)
                                  .orElse(desk.today());
                          Optional<String> metric = parameters.text("metric", KEY_LENGTH_MAX);
                          return metric.isEmpty()
                              ? desk.answer(() -> latest(id, day))
                              : completeWithFuture(behind(id, metric.get(), day));
                        })));
  }

  private HttpResponse latest(String id, int day) throws SQLException {
    Instant end = end(day);
    Found found = log().latest(persistenceId(id), signal -> signal.at().isBefore(end), SHOWN);
    return desk.pages().page("account/signals", list(found, false));
  }

  private CompletionStage<HttpResponse> behind(String id, String key, int day) {
    return desk.rooms()
        .accounts()
        .show(id, Optional.empty())
        .thenCompose(answer -> desk.rooms().blocking().answer(() -> behind(id, key, day, answer)));
  }

  private HttpResponse behind(String id, String key, int day, Answer answer) throws SQLException {
    if (answer instanceof Refusal refusal) {
      return desk.pages().problem(Problem.of(refusal));
    }
    Sources sources = new Sources(desk.rooms().scorecards().current(), Set.of());
    Metric metric =
        sources
            .metric((Standing) answer, key)
            .orElseThrow(
                () -> new Problem.Raised(Problem.ofField("metric", "is none of its scorecard")));
    List<Behind.Group> groups = new ArrayList<>();
    for (Measure measure : parts(metric.measure()).toList()) {
      groups.add(group(id, measure, day));
    }
    return desk.pages().page("account/behind", new Behind(groups));
  }

  private static Stream<Measure> parts(Measure measure) {
    return Stream.concat(Stream.of(measure), measure.per().stream().flatMap(SignalRoutes::parts));
  }

  /** The latest in its window; if there are none, when there was one before. */
  private Behind.Group group(String id, Measure measure, int day) throws SQLException {
    Days days = desk.rooms().days();
    Instant end = end(day);
    Found found =
        log()
            .latest(
                persistenceId(id),
                signal -> signal.key().equals(measure.signal()) && signal.at().isBefore(end),
                SHOWN_OF_A_KEY);
    int reach = reach(measure);
    Instant start = reach == 0 ? Instant.MIN : days.start(day - reach + 1);
    Found inWindow =
        new Found(
            found.signals().stream().filter(signal -> !signal.at().isBefore(start)).toList(),
            found.all());
    String within = reach == 0 ? "" : "in " + Figures.count(reach, "day");
    String nothing =
        !inWindow.signals().isEmpty()
            ? ""
            : !found.signals().isEmpty()
                ? "Gone silent: none %s, the last on %s."
                    .formatted(
                        within, Figures.day(days.of(found.signals().get(0).at()), desk.today()))
                : found.all()
                    ? "Never used: it has not sent any."
                    : "None among the newest records; older ones were not looked at.";
    return new Behind.Group(
        measure.signal(), within, nothing, list(inWindow, measure.of() == Of.DAYS_UNTIL));
  }

  /** How many days' signals are behind a number; 0 for all. */
  private static int reach(Measure measure) {
    return switch (measure.of()) {
      case TREND, SHIFT -> 2 * measure.windowDays();
      case CHANGE -> 0;
      default -> measure.windowDays();
    };
  }

  private SignalList list(Found found, boolean dates) {
    return SignalList.of(found, dates, desk.rooms().days(), desk.rooms().productClock().instant());
  }

  private Instant end(int day) {
    return desk.rooms().days().start(day + 1);
  }

  private SignalLog log() {
    return desk.rooms().portfolio().signals();
  }

  private String persistenceId(String id) {
    return desk.rooms().accounts().persistenceId(id);
  }
}
