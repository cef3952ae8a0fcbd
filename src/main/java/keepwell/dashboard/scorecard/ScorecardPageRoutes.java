package keepwell.dashboard.scorecard;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.dashboard.frame.Desk;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.http.Parameters;
import keepwell.http.Previews;
import keepwell.http.Problem;
import keepwell.http.Surveys;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Versions.Version;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Rescoring;

/** {@code /scorecard}: how scores are made, and what another way would make of them. */
public final class ScorecardPageRoutes {
  private static final int VERSION_MAX = 999_999_999;

  private final Desk desk;
  private final Previews previews;

  public ScorecardPageRoutes(Desk desk) {
    this.desk = desk;
    this.previews = new Previews(desk.rooms());
  }

  public Route routes() {
    return pathPrefix(
        "scorecard",
        () ->
            concat(
                pathEnd(() -> get(this::shown)),
                path(
                    "rescoring",
                    () -> get(() -> Parameters.none(() -> desk.answer(this::rescoring)))),
                path("draft", () -> concat(get(this::draft), post(() -> Desk.told(this::drafted)))),
                path("preview", () -> post(() -> Desk.told(this::preview)))));
  }

  private Route shown() {
    return Parameters.of(
        List.of("version", "against"),
        parameters -> {
          ScorecardPage.Asked asked =
              asked(
                  parameters.number("version", 1, VERSION_MAX),
                  parameters.number("against", 1, VERSION_MAX));
          return desk.answer(() -> page(asked));
        });
  }

  /** What is not said is the version in force; an older one is compared with the one before. */
  private ScorecardPage.Asked asked(OptionalInt version, OptionalInt against) {
    Version<Scorecards> shown = version("version", version.orElse(current().version()));
    if (against.isPresent()) {
      return new ScorecardPage.Asked(shown, Optional.of(version("against", against.getAsInt())));
    }
    return new ScorecardPage.Asked(
        shown, version.isPresent() ? versions().version(shown.number() - 1) : Optional.empty());
  }

  private Version<Scorecards> version(String parameter, int number) {
    return versions()
        .version(number)
        .orElseThrow(
            () -> new Problem.Raised(Problem.ofField(parameter, "is no version that there is")));
  }

  private HttpResponse page(ScorecardPage.Asked asked) throws SQLException {
    long feed = desk.rooms().portfolio().feed().last();
    RescoringPanel panel = panel();
    return desk.pages()
        .page(
            "scorecard/page",
            ScorecardPage.of(
                feed,
                asked,
                versions(),
                seen(asked.version().value()),
                panel.ended() ? Optional.empty() : Optional.of(panel),
                desk.rooms().days(),
                desk.today()));
  }

  private HttpResponse rescoring() throws SQLException {
    return desk.pages().page("scorecard/rescoring", panel());
  }

  private RescoringPanel panel() throws SQLException {
    Rescoring.Status status = desk.rooms().rescoring().status();
    return RescoringPanel.of(status, current().version());
  }

  private Route draft() {
    return Parameters.of(
        List.of("from"),
        parameters -> {
          int current = current().version();
          Version<Scorecards> from =
              version("from", parameters.number("from", 1, VERSION_MAX).orElse(current));
          return desk.answer(() -> draft(from));
        });
  }

  private HttpResponse draft(Version<Scorecards> from) throws SQLException {
    long feed = desk.rooms().portfolio().feed().last();
    long accounts =
        desk.rooms().portfolio().overview(Optional.empty(), desk.today()).all().bands().stream()
            .mapToLong(Band::accounts)
            .sum();
    return desk.pages()
        .page(
            "scorecard/draft", DraftPage.of(feed, from, accounts, parts(from.value(), current())));
  }

  /** The parts of the page of a draft, as it is now; or what is wrong with it. */
  private Route drafted() {
    return Parameters.of(
        List.of("against"),
        parameters -> {
          Scorecards against =
              version(
                      "against",
                      parameters.number("against", 1, VERSION_MAX).orElse(current().version()))
                  .value();
          return extractRequest(
              request ->
                  completeWithFuture(
                      desk.rooms()
                          .bodies()
                          .json(request)
                          .thenCompose(
                              json ->
                                  desk.rooms().blocking().answer(() -> drafted(json, against)))));
        });
  }

  private HttpResponse drafted(Object json, Scorecards against) throws SQLException {
    Set<Fault> faults = new LinkedHashSet<>();
    Scorecards draft = ScorecardReader.readDraft(json, "", faults);
    return faults.isEmpty()
        ? desk.pages().page("scorecard/parts", parts(draft, against))
        : desk.pages()
            .page("scorecard/faults", Faulty.of(json, faults))
            .withStatus(StatusCodes.UNPROCESSABLE_CONTENT);
  }

  private DraftPage.Parts parts(Scorecards draft, Scorecards against) throws SQLException {
    return DraftPage.Parts.of(draft, against, current(), seen(draft));
  }

  private Route preview() {
    return Parameters.of(
        List.of("sample"),
        parameters -> {
          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
          return extractRequest(
              request ->
                  completeWithFuture(
                      previews.answer(
                          request,
                          sample,
                          "html",
                          found -> desk.pages().html("scorecard/preview", PreviewPart.of(found)))));
        });
  }

  private ScorecardVersions versions() {
    return desk.rooms().scorecards();
  }

  private Scorecards current() {
    return versions().current();
  }

  private Set<String> seen(Scorecards named) throws SQLException {
    return desk.rooms().catalogue().seen(Set.copyOf(named.signals().values()));
  }
}
