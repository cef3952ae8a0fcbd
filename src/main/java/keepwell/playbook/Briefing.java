package keepwell.playbook;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Scorecard;
import keepwell.health.Standing;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import keepwell.health.Tier;
import keepwell.journal.ScorecardVersions;
import keepwell.playbook.Task.Points;
import keepwell.playbook.Task.Situation;
import keepwell.portfolio.Listed;

/** What those who act are told of an account: how it stands, why, and what would help most. */
final class Briefing {
  private static final int REASONS_MAX = 3;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private final ScorecardVersions scorecards;
  private final ZoneId zone;
  private final String publicUrl;

  /**
   * @param publicUrl where people find the pages; empty if that is not known
   */
  Briefing(ScorecardVersions scorecards, ZoneId zone, String publicUrl) {
    this.scorecards = scorecards;
    this.zone = zone;
    this.publicUrl = publicUrl;
  }

  ZoneId zone() {
    return zone;
  }

  /** What an account is called. */
  static String name(Standing standing) {
    return standing.labels().getOrDefault("name", standing.account());
  }

  /** How an account stands, for who is given a task about it. */
  static Situation situation(Standing standing) {
    Map<String, String> names = new HashMap<>();
    List<Points> reasons = new ArrayList<>();
    for (CategoryScore category : standing.categories()) {
      for (MetricScore metric : category.metrics()) {
        names.put(metric.key(), metric.name());
        metric
            .lost()
            .ifPresent(lost -> reasons.add(new Points(metric.key(), true, metric.name(), lost)));
      }
    }
    for (AdjustmentScore adjustment : standing.adjustments()) {
      names.putIfAbsent(adjustment.key(), adjustment.name());
      reasons.add(
          new Points(adjustment.key(), false, adjustment.name(), -adjustment.contribution()));
    }
    reasons.removeIf(reason -> reason.points() <= 0);
    reasons.sort(Comparator.comparingDouble(Points::points).reversed());
    return new Situation(
        name(standing),
        boxed(standing.score()),
        standing.tier().orElse(null),
        List.copyOf(reasons.subList(0, Math.min(REASONS_MAX, reasons.size()))),
        standing.actions().stream()
            .map(
                action ->
                    new Points(
                        action.key(), action.metric(), names.get(action.key()), action.gain()))
            .toList());
  }

  private static Double boxed(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /**
   * What templates know.
   *
   * @param account as it is listed
   * @param task that a message is about
   */
  Map<String, Object> model(
      Run run, Playbook playbook, Standing standing, Listed account, Optional<Task> task) {
    Situation situation = situation(standing);
    Tiers tiers = new Tiers(scorecards.current().of(standing.labels()));
    Cause cause = run.cause();
    Map<String, Object> model = new HashMap<>();
    model.put("account", account(standing, situation, account));
    model.put("score", tenths(situation.score()));
    model.put("previousScore", tenths(cause.previousScore()));
    model.put("tier", standing.tier().map(tiers::name).orElse(""));
    model.put("previousTier", cause.from() == null ? "" : tiers.name(cause.from()));
    model.put("playbook", playbook.name());
    model.put("trigger", sentence(cause, tiers) + " on " + date(run.beganAt()));
    model.put("reasons", points(situation.reasons(), "lost"));
    model.put("actions", points(situation.actions(), "gain"));
    model.put("link", link(standing.account()));
    task.ifPresent(
        given ->
            model.put(
                "task",
                Map.of(
                    "title",
                    given.title(),
                    "owner",
                    given.owner().orElse("nobody"),
                    "dueAt",
                    date(given.dueAt()))));
    return model;
  }

  /** What the template of a digest knows. */
  Map<String, Object> digest(StormLog.Digest digest, PlaybookDocument playbooks) {
    Storm storm = digest.storm();
    String why =
        storm
            .signal()
            .map("the signal %s has all but ceased to come"::formatted)
            .orElse("more accounts turned on one day than customers do");
    return Map.of(
        "held",
        Map.of(
            "accounts",
            digest.accounts(),
            "since",
            date(storm.beganAt()),
            "why",
            why,
            "playbooks",
            digest.playbooks().stream()
                .map(held -> Map.of("name", name(held, playbooks), "runs", held.runs()))
                .toList()),
        "link",
        publicUrl);
  }

  private static String name(StormLog.Held held, PlaybookDocument playbooks) {
    return playbooks.playbook(held.playbook()).map(Playbook::name).orElse(held.playbook());
  }

  /** The names of tiers. */
  private record Tiers(Optional<Scorecard> scorecard) {
    String name(String key) {
      return scorecard.stream()
          .flatMap(card -> card.tiers().stream())
          .filter(tier -> tier.key().equals(key))
          .map(Tier::name)
          .findAny()
          .orElse(key);
    }
  }

  private static Map<String, Object> account(
      Standing standing, Situation situation, Listed account) {
    return Map.of(
        "id",
        standing.account(),
        "name",
        situation.name(),
        "owner",
        standing.labels().getOrDefault("owner", ""),
        "segment",
        standing.labels().getOrDefault("segment", ""),
        "arr",
        account.arr().<Object>map(Math::round).orElse(""),
        "renewalOn",
        account.renewalOn().map(day -> DATE.format(LocalDate.ofEpochDay(day))).orElse(""));
  }

  private static Object tenths(Double score) {
    return score == null ? "" : Math.round(score * 10) / 10.0;
  }

  private static List<Map<String, Object>> points(List<Points> all, String field) {
    return all.stream()
        .map(one -> Map.<String, Object>of("name", one.name(), field, tenths(one.points())))
        .toList();
  }

  /** What happened, for a sentence whose subject is the account. */
  private static String sentence(Cause cause, Tiers tiers) {
    return switch (cause.trigger()) {
      case "transition" ->
          "moved from %s to %s".formatted(tiers.name(cause.from()), tiers.name(cause.to()));
      case "return" ->
          "came back from %s to %s, which it had left %d days before"
              .formatted(tiers.name(cause.from()), tiers.name(cause.to()), cause.days());
      case "below" ->
          "fell below %s, from %s to %s"
              .formatted(
                  tenths(cause.threshold()), tenths(cause.previousScore()), tenths(cause.score()));
      case "drop" ->
          "fell by %s points within %d days, from %s to %s"
              .formatted(
                  tenths(cause.previousScore() - cause.score()),
                  cause.days(),
                  tenths(cause.previousScore()),
                  tenths(cause.score()));
      case "spent" -> "had been %s for %d days".formatted(tiers.name(cause.to()), cause.days());
      default ->
          "was %s, %d days before its renewal".formatted(tiers.name(cause.to()), cause.days());
    };
  }

  private String date(Instant instant) {
    return DATE.format(instant.atZone(zone));
  }

  /** Where an account's page is; empty if that is not known. */
  private String link(String account) {
    return publicUrl.isEmpty()
        ? ""
        : publicUrl
            + "/accounts/"
            + URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
