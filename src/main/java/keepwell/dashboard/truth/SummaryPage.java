package keepwell.dashboard.truth;

import java.util.ArrayList;
import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Scorecards;
import keepwell.http.FiguresBody;
import keepwell.http.ValidationBody;

/**
 * Whether a score told the truth, in short.
 *
 * @param outcomes accounts with an outcome
 * @param says what there is to say beside the rates
 */
record SummaryPage(long outcomes, List<TierRates> scorecards, List<String> says) {

  static SummaryPage of(ValidationBody validation, Scorecards scorecards) {
    FiguresBody figures = validation.figures();
    List<String> says = new ArrayList<>();
    says.add(figures.says());
    if (figures.auc().value() != null) {
      says.add(
          "AUC %s, 95%% interval %s."
              .formatted(Power.hundredths(figures.auc().value()), Power.interval(figures.auc())));
    }
    if (figures.leadTime().medianDays() != null) {
      says.add(
          "Accounts that churned had been in the lowest tier for %s (median)."
              .formatted(Figures.count(figures.leadTime().medianDays(), "day")));
    }
    return new SummaryPage(
        validation.population(),
        TierRates.of(figures.tiers(), scorecards).stream()
            .filter(rates -> !rates.tiers().isEmpty())
            .toList(),
        says);
  }
}
