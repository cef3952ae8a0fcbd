package keepwell.dashboard.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Tier;
import keepwell.http.FiguresBody;
import keepwell.http.FiguresBody.AucBody;
import keepwell.http.FiguresBody.RedBody;
import keepwell.http.ValidationBody;
import keepwell.http.ValidationBody.CountBody;
import keepwell.http.ValidationBody.InterventionsBody;
import keepwell.truth.Wrong;

/**
 * What scores had said of accounts, against what became of them.
 *
 * @param origin of the server, as it was asked
 * @param asked what was asked
 * @param today such as 2026-12-31
 * @param outcomes accounts with an outcome on the days that were asked about
 * @param scored those of them that had a score then
 * @param verdict as the JSON has it
 * @param says first the verdict, then what it is of
 * @param worst the name of the lowest tier; of several, as people name them
 * @param warnings how good it was as a warning that an account was in the lowest tier
 * @param playbooks what came of them
 * @param falseAlarms accounts that renewed though they were in the lowest tier
 * @param missed accounts that churned without having been in it
 */
record FiguresPage(
    String origin,
    Asked asked,
    String today,
    long outcomes,
    long scored,
    String verdict,
    List<String> says,
    String worst,
    List<TierRates> scorecards,
    List<Warning> warnings,
    Reliability reliability,
    List<Power> metrics,
    List<String> playbooks,
    List<Account> falseAlarms,
    List<Account> missed) {

  /** A figure, and what it says. */
  record Warning(String figure, String name, String says) {}

  /** An account about which the score was wrong. */
  record Account(String name, String url, String score) {}

  /**
   * @param names of accounts by their ids
   */
  static FiguresPage of(
      String origin,
      Asked asked,
      ValidationBody validation,
      Scorecards scorecards,
      Map<String, String> names) {
    FiguresBody figures = validation.figures();
    String worst = worst(scorecards);
    return new FiguresPage(
        origin,
        asked,
        validation.asOf().toString(),
        validation.population(),
        figures.n(),
        figures.verdict(),
        says(validation),
        worst,
        TierRates.of(figures.tiers(), scorecards),
        warnings(figures, worst, days(validation)),
        Reliability.of(figures.scores(), figures.calibrationError()),
        Power.of(validation.metrics(), names(scorecards)),
        playbooks(validation.interventions(), worst),
        validation.falsePositives().stream().map(wrong -> account(wrong, names)).toList(),
        validation.missed().stream().map(wrong -> account(wrong, names)).toList());
  }

  private static Map<String, String> names(Scorecards scorecards) {
    Map<String, String> names = new LinkedHashMap<>();
    scorecards.scorecards().forEach(card -> names.put(card.key(), card.name()));
    return names;
  }

  private static String worst(Scorecards scorecards) {
    List<String> names =
        scorecards.scorecards().stream()
            .map(Scorecard::tiers)
            .filter(tiers -> tiers.size() > 1)
            .map(tiers -> tiers.get(tiers.size() - 1))
            .map(Tier::name)
            .distinct()
            .toList();
    return names.isEmpty() ? "in the lowest tier" : String.join(" or ", names);
  }

  private static String days(ValidationBody validation) {
    String horizon = validation.horizon();
    return Figures.count(Long.parseLong(horizon.substring(1, horizon.length() - 1)), "day");
  }

  private static List<String> says(ValidationBody validation) {
    FiguresBody figures = validation.figures();
    List<String> says = new ArrayList<>();
    says.add(figures.says());
    if (figures.n() > 0) {
      says.add(
          "By %s of the scorecards, %s had a score %s before what became of them was known: %s renewed, %s churned (%s)."
              .formatted(
                  validation.scorecards(),
                  Figures.count(figures.n(), "account"),
                  days(validation),
                  Figures.count(figures.renewed()),
                  Figures.count(figures.churned()),
                  Figures.percent(figures.baseRate())));
    }
    if (figures.auc().value() != null) {
      says.add(auc(figures.auc()));
    }
    scoreless(figures.scoreless()).ifPresent(says::add);
    if (validation.unanswered() > 0) {
      says.add(Figures.count(validation.unanswered(), "account") + " did not answer.");
    }
    return says;
  }

  /** What the area under the curve means. */
  static String auc(AucBody auc) {
    return "Of one that renewed and one that churned, the one that renewed had the higher score in %.0f of 100 pairs, where chance has 50: AUC %s, 95%% interval %s."
        .formatted(100 * auc.value(), Power.hundredths(auc.value()), Power.interval(auc));
  }

  private static Optional<String> scoreless(FiguresBody.ScorelessBody none) {
    List<String> parts = new ArrayList<>();
    if (none.noScore() > 0) {
      parts.add(Figures.count(none.noScore()) + " without a score then");
    }
    if (none.noScorecard() > 0) {
      parts.add(Figures.count(none.noScorecard()) + " that no scorecard fits");
    }
    if (none.tooOld() > 0) {
      parts.add(Figures.count(none.tooOld()) + " too long ago to be scored");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("Left out: " + String.join(", ", parts) + ".");
  }

  private static List<Warning> warnings(FiguresBody figures, String worst, String days) {
    RedBody red = figures.red();
    List<Warning> warnings = new ArrayList<>();
    if (red.precision() != null) {
      warnings.add(
          new Warning(
              Figures.percent(red.precision()),
              "Precision",
              "Of %s that %s %s %s before, %s churned."
                  .formatted(
                      Figures.count(red.accounts(), "account"),
                      red.accounts() == 1 ? "was" : "were",
                      worst,
                      days,
                      Figures.count(red.churned()))));
    }
    if (red.recall() != null) {
      warnings.add(
          new Warning(
              Figures.percent(red.recall()),
              "Recall",
              "Of %s that churned, %s had been %s."
                  .formatted(
                      Figures.count(figures.churned(), "account"),
                      Figures.count(red.churned()),
                      worst)));
    }
    if (red.falsePositiveRate() != null) {
      warnings.add(
          new Warning(
              Figures.percent(red.falsePositiveRate()),
              "False positives",
              "Of %s that renewed, %s had been %s."
                  .formatted(
                      Figures.count(figures.renewed(), "account"),
                      Figures.count(red.falsePositives()),
                      worst)));
    }
    if (figures.leadTime().medianDays() != null) {
      warnings.add(
          new Warning(
              Figures.count(figures.leadTime().medianDays(), "day"),
              "Lead time, median",
              "For so long %s had been %s without a break when they churned."
                  .formatted(Figures.count(figures.leadTime().accounts(), "account"), worst)));
    }
    return warnings;
  }

  private static List<String> playbooks(InterventionsBody interventions, String worst) {
    CountBody with = interventions.withPlaybook();
    CountBody without = interventions.withoutPlaybook();
    if (with.accounts() + without.accounts() == 0) {
      return List.of("No account was " + worst + ", so no playbook could help one.");
    }
    List<String> says = new ArrayList<>();
    says.add(
        with.accounts() == 0
            ? "No playbook ran on an account that was %s.".formatted(worst)
            : "Where a playbook ran while an account was %s, %s.".formatted(worst, renewed(with)));
    if (without.accounts() > 0) {
      says.add("Where none did, %s.".formatted(renewed(without)));
    }
    if (with.accounts() > 0 && without.accounts() > 0) {
      says.add("This is no experiment: playbooks run where somebody thought they were needed.");
    }
    return says;
  }

  private static String renewed(CountBody counted) {
    return "%s of %s renewed (%s)"
        .formatted(
            Figures.count(counted.renewed()),
            Figures.count(counted.accounts()),
            Figures.percent(counted.renewalRate()));
  }

  private static Account account(Wrong wrong, Map<String, String> names) {
    return new Account(
        names.getOrDefault(wrong.account(), wrong.account()),
        "/accounts/" + Selection.encoded(wrong.account()),
        Figures.score(wrong.score()));
  }

  /** Whether there is nothing to draw: all were left out. */
  boolean isEmpty() {
    return scored == 0;
  }
}
