package keepwell.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Refusal.Code;
import keepwell.health.Standing.Action;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;

/**
 * Explains how an account stands on a day: where its points came from, where they were lost, and
 * what would win most of them back.
 */
final class Explanation {
  private static final int ACTIONS_MAX = 2;

  private Explanation() {}

  /** How an account stands today, in its settled tier. */
  static Standing today(int today, Account account, Scorecards scorecards) {
    Settlement settlement = account.settlement;
    return standing(
        today,
        account,
        scorecards,
        settlement.tierKey(),
        Optional.ofNullable(settlement.since()),
        Optional.ofNullable(settlement.previous()));
  }

  /** How an account stood or will stand on a day, by the plain bands; or a refusal. */
  static Answer on(int day, Account account, Scorecards scorecards) {
    if (!computable(day, account, scorecards)) {
      return Refusal.of(Code.AS_OF_TOO_OLD, "asOf");
    }
    Optional<String> band =
        scorecards.of(account.labels).map(card -> card.band(account.score(scorecards, day)));
    return standing(day, account, scorecards, band, Optional.empty(), Optional.empty());
  }

  private static Standing standing(
      int day,
      Account account,
      Scorecards scorecards,
      Optional<String> tier,
      Optional<Instant> since,
      Optional<String> previous) {
    Optional<Scorecard> scorecard = scorecards.of(account.labels);
    Optional<Evaluation> evaluation =
        scorecard.map(card -> Evaluation.of(card, account.facts, day));
    double score = evaluation.map(Evaluation::score).orElse(Double.NaN);
    return new Standing(
        account.id,
        account.labels,
        number(score),
        tier,
        since,
        previous,
        day,
        evaluation.map(Evaluation::coverage).orElse(0.0),
        scorecard.map(Scorecard::key),
        scorecards.version(),
        trend(score, day - 7, account, scorecards),
        trend(score, day - 30, account, scorecards),
        evaluation.map(Explanation::categories).orElse(List.of()),
        evaluation.map(Explanation::adjustments).orElse(List.of()),
        evaluation.map(Explanation::actions).orElse(List.of()));
  }

  private static OptionalDouble trend(
      double score, int since, Account account, Scorecards scorecards) {
    return computable(since, account, scorecards)
        ? number(score - account.score(scorecards, since))
        : OptionalDouble.empty();
  }

  /** Whether all days that decide the score of a day are kept whole. */
  private static boolean computable(int day, Account account, Scorecards scorecards) {
    int reachDays = scorecards.of(account.labels).map(Scorecard::reachDays).orElse(1);
    return (long) day - reachDays + 1 > account.facts.horizon();
  }

  static List<CategoryScore> categories(Evaluation evaluation) {
    List<CategoryScore> categories = new ArrayList<>();
    for (int c = 0; c < evaluation.values.length; c++) {
      Category category = evaluation.scorecard.categories().get(c);
      List<MetricScore> metrics = new ArrayList<>();
      for (int m = 0; m < category.metrics().size(); m++) {
        metrics.add(metric(evaluation, c, m));
      }
      categories.add(
          new CategoryScore(
              category.key(),
              category.name(),
              category.weight(),
              number(evaluation.categoryScores[c]),
              metrics));
    }
    return categories;
  }

  private static MetricScore metric(Evaluation evaluation, int c, int m) {
    Metric metric = evaluation.scorecard.categories().get(c).metrics().get(m);
    double share = evaluation.share(c, m);
    double score = evaluation.scores[c][m];
    return new MetricScore(
        metric.key(),
        metric.name(),
        metric.points(),
        number(evaluation.values[c][m]),
        number(score),
        number(share * score),
        number(share * (100 - score)));
  }

  static List<AdjustmentScore> adjustments(Evaluation evaluation) {
    List<AdjustmentScore> adjustments = new ArrayList<>();
    for (int a = 0; a < evaluation.adjustments.length; a++) {
      Adjustment adjustment = evaluation.scorecard.adjustments().get(a);
      adjustments.add(
          new AdjustmentScore(
              adjustment.key(),
              adjustment.name(),
              adjustment.points(),
              evaluation.counts[a],
              evaluation.adjustments[a] + 0.0));
    }
    return adjustments;
  }

  /** The two largest gains among what actionable metrics lost and what adjustments took. */
  static List<Action> actions(Evaluation evaluation) {
    List<Action> actions = new ArrayList<>();
    for (int c = 0; c < evaluation.values.length; c++) {
      List<Metric> metrics = evaluation.scorecard.categories().get(c).metrics();
      for (int m = 0; m < metrics.size(); m++) {
        double gain = evaluation.share(c, m) * (100 - evaluation.scores[c][m]);
        if (metrics.get(m).actionable() && Evaluation.round(gain) > 0) {
          actions.add(new Action(metrics.get(m).key(), true, gain));
        }
      }
    }
    for (int a = 0; a < evaluation.adjustments.length; a++) {
      double gain = -evaluation.adjustments[a];
      if (Evaluation.round(gain) > 0) {
        actions.add(new Action(evaluation.scorecard.adjustments().get(a).key(), false, gain));
      }
    }
    actions.sort(Comparator.comparingDouble(Action::gain).reversed());
    return List.copyOf(actions.subList(0, Math.min(ACTIONS_MAX, actions.size())));
  }

  static OptionalDouble number(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
