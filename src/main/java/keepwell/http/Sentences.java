package keepwell.http;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.Overrides.Period;
import keepwell.health.ScoreChange;
import keepwell.health.Standing;
import keepwell.health.Standing.Action;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.MetricScore;
import keepwell.health.Tier;

/**
 * An explanation in plain English, for somebody who looks after customers. Points have one decimal;
 * the parts of a change are rounded so that they still add up to it.
 */
final class Sentences {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private final Explained explained;
  private final Standing standing;
  private final Days days;

  Sentences(Explained explained, Days days) {
    this.explained = explained;
    this.standing = explained.standing();
    this.days = days;
  }

  List<String> all() {
    List<String> sentences = new ArrayList<>();
    sentences.add(now());
    standing.override().map(this::override).ifPresent(sentences::add);
    if (standing.score().isPresent()) {
      explained.changes().stream().map(Sentences::change).forEach(sentences::add);
      lost().ifPresent(sentences::add);
    }
    unmeasured().ifPresent(sentences::add);
    actions().ifPresent(sentences::add);
    forecast().ifPresent(sentences::add);
    return sentences;
  }

  private String now() {
    String name = standing.labels().getOrDefault("name", standing.account());
    if (standing.score().isEmpty()) {
      return name
          + " has no score: "
          + (standing.scorecard().isEmpty()
              ? "no scorecard fits its labels."
              : "too little is known of it yet.");
    }
    String score = "a score of " + shown(tenths(standing.score())) + " out of 100";
    if (standing.tier().isEmpty()) {
      return "%s has %s, and no tier yet.".formatted(name, score);
    }
    return "%s is %s with %s%s%s."
        .formatted(
            name,
            tier(standing.tier().get()),
            score,
            standing.tierSince().map(at -> ", since " + day(days.of(at))).orElse(""),
            standing.previousTier().map(tier -> "; before that it was " + tier(tier)).orElse(""));
  }

  private String override(Period period) {
    String bounds =
        Stream.of(
                period.what().min().map(min -> "at least " + shown(tenths(min))),
                period.what().max().map(max -> "at most " + shown(tenths(max))))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    String raw =
        standing.rawScore().isPresent()
            ? " Without that it would be " + shown(tenths(standing.rawScore())) + "."
            : "";
    return "%s holds the score at %s until %s: “%s”.%s"
        .formatted(
            period.what().author(),
            bounds,
            day(period.what().until()),
            period.what().reason(),
            raw);
  }

  private static String change(ScoreChange change) {
    if (change.from().isEmpty()) {
      return "There was no score %d days ago.".formatted(change.days());
    }
    long from = tenths(change.from());
    long to = tenths(change.to());
    String moved =
        from == to
            ? "Over the last %d days the score has stayed at %s".formatted(change.days(), shown(to))
            : "Over the last %d days the score %s by %s, from %s to %s"
                .formatted(
                    change.days(),
                    to > from ? "rose" : "fell",
                    points(Math.abs(to - from)),
                    shown(from),
                    shown(to));
    String causes = causes(change, to - from);
    String movers =
        change.movers().stream()
            .filter(mover -> tenths(mover.points()) != 0)
            .map(mover -> mover.name() + " (" + signed(tenths(mover.points())) + ")")
            .collect(Collectors.joining(", "));
    return moved
        + (causes.isEmpty() ? "." : ": " + causes + ".")
        + (movers.isEmpty() ? "" : " What moved most: " + movers + ".");
  }

  private static String causes(ScoreChange change, long total) {
    String[] causes = {"signals", "passing time", "overrides", "new scorecards"};
    long[] parts =
        split(total, change.signals(), change.time(), change.override(), change.scorecard());
    List<String> said = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != 0) {
        String did = parts[i] > 0 ? " raised it by " : " lowered it by ";
        said.add(causes[i] + did + shown(Math.abs(parts[i])));
      }
    }
    return String.join(", ", said);
  }

  /** Parts in tenths that add up to a total: of those rounded down, the nearest go up. */
  private static long[] split(long total, OptionalDouble... parts) {
    long[] tenths = new long[parts.length];
    double[] rest = new double[parts.length];
    long left = total;
    for (int i = 0; i < parts.length; i++) {
      double exact = parts[i].orElse(0) * 10;
      tenths[i] = (long) Math.floor(exact + 1e-6);
      rest[i] = exact - tenths[i];
      left -= tenths[i];
    }
    for (; left > 0; left--) {
      int nearest = 0;
      for (int i = 1; i < rest.length; i++) {
        nearest = rest[i] > rest[nearest] ? i : nearest;
      }
      tenths[nearest]++;
      rest[nearest]--;
    }
    return tenths;
  }

  private Optional<String> lost() {
    return list(
        "Most points are lost by %s.",
        ExplanationBody.mostLost(standing).stream()
            .filter(metric -> tenths(metric.lost()) > 0)
            .map(metric -> metric.name() + " (" + shown(tenths(metric.lost())) + ")"));
  }

  private Optional<String> unmeasured() {
    return list(
        "There is no data for %s.",
        standing.categories().stream()
            .flatMap(category -> category.metrics().stream())
            .filter(metric -> metric.value().isEmpty())
            .map(MetricScore::name));
  }

  private Optional<String> actions() {
    return list(
        "What would gain most: %s.",
        standing.actions().stream()
            .map(action -> named(action) + " (up to " + points(tenths(action.gain())) + ")"));
  }

  private String named(Action action) {
    Stream<String> names =
        action.metric()
            ? standing.categories().stream()
                .flatMap(category -> category.metrics().stream())
                .filter(metric -> metric.key().equals(action.key()))
                .map(MetricScore::name)
            : standing.adjustments().stream()
                .filter(adjustment -> adjustment.key().equals(action.key()))
                .map(AdjustmentScore::name);
    return names.findFirst().orElse(action.key());
  }

  private Optional<String> forecast() {
    if (standing.tier().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        standing
            .forecast()
            .map(
                fall ->
                    "If nothing happens it becomes %s on %s."
                        .formatted(tier(fall.tier()), day(fall.on())))
            .orElse("If nothing happens its tier will not fall within 180 days."));
  }

  private String tier(String key) {
    return explained.tiers().stream()
        .filter(tier -> tier.key().equals(key) && !tier.name().equals(key))
        .map(Tier::name)
        .findFirst()
        .map(name -> name + " (" + key + ")")
        .orElse(key);
  }

  private static Optional<String> list(String sentence, Stream<String> things) {
    List<String> all = things.toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(sentence.formatted(String.join(", ", all)));
  }

  private static String day(int day) {
    return LocalDate.ofEpochDay(day).format(DAY);
  }

  private static long tenths(OptionalDouble points) {
    return tenths(points.orElse(0));
  }

  private static long tenths(double points) {
    return (long) Math.floor(points * 10 + 0.5);
  }

  private static String shown(long tenths) {
    return tenths / 10 + "." + tenths % 10;
  }

  private static String signed(long tenths) {
    return (tenths < 0 ? "−" : "+") + shown(Math.abs(tenths));
  }

  private static String points(long tenths) {
    return tenths == 10 ? "1.0 point" : shown(tenths) + " points";
  }
}
