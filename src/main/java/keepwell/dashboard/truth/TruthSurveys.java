package keepwell.dashboard.truth;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Desk;
import keepwell.health.Scorecards;
import keepwell.http.CalibrationBody;
import keepwell.http.Rooms;
import keepwell.http.Surveys;
import keepwell.http.ValidationBody;
import keepwell.http.ValidationQuery;
import keepwell.journal.Versions.Version;
import keepwell.portfolio.Survey;
import keepwell.truth.Calibration;
import keepwell.truth.Split;
import keepwell.truth.Validating;
import keepwell.truth.Validation;

/** The questions to all accounts with an outcome, and how what was found is shown. */
final class TruthSurveys {
  private final Desk desk;
  private final Rooms rooms;

  TruthSurveys(Desk desk) {
    this.desk = desk;
    this.rooms = desk.rooms();
  }

  /** All that there is to say of a version of the scorecards. */
  Surveys.Begun figures(String origin, Asked asked, Scorecards scorecards, ValidationQuery query) {
    Validating validating = validating(scorecards, query);
    Map<String, String> names = new HashMap<>();
    return new Surveys.Begun(
        named(validating, names),
        () ->
            html(
                "truth/figures",
                FiguresPage.of(
                    origin, asked, body(validating, scorecards, query), scorecards, names)));
  }

  /** The same in short. */
  Surveys.Begun summary(Scorecards scorecards, ValidationQuery query) {
    Validating validating = validating(scorecards, query);
    return new Surveys.Begun(
        validating::step,
        () ->
            html("truth/summary", SummaryPage.of(body(validating, scorecards, query), scorecards)));
  }

  /** Drafts whose weights are fitted to what became of accounts. */
  Surveys.Begun calibration(ValidationQuery query, Split split) {
    int number = rooms.scorecards().current().version();
    Version<Scorecards> version = rooms.scorecards().version(number).orElseThrow();
    Calibration calibration = rooms.truth().calibrate(version, query.terms(split.label()), split);
    return new Surveys.Begun(
        calibration::step,
        () ->
            html(
                "truth/calibration",
                CalibrationPage.of(
                    CalibrationBody.of(calibration, number, query, today()), version.value())));
  }

  private Validating validating(Scorecards scorecards, ValidationQuery query) {
    return rooms.truth().validate(scorecards, query.terms(Optional.empty()), OptionalInt.empty());
  }

  private ValidationBody body(Validating validating, Scorecards scorecards, ValidationQuery query) {
    return ValidationBody.of(
        validating, "version " + scorecards.version(), query, today(), List.of());
  }

  private LocalDate today() {
    return LocalDate.ofEpochDay(desk.today());
  }

  private Object html(String template, Object model) {
    return desk.pages().html(template, model);
  }

  /** Also looks up the names of the few accounts that are told of. */
  private Callable<Survey.Step> named(Validating validating, Map<String, String> names) {
    return () -> {
      Survey.Step step = validating.step();
      if (step.ended()) {
        Validation validation = validating.validation();
        List<String> accounts =
            Stream.concat(validation.falseAlarms().stream(), validation.missed().stream())
                .map(wrong -> rooms.accounts().persistenceId(wrong.account()))
                .toList();
        rooms
            .portfolio()
            .accounts(accounts)
            .values()
            .forEach(listed -> names.put(listed.account(), listed.name()));
      }
      return step;
    };
  }
}
