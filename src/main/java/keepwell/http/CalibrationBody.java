package keepwell.http;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Metric;
import keepwell.truth.Calibration;
import keepwell.truth.Calibration.Candidate;
import keepwell.truth.Calibration.Trial;
import keepwell.truth.RuleOfThumb;
import keepwell.truth.ScorecardFit;

/**
 * A calibration as public JSON.
 *
 * @param version of the scorecards in force, which was calibrated
 * @param horizon how long before its outcome an account was scored
 * @param from the first day whose outcomes count; null: the first of all
 * @param to the last day whose outcomes count; null: the last of all
 * @param unanswered accounts that could not be asked
 * @param verdict whether the draft is worth adopting
 * @param says the verdict in a sentence
 * @param present how the scorecards in force do
 * @param fitted the draft by which the score is the chance to renew; null if there is none
 * @param scorecards how each was fitted
 * @param ruleOfThumb the draft in which metrics weigh double; null if there is none
 */
public record CalibrationBody(
    LocalDate asOf,
    int version,
    String horizon,
    LocalDate from,
    LocalDate to,
    long unanswered,
    String verdict,
    String says,
    TrialBody present,
    DraftBody fitted,
    List<FitBody> scorecards,
    DoubledBody ruleOfThumb) {

  /**
   * @param train figures of the accounts that were fitted to
   * @param heldOut figures of the others
   */
  public record TrialBody(FiguresBody train, FiguresBody heldOut) {
    static TrialBody of(Trial trial) {
      return new TrialBody(FiguresBody.of(trial.train()), FiguresBody.of(trial.heldOut()));
    }
  }

  /**
   * @param draft may be previewed, validated and put as it is
   */
  public record DraftBody(Map<String, Object> draft, FiguresBody train, FiguresBody heldOut) {
    static DraftBody of(Candidate candidate) {
      TrialBody trial = TrialBody.of(candidate.trial());
      return new DraftBody(candidate.document(), trial.train(), trial.heldOut());
    }
  }

  /**
   * @param n accounts that it was fitted to
   * @param result fitted, fitted-to-few, too-few or nothing-tells
   * @param says the result in a sentence
   */
  public record FitBody(
      String scorecard,
      long n,
      long churned,
      String result,
      String says,
      List<WeightBody> metrics) {
    static FitBody of(ScorecardFit fit) {
      List<WeightBody> metrics = new ArrayList<>();
      double[] before = fit.scorecard().shares();
      Optional<double[]> after = fit.sharesAfter();
      List<Metric> all = fit.scorecard().metrics();
      for (int i = 0; i < all.size(); i++) {
        metrics.add(
            new WeightBody(
                all.get(i).key(),
                all.get(i).name(),
                FiguresBody.rounded(before[i]),
                after.isPresent() ? FiguresBody.rounded(after.get()[i]) : null));
      }
      return new FitBody(
          fit.scorecard().key(),
          fit.stayed() + fit.left(),
          fit.left(),
          FiguresBody.hyphened(fit.result()),
          fit.result().sentence(),
          metrics);
    }
  }

  /** Of the whole weight of all metrics, the shares of one. */
  public record WeightBody(String metric, String name, double before, Double after) {}

  /**
   * @param doubled the metrics that were weak among the accounts that churned
   */
  public record DoubledBody(
      List<MetricBody> doubled, Map<String, Object> draft, FiguresBody train, FiguresBody heldOut) {
    static DoubledBody of(Candidate candidate, List<RuleOfThumb> rules) {
      DraftBody draft = DraftBody.of(candidate);
      return new DoubledBody(
          rules.stream()
              .flatMap(
                  rule ->
                      rule.doubled().stream()
                          .map(metric -> new MetricBody(rule.scorecard().key(), metric)))
              .toList(),
          draft.draft(),
          draft.train(),
          draft.heldOut());
    }
  }

  public record MetricBody(String scorecard, String metric) {}

  public static CalibrationBody of(
      Calibration calibration, int version, ValidationQuery query, LocalDate today) {
    return new CalibrationBody(
        today,
        version,
        "P" + query.horizonDays() + "D",
        query.from().orElse(null),
        query.to().orElse(null),
        calibration.unanswered(),
        FiguresBody.hyphened(calibration.advice()),
        calibration.advice().sentence(),
        TrialBody.of(calibration.present()),
        calibration.fitted().map(DraftBody::of).orElse(null),
        calibration.fits().stream().map(FitBody::of).toList(),
        calibration
            .doubled()
            .map(draft -> DoubledBody.of(draft, calibration.rules()))
            .orElse(null));
  }
}
