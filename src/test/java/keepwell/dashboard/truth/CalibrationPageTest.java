package keepwell.dashboard.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import keepwell.http.CalibrationBody;
import keepwell.http.CalibrationBody.DoubledBody;
import keepwell.http.CalibrationBody.DraftBody;
import keepwell.http.CalibrationBody.FitBody;
import keepwell.http.CalibrationBody.MetricBody;
import keepwell.http.CalibrationBody.TrialBody;
import keepwell.http.CalibrationBody.WeightBody;
import keepwell.http.FiguresBody;
import keepwell.http.FiguresBody.AucBody;
import keepwell.http.FiguresBody.LeadTimeBody;
import keepwell.http.FiguresBody.RedBody;
import keepwell.http.FiguresBody.ScorelessBody;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Drafts beside the scorecards in force. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CalibrationPageTest {
  private static final DraftBody FITTED =
      new DraftBody(Map.of("scorecards", List.of()), figures(0.9, 1), figures(0.86, 4.3));
  private static final DoubledBody DOUBLED =
      new DoubledBody(
          List.of(new MetricBody("saas", "use"), new MetricBody("shop", "use")),
          Map.of(),
          figures(0.8, 13),
          figures(0.83, 13.5));

  private static FiguresBody figures(Double auc, double error) {
    return new FiguresBody(
        300,
        40,
        260,
        0.1333,
        new ScorelessBody(0, 0, 0),
        new AucBody(
            auc, auc == null ? null : auc - 0.05, auc == null ? null : auc + 0.05, 0.95, ""),
        "predictive",
        "",
        new RedBody(0, 0, null, null, 0, null),
        new LeadTimeBody(0, null),
        List.of(
            TierRatesTest.rate("saas", "green", 100, 90),
            TierRatesTest.rate("shop", "green", 100, 80),
            TierRatesTest.rate("saas", "red", 0, 0)),
        error,
        List.of());
  }

  private static CalibrationPage page(
      DraftBody fitted, DoubledBody doubled, String result, WeightBody... weights) {
    return CalibrationPage.of(
        new CalibrationBody(
            LocalDate.parse("2026-03-01"),
            7,
            "P30D",
            null,
            null,
            3,
            fitted == null ? "nothing-fitted" : "better",
            "The advice.",
            new TrialBody(figures(0.81, 11), figures(null, 10.2)),
            fitted,
            List.of(new FitBody("saas", 1058, 134, result, "The result.", List.of(weights))),
            doubled),
        TierRatesTest.scorecards("saas", "shop"));
  }

  @Test
  void held_out_accounts_come_first_with_all_that_were_tried() {
    CalibrationPage page = page(FITTED, DOUBLED, "fitted");
    assertThat(page.trials())
        .extracting(CalibrationPage.Trial::id)
        .containsExactly("held-out", "train");
    assertThat(page.trials().get(0).accounts())
        .isEqualTo("300 accounts with a score, 40 of them churned");
    assertThat(page.trials().get(0).lines())
        .containsExactly(
            new CalibrationPage.Line("In force", "–", "", "10.2", List.of("85.0%", "–", "–")),
            new CalibrationPage.Line(
                "Fitted", "0.86", "0.81 to 0.91", "4.3", List.of("85.0%", "–", "–")),
            new CalibrationPage.Line(
                "Rule of thumb", "0.83", "0.78 to 0.88", "13.5", List.of("85.0%", "–", "–")));
  }

  @Test
  void the_advice_is_said_first() {
    assertThat(page(FITTED, DOUBLED, "fitted").says())
        .containsExactly(
            "The advice.",
            "The rule of thumb doubles what was weak where accounts churned: Use.",
            "3 accounts did not answer.");
  }

  @Test
  void weights_before_and_after_share_one_scale_the_heaviest_first() {
    CalibrationPage.Weights weights =
        page(
                FITTED,
                null,
                "fitted",
                new WeightBody("nps", "Satisfaction", 0.25, 0.1),
                new WeightBody("use", "Use", 0.4, 0.8))
            .weights()
            .get(0);
    assertThat(weights.says()).isEqualTo("1,058 accounts to fit to, of which 134 churned.");
    assertThat(weights.metrics())
        .containsExactly(
            new CalibrationPage.Weight("Use", "40.0%", "80.0%", 50, 100),
            new CalibrationPage.Weight("Satisfaction", "25.0%", "10.0%", 31.25, 12.5));
  }

  @Test
  void only_a_better_draft_is_advised() {
    List<CalibrationPage.Draft> drafts = page(FITTED, DOUBLED, "fitted").drafts();
    assertThat(drafts)
        .extracting(draft -> draft.id() + " " + draft.advised())
        .containsExactly("fitted true", "rule-of-thumb false");
    assertThat(drafts.get(0).json()).isEqualTo("{\n  \"scorecards\" : [ ]\n}");
  }

  @Test
  void where_nothing_could_be_fitted_it_is_said_why() {
    CalibrationPage page = page(null, null, "too-few", new WeightBody("use", "Use", 1, null));
    assertThat(page.drafts()).isEmpty();
    assertThat(page.weights().get(0).metrics()).isEmpty();
    assertThat(page.weights().get(0).says()).endsWith("churned. The result.");
    assertThat(page.trials().get(1).lines()).hasSize(1);
  }
}
