package keepwell.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Overrides.Period;
import keepwell.http.StandingBody.ScorecardBody;

/** The public form of a history. */
record HistoryBody(
    String account, List<DayBody> days, List<ChangeBody> changes, List<PastOverride> overrides) {

  record DayBody(LocalDate day, Double score, String tier) {}

  record ChangeBody(
      String from,
      String to,
      Double score,
      Double previousScore,
      String reason,
      ScorecardBody scorecard,
      Instant at,
      boolean quiet) {}

  /**
   * @param heldFrom the first day on which it held; null if it was taken back or replaced on the
   *     day it was set
   * @param heldThrough the last
   */
  record PastOverride(
      @JsonUnwrapped OverrideBody override, LocalDate heldFrom, LocalDate heldThrough) {}

  static HistoryBody of(History history) {
    return new HistoryBody(
        history.account(),
        history.days().stream().map(HistoryBody::day).toList(),
        history.changes().stream().map(HistoryBody::change).toList(),
        history.overrides().stream().map(HistoryBody::override).toList());
  }

  private static DayBody day(DayScore day) {
    return new DayBody(
        LocalDate.ofEpochDay(day.day()),
        StandingBody.rounded(day.score()),
        day.tier().orElse(null));
  }

  private static ChangeBody change(TierChanged change) {
    return new ChangeBody(
        change.from().orElse(null),
        change.to().orElse(null),
        change.score().orElse(null),
        change.previousScore().orElse(null),
        change.reason().name().toLowerCase(Locale.ROOT),
        change.scorecard().map(key -> new ScorecardBody(key, change.version())).orElse(null),
        change.at(),
        change.quiet());
  }

  private static PastOverride override(Period period) {
    boolean held = period.from() <= period.through();
    return new PastOverride(
        OverrideBody.of(period),
        held ? LocalDate.ofEpochDay(period.from()) : null,
        held ? LocalDate.ofEpochDay(period.through()) : null);
  }
}
