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
        today, account, scorecards, settlement.tier(), settlement.since(), settlement.previous());
  }

  /** How an account stood or will stand on a day, by the plain bands; or a refusal. */
  static Answer on(int day, Account account, Scorecards scorecards) {
    if (!account.canScore(scorecards, day)) {
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
    Facts facts = account.facts;
    Optional<Scorecard> scorecard = scorecards.of(account.labels);
    Optional<Evaluation> evaluation = scorecard.map(card -> Evaluation.of(card, facts, day));
    double score = evaluation.map(Evaluation::score).orElse(Double.NaN);
    return new Standing(
        account.id,
        account.labels(),
        Evaluation.number(account.overrides.held(score, day)),
        Evaluation.number(score),
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
        evaluation.map(each -> adjustments(each, facts)).orElse(List.of()),
        evaluation.map(each -> actions(each, facts)).orElse(List.of()),
        evaluation.flatMap(each -> Forecast.of(each, tier, account)),
        account.overrides.on(day),
        Optional.ofNullable(account.listing.closedAt()));
  }

  private static OptionalDouble trend(
      double score, int since, Account account, Scorecards scorecards) {
    return account.canScore(scorecards, since)
        ? Evaluation.number(score - account.rawScore(scorecards, since, since))
        : OptionalDouble.empty();
  }

  static List<CategoryScore> categories(Evaluation evaluation) {
    return categories(evaluation, evaluation.kept());
  }

  /**
   * @param kept points that are told for each point of the sum
   */
  static List<CategoryScore> categories(Evaluation evaluation, double kept) {
    List<CategoryScore> categories = new ArrayList<>();
    for (int c = 0; c < evaluation.scorecard.categories().size(); c++) {
      Category category = evaluation.scorecard.categories().get(c);
      List<MetricScore> metrics = new ArrayList<>();
      for (int m = 0; m < category.metrics().size(); m++) {
        metrics.add(metric(evaluation, c, m, kept));
      }
      categories.add(
          new CategoryScore(
              category.key(),
              category.name(),
              category.weight(),
              Evaluation.number(evaluation.categoryScore(c)),
              metrics));
    }
    return categories;
  }

  private static MetricScore metric(Evaluation evaluation, int c, int m, double kept) {
    Metric metric = evaluation.scorecard.categories().get(c).metrics().get(m);
    double share = evaluation.share(c, m);
    double score = evaluation.score(c, m);
    return new MetricScore(
        metric.key(),
        metric.name(),
        metric.points(),
        Evaluation.number(evaluation.value(c, m)),
        Evaluation.number(score),
        Evaluation.number(share * score * kept),
        Evaluation.number(share * (100 - score) * evaluation.lost()));
  }

  static List<AdjustmentScore> adjustments(Evaluation evaluation, Facts facts) {
    return adjustments(evaluation, facts, evaluation.added());
  }

  /**
   * @param added points that are told for each point of the sum
   */
  static List<AdjustmentScore> adjustments(Evaluation evaluation, Facts facts, double added) {
    List<AdjustmentScore> adjustments = new ArrayList<>();
    for (int a = 0; a < evaluation.scorecard.adjustments().size(); a++) {
      Adjustment adjustment = evaluation.scorecard.adjustments().get(a);
      adjustments.add(
          new AdjustmentScore(
              adjustment.key(),
              adjustment.name(),
              adjustment.points(),
              evaluation.count(a),
              evaluation.contribution(a, facts) * added + 0.0));
    }
    return adjustments;
  }

  /** The two largest gains among what actionable metrics lost and what adjustments took. */
  static List<Action> actions(Evaluation evaluation, Facts facts) {
    List<Action> actions = new ArrayList<>();
    for (int c = 0; c < evaluation.scorecard.categories().size(); c++) {
      List<Metric> metrics = evaluation.scorecard.categories().get(c).metrics();
      for (int m = 0; m < metrics.size(); m++) {
        double gain = evaluation.gained(evaluation.share(c, m) * (100 - evaluation.score(c, m)));
        if (metrics.get(m).actionable() && Evaluation.round(gain) > 0) {
          actions.add(new Action(metrics.get(m).key(), true, gain));
        }
      }
    }
    for (int a = 0; a < evaluation.scorecard.adjustments().size(); a++) {
      double gain = evaluation.gained(-evaluation.contribution(a, facts));
      if (Evaluation.round(gain) > 0) {
        actions.add(new Action(evaluation.scorecard.adjustments().get(a).key(), false, gain));
      }
    }
    actions.sort(Comparator.comparingDouble(Action::gain).reversed());
    return List.copyOf(actions.subList(0, Math.min(ACTIONS_MAX, actions.size())));
  }
}
