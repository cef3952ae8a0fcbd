package keepwell.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import keepwell.health.Warning;
import keepwell.truth.Interventions;
import keepwell.truth.MetricPower;
import keepwell.truth.Validating;
import keepwell.truth.Validation;
import keepwell.truth.Wrong;

/**
 * A validation as public JSON.
 *
 * @param scorecards which were validated: {@code version 3} or {@code draft}
 * @param horizon how long before its outcome an account was scored
 * @param from the first day whose outcomes count; null: the first of all
 * @param to the last day whose outcomes count; null: the last of all
 * @param accounts with an outcome that were asked and count
 * @param population all accounts with an outcome; more if {@code accounts} are a sample
 * @param unanswered accounts that could not be asked
 * @param metrics how well each alone would do, best first
 * @param falsePositives accounts that renewed though they were in red, those with the lowest scores
 * @param missed accounts that churned and were not in red, those with the highest scores
 */
public record ValidationBody(
    LocalDate asOf,
    String scorecards,
    String horizon,
    LocalDate from,
    LocalDate to,
    long accounts,
    long population,
    long unanswered,
    @JsonUnwrapped FiguresBody figures,
    InterventionsBody interventions,
    List<MetricBody> metrics,
    List<Wrong> falsePositives,
    List<Wrong> missed,
    List<Warning> warnings) {

  /**
   * Of the accounts in red, those where a playbook ran at some time between the first day in red
   * and the outcome, and those where none did. One that began in the best tier is no help.
   *
   * @param successRate the share of those with a playbook that renewed; null if there is none
   */
  public record InterventionsBody(
      Double successRate, CountBody withPlaybook, CountBody withoutPlaybook) {}

  public record CountBody(long accounts, long renewed, Double renewalRate) {
    static CountBody of(Interventions.Counted counted) {
      return new CountBody(
          counted.accounts(),
          counted.stayed(),
          FiguresBody.share(counted.stayed(), counted.accounts()));
    }
  }

  /**
   * @param accounts that have a score of the metric
   * @param verdict as for the whole score
   */
  public record MetricBody(
      String scorecard,
      String metric,
      String name,
      long accounts,
      FiguresBody.AucBody auc,
      String verdict) {
    static MetricBody of(MetricPower power) {
      return new MetricBody(
          power.scorecard(),
          power.metric(),
          power.name(),
          power.stayed() + power.left(),
          FiguresBody.AucBody.of(power.auc()),
          FiguresBody.hyphened(power.verdict()));
    }
  }

  public static ValidationBody of(
      Validating validating,
      String scorecards,
      ValidationQuery query,
      LocalDate today,
      List<Warning> warnings) {
    Validation validation = validating.validation();
    Interventions interventions = validating.interventions();
    CountBody with = CountBody.of(interventions.with());
    return new ValidationBody(
        today,
        scorecards,
        "P" + query.horizonDays() + "D",
        query.from().orElse(null),
        query.to().orElse(null),
        validating.survey().counted(),
        validating.survey().population(),
        validating.survey().unanswered(),
        FiguresBody.of(validation),
        new InterventionsBody(with.renewalRate(), with, CountBody.of(interventions.without())),
        validation.metrics().stream()
            .sorted(
                Comparator.comparingDouble((MetricPower power) -> -power.auc().value().orElse(0)))
            .map(MetricBody::of)
            .toList(),
        validation.falseAlarms(),
        validation.missed(),
        warnings);
  }
}
