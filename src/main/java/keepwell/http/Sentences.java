package keepwell.http;

import static keepwell.http.Tenths.points;
import static keepwell.http.Tenths.shown;
import static keepwell.http.Tenths.signed;
import static keepwell.http.Tenths.split;
import static keepwell.http.Tenths.tenths;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** An explanation in plain English, for somebody who looks after customers. */
public final class Sentences {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private final Explained explained;
  private final Standing standing;
  private final Days days;

  public Sentences(Explained explained, Days days) {
    this.explained = explained;
    this.standing = explained.standing();
    this.days = days;
  }

  /** In the order in which they are to be read; the first says how it stands. */
  public List<String> all() {
    List<String> sentences = new ArrayList<>();
    sentences.add(now());
    standing.override().map(this::override).ifPresent(sentences::add);
    sentences.addAll(changes());
    if (standing.score().isPresent()) {
      lost().ifPresent(sentences::add);
    }
    unmeasured().ifPresent(sentences::add);
    actions().ifPresent(sentences::add);
    forecast().ifPresent(sentences::add);
    return sentences;
  }

  /** How it stands, and what will become of that. */
  public List<String> standing() {
    List<String> sentences = new ArrayList<>(List.of(now()));
    standing.override().map(this::override).ifPresent(sentences::add);
    forecast().ifPresent(sentences::add);
    return sentences;
  }

  /** What has changed, over each number of days that was asked for. */
  public List<String> changes() {
    return standing.score().isPresent()
        ? explained.changes().stream().map(Sentences::change).toList()
        : List.of();
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
    Optional<String> min = period.what().min().map(bound -> shown(tenths(bound)));
    Optional<String> max = period.what().max().map(bound -> shown(tenths(bound)));
    String bounds =
        min.isPresent() && max.isPresent()
            ? "between " + min.get() + " and " + max.get()
            : min.map(bound -> "at " + bound + " or more")
                .orElse("at " + max.orElse("") + " or less");
    String raw =
        standing.rawScore().equals(standing.score())
            ? " At present that changes nothing."
            : " Without that it would be %s, %s."
                .formatted(shown(tenths(standing.rawScore())), tier(rawTier()));
    return "%s holds the score %s until %s: “%s”.%s"
        .formatted(
            period.what().author(),
            bounds,
            day(period.what().until()),
            period.what().reason().replaceAll("\\.+$", ""),
            raw);
  }

  private String rawTier() {
    double raw = standing.rawScore().orElse(0);
    return explained.tiers().stream()
        .filter(tier -> tier.from() <= raw)
        .map(Tier::key)
        .findFirst()
        .orElse("");
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
    Optional<String> movers =
        list(
            " What moved most: %s.",
            change.movers().stream()
                .filter(mover -> tenths(mover.points()) != 0)
                .map(mover -> mover.name() + " (" + signed(tenths(mover.points())) + ")"));
    return moved + (causes.isEmpty() ? "." : ": " + causes + ".") + movers.orElse("");
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
    return joined(said);
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
            .map(
                metric ->
                    metric.score().isEmpty()
                        ? metric.name()
                        : metric.name() + " (counted as " + shown(tenths(metric.score())) + ")"));
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
    boolean held = standing.override().isPresent();
    if (standing.forecast().isPresent()) {
      return standing
          .forecast()
          .map(
              fall ->
                  "%s it becomes %s on %s."
                      .formatted(
                          held
                              ? "If nothing happens, and without the override,"
                              : "If nothing happens",
                          tier(fall.tier()),
                          day(fall.on())));
    }
    List<Tier> tiers = explained.tiers();
    boolean canFall =
        standing.tier().isPresent()
            && !tiers.get(tiers.size() - 1).key().equals(standing.tier().get());
    return canFall && !held
        ? Optional.of("If nothing happens its tier will not fall within 180 days.")
        : Optional.empty();
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
    return all.isEmpty() ? Optional.empty() : Optional.of(sentence.formatted(joined(all)));
  }

  private static String joined(List<String> things) {
    int last = things.size() - 1;
    return last < 1
        ? String.join("", things)
        : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
  }

  private static String day(int day) {
    return LocalDate.ofEpochDay(day).format(DAY);
  }
}
