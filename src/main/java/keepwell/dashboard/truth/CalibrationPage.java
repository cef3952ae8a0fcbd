package keepwell.dashboard.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Metric;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.http.CalibrationBody;
import keepwell.http.CalibrationBody.DoubledBody;
import keepwell.http.CalibrationBody.DraftBody;
import keepwell.http.CalibrationBody.FitBody;
import keepwell.http.CalibrationBody.WeightBody;
import keepwell.http.FiguresBody;
import keepwell.http.FiguresBody.TierBody;
import keepwell.http.Json;

/**
 * Drafts whose weights are fitted to what became of accounts, beside the scorecards in force.
 *
 * @param version of those
 * @param verdict as the JSON has it
 * @param says the verdict in words, then what it is of
 * @param tiers of all scorecards, best first
 * @param trials on accounts that were held out, and on those that were fitted to
 */
record CalibrationPage(
    int version,
    String verdict,
    List<String> says,
    List<Tiers.Mark> tiers,
    List<Trial> trials,
    List<Weights> weights,
    List<Draft> drafts) {
  private static final String PRESENT = "In force";
  private static final String FITTED = "Fitted";
  private static final String DOUBLED = "Rule of thumb";

  /** How all do on the same accounts. */
  record Trial(String id, String name, String accounts, List<Line> lines) {}

  /**
   * How scorecards do; what is not known is a dash.
   *
   * @param error by how many points scores differ from how many of a hundred renewed
   * @param rates how many renewed, tier by tier
   */
  record Line(String name, String auc, String interval, String error, List<String> rates) {}

  /**
   * What metrics weigh in a scorecard.
   *
   * @param scorecard its name; empty if there is no other
   * @param says how it was fitted
   */
  record Weights(String scorecard, String says, List<Weight> metrics) {}

  /**
   * @param beforeAt where the weight ends in a bar, in percent, and {@code afterWidth} the new one
   */
  record Weight(String name, String before, String after, double beforeAt, double afterWidth) {}

  /**
   * A draft to be taken.
   *
   * @param advised whether it is worth adopting
   */
  record Draft(String id, String name, String json, boolean advised) {}

  static CalibrationPage of(CalibrationBody calibration, Scorecards inForce) {
    List<Tiers.Mark> tiers = Tiers.of(inForce).all();
    DraftBody fitted = calibration.fitted();
    DoubledBody doubled = calibration.ruleOfThumb();
    List<Line> held = new ArrayList<>();
    List<Line> train = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    held.add(line(PRESENT, calibration.present().heldOut(), tiers));
    train.add(line(PRESENT, calibration.present().train(), tiers));
    if (fitted != null) {
      held.add(line(FITTED, fitted.heldOut(), tiers));
      train.add(line(FITTED, fitted.train(), tiers));
      boolean better = calibration.verdict().equals("better");
      drafts.add(new Draft("fitted", FITTED, Json.pretty(fitted.draft()), better));
    }
    if (doubled != null) {
      held.add(line(DOUBLED, doubled.heldOut(), tiers));
      train.add(line(DOUBLED, doubled.train(), tiers));
      drafts.add(new Draft("rule-of-thumb", DOUBLED, Json.pretty(doubled.draft()), false));
    }
    return new CalibrationPage(
        calibration.version(),
        calibration.verdict(),
        says(calibration, inForce),
        tiers,
        List.of(
            new Trial(
                "held-out",
                "On accounts that were held out",
                accounts(calibration.present().heldOut()),
                held),
            new Trial(
                "train",
                "On the accounts that were fitted to",
                accounts(calibration.present().train()),
                train)),
        weights(calibration.scorecards(), inForce),
        drafts);
  }

  private static List<String> says(CalibrationBody calibration, Scorecards inForce) {
    List<String> says = new ArrayList<>();
    says.add(calibration.says());
    if (calibration.ruleOfThumb() != null) {
      Map<String, String> names =
          inForce.scorecards().stream()
              .flatMap(card -> card.metrics().stream())
              .collect(Collectors.toMap(Metric::key, Metric::name, (one, other) -> one));
      says.add(
          calibration.ruleOfThumb().doubled().stream()
              .map(metric -> names.get(metric.metric()))
              .distinct()
              .collect(
                  Collectors.joining(
                      ", ",
                      "The rule of thumb doubles what was weak where accounts churned: ",
                      ".")));
    }
    if (calibration.unanswered() > 0) {
      says.add(Figures.count(calibration.unanswered(), "account") + " did not answer.");
    }
    return says;
  }

  private static String accounts(FiguresBody figures) {
    return Figures.count(figures.n(), "account")
        + " with a score, "
        + Figures.count(figures.churned())
        + " of them churned";
  }

  private static Line line(String name, FiguresBody figures, List<Tiers.Mark> tiers) {
    boolean known = figures.auc().value() != null;
    return new Line(
        name,
        known ? Power.hundredths(figures.auc().value()) : "–",
        known ? Power.interval(figures.auc()) : "",
        figures.calibrationError() == null ? "–" : Figures.score(figures.calibrationError()),
        tiers.stream().map(tier -> rate(figures.tiers(), tier)).toList());
  }

  /** Where scorecards share the key of a tier, of all of them. */
  private static String rate(List<TierBody> rates, Tiers.Mark tier) {
    List<TierBody> own = rates.stream().filter(rate -> rate.tier().equals(tier.key())).toList();
    long accounts = own.stream().mapToLong(TierBody::accounts).sum();
    long renewed = own.stream().mapToLong(TierBody::renewed).sum();
    return accounts == 0 ? "–" : Figures.percent((double) renewed / accounts);
  }

  private static List<Weights> weights(List<FitBody> fits, Scorecards inForce) {
    Map<String, String> names =
        inForce.scorecards().stream().collect(Collectors.toMap(Scorecard::key, Scorecard::name));
    return fits.stream()
        .map(
            fit ->
                new Weights(
                    fits.size() > 1 ? names.get(fit.scorecard()) : "",
                    "%s to fit to, of which %s churned.%s"
                        .formatted(
                            Figures.count(fit.n(), "account"),
                            Figures.count(fit.churned()),
                            fit.result().equals("fitted") ? "" : " " + fit.says()),
                    weights(fit.metrics())))
        .toList();
  }

  private static List<Weight> weights(List<WeightBody> metrics) {
    if (metrics.stream().anyMatch(metric -> metric.after() == null)) {
      return List.of();
    }
    double most =
        metrics.stream().mapToDouble(each -> Math.max(each.before(), each.after())).max().orElse(1);
    return metrics.stream()
        .sorted(Comparator.comparingDouble(metric -> -metric.after()))
        .map(
            metric ->
                new Weight(
                    metric.name(),
                    Figures.percent(metric.before()),
                    Figures.percent(metric.after()),
                    100 * metric.before() / most,
                    100 * metric.after() / most))
        .toList();
  }
}
