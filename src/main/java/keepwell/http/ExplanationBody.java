package keepwell.http;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.Mover;
import keepwell.health.ScoreChange;
import keepwell.health.Standing;
import keepwell.health.Standing.MetricScore;
import keepwell.http.StandingBody.ForecastBody;

/** The public form of an explanation: sentences for people, and the numbers they are made of. */
record ExplanationBody(
    String account,
    LocalDate asOf,
    Double score,
    Double rawScore,
    String tier,
    List<String> sentences,
    List<ChangeBody> changes,
    List<LostBody> lost,
    List<Map<String, Object>> actions,
    ForecastBody forecast,
    OverrideBody override) {
  private static final int LOST_MAX = 3;

  /** A change of the score over some days; {@code change} is the sum of the four after it. */
  record ChangeBody(
      int days,
      Double from,
      Double to,
      Double change,
      Double signals,
      Double time,
      Double override,
      Double scorecard,
      List<Map<String, Object>> movers) {}

  record LostBody(String metric, String name, Double lost) {}

  static ExplanationBody of(Explained explained, Days days) {
    Standing standing = explained.standing();
    return new ExplanationBody(
        standing.account(),
        LocalDate.ofEpochDay(standing.asOf()),
        StandingBody.rounded(standing.score()),
        StandingBody.rounded(standing.rawScore()),
        standing.tier().orElse(null),
        new Sentences(explained, days).all(),
        explained.changes().stream().map(ExplanationBody::change).toList(),
        mostLost(standing).stream().map(ExplanationBody::lost).toList(),
        standing.actions().stream().map(StandingBody::action).toList(),
        ForecastBody.of(standing),
        standing.override().map(OverrideBody::of).orElse(null));
  }

  /** The metrics that lost most points, most first. */
  static List<MetricScore> mostLost(Standing standing) {
    return standing.categories().stream()
        .flatMap(category -> category.metrics().stream())
        .filter(metric -> metric.lost().orElse(0) > 0)
        .sorted(Comparator.comparingDouble(metric -> -metric.lost().orElse(0)))
        .limit(LOST_MAX)
        .toList();
  }

  private static LostBody lost(MetricScore metric) {
    return new LostBody(metric.key(), metric.name(), StandingBody.rounded(metric.lost()));
  }

  static ChangeBody change(ScoreChange change) {
    boolean both = change.from().isPresent() && change.to().isPresent();
    OptionalDouble total =
        both
            ? OptionalDouble.of(change.to().getAsDouble() - change.from().getAsDouble())
            : OptionalDouble.empty();
    return new ChangeBody(
        change.days(),
        StandingBody.rounded(change.from()),
        StandingBody.rounded(change.to()),
        StandingBody.rounded(total),
        StandingBody.rounded(change.signals()),
        StandingBody.rounded(change.time()),
        StandingBody.rounded(change.override()),
        StandingBody.rounded(change.scorecard()),
        change.movers().stream().map(ExplanationBody::mover).toList());
  }

  static Map<String, Object> mover(Mover mover) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(mover.metric() ? "metric" : "adjustment", mover.key());
    body.put("name", mover.name());
    body.put("points", StandingBody.rounded(OptionalDouble.of(mover.points())));
    return body;
  }
}
