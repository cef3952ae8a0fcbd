package keepwell.dashboard.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import keepwell.http.FiguresBody;
import keepwell.http.FiguresBody.AucBody;
import keepwell.http.FiguresBody.BandBody;
import keepwell.http.FiguresBody.LeadTimeBody;
import keepwell.http.FiguresBody.RedBody;
import keepwell.http.FiguresBody.ScorelessBody;
import keepwell.http.ValidationBody;
import keepwell.http.ValidationBody.CountBody;
import keepwell.http.ValidationBody.InterventionsBody;
import keepwell.http.ValidationBody.MetricBody;
import keepwell.truth.Wrong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What scores had said, in sentences and drawings. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FiguresPageTest {
  private static final AucBody AUC = new AucBody(0.8155, 0.7782, 0.8477, 0.95, "DeLong");
  private static final AucBody NONE = new AucBody(null, null, null, 0.95, "DeLong");
  private static final CountBody NOBODY = new CountBody(0, 0, null);

  private static FiguresBody figures() {
    return new FiguresBody(
        1498,
        205,
        1293,
        0.1368,
        new ScorelessBody(3, 0, 2),
        AUC,
        "predictive",
        "The score tells better than chance who stays.",
        new RedBody(176, 97, 0.5511, 0.4732, 79, 0.0611),
        new LeadTimeBody(97, 57),
        List.of(TierRatesTest.rate("saas", "green", 809, 773)),
        10.8237,
        List.of(new BandBody(0, 10, 41, 2, 2.1, 0.0488), new BandBody(90, 100, 4, 4, 95, 1)));
  }

  private static FiguresBody nothing() {
    return new FiguresBody(
        0,
        0,
        0,
        null,
        new ScorelessBody(3, 0, 0),
        NONE,
        "too-few",
        "Too few outcomes to say anything: 0 stayed and 0 left, and 20 of each are needed.",
        new RedBody(0, 0, null, null, 0, null),
        new LeadTimeBody(0, null),
        List.of(),
        null,
        List.of());
  }

  private static FiguresPage page(FiguresBody figures, CountBody with, CountBody without) {
    ValidationBody validation =
        new ValidationBody(
            LocalDate.parse("2026-03-01"),
            "version 7",
            "P30D",
            null,
            null,
            figures.n(),
            figures.n(),
            0,
            figures,
            new InterventionsBody(with.renewalRate(), with, without),
            List.of(
                new MetricBody("saas", "use", "Use", 1400, AUC, "predictive"),
                new MetricBody("saas", "nps", "Satisfaction", 0, NONE, "too-few")),
            List.of(new Wrong("a/1", 12.25)),
            List.of(new Wrong("b", 99.5)),
            List.of());
    return FiguresPage.of(
        "http://localhost:8080",
        new Asked(Map.of()),
        validation,
        TierRatesTest.scorecards("saas"),
        Map.of("b", "Beta"));
  }

  @Test
  void the_verdict_is_followed_by_what_it_means() {
    assertThat(page(figures(), NOBODY, NOBODY).says())
        .containsExactly(
            "The score tells better than chance who stays.",
            "By version 7 of the scorecards, 1,498 accounts had a score 30 days before what became"
                + " of them was known: 1,293 renewed, 205 churned (13.7%).",
            "Of one that renewed and one that churned, the one that renewed had the higher score in"
                + " 82 of 100 pairs, where chance has 50: AUC 0.82, 95% interval 0.78 to 0.85.",
            "Left out: 3 without a score then, 2 too long ago to be scored.");
  }

  @Test
  void how_good_a_warning_the_lowest_tier_was_is_said_by_its_name() {
    assertThat(page(figures(), NOBODY, NOBODY).warnings())
        .extracting(warning -> warning.figure() + " " + warning.says())
        .containsExactly(
            "55.1% Of 176 accounts that were Critical 30 days before, 97 churned.",
            "47.3% Of 205 accounts that churned, 97 had been Critical.",
            "6.1% Of 1,293 accounts that renewed, 79 had been Critical.",
            "57 days For so long 97 accounts had been Critical without a break when they churned.");
  }

  @Test
  void what_came_of_playbooks_claims_no_more_than_is_known() {
    CountBody with = new CountBody(40, 18, 0.45);
    CountBody without = new CountBody(120, 30, 0.25);
    assertThat(page(figures(), with, without).playbooks())
        .containsExactly(
            "Where a playbook ran while an account was Critical, 18 of 40 renewed (45.0%).",
            "Where none did, 30 of 120 renewed (25.0%).",
            "This is no experiment: playbooks run where somebody thought they were needed.");
    assertThat(page(figures(), NOBODY, without).playbooks())
        .containsExactly(
            "No playbook ran on an account that was Critical.",
            "Where none did, 30 of 120 renewed (25.0%).");
    assertThat(page(figures(), NOBODY, NOBODY).playbooks())
        .containsExactly("No account was Critical, so no playbook could help one.");
  }

  @Test
  void accounts_are_called_by_their_names_and_led_to() {
    FiguresPage page = page(figures(), NOBODY, NOBODY);
    assertThat(page.falseAlarms())
        .containsExactly(new FiguresPage.Account("a/1", "/accounts/a%2F1", "12.3"));
    assertThat(page.missed())
        .containsExactly(new FiguresPage.Account("Beta", "/accounts/b", "99.5"));
  }

  @Test
  void a_metric_is_a_dot_with_its_interval_and_one_without_data_has_none() {
    List<Power> metrics = page(figures(), NOBODY, NOBODY).metrics();
    assertThat(metrics.get(0).auc()).isEqualTo("0.82");
    assertThat(metrics.get(0).at()).isEqualTo(81.55);
    assertThat(metrics.get(0).low() + metrics.get(0).span()).isEqualTo(84.77);
    assertThat(metrics.get(0).says()).isEqualTo("tells");
    assertThat(metrics.get(1).isKnown()).isFalse();
    assertThat(metrics.get(1).says()).isEqualTo("no data");
  }

  @Test
  void ten_points_of_score_are_a_dot_where_score_and_rate_meet() {
    Reliability reliability = page(figures(), NOBODY, NOBODY).reliability();
    Reliability.Point last = reliability.points().get(1);
    assertThat(last.x()).isEqualTo(95);
    assertThat(last.y()).isZero();
    assertThat(last.bottom()).isBetween(45.0, 55.0);
    assertThat(last.radius()).isLessThan(reliability.points().get(0).radius());
    assertThat(reliability.says())
        .isEqualTo("A score is 10.8 points off how many of a hundred renewed, in the mean.");
    assertThat(reliability.words())
        .isEqualTo(
            "Renewal rate by score: of scores 0 to 10, 4.9% of 41 renewed; of scores 90 to 100,"
                + " 100.0% of 4 renewed.");
  }

  @Test
  void without_a_score_it_is_said_why_and_nothing_is_drawn() {
    FiguresPage page = page(nothing(), NOBODY, NOBODY);
    assertThat(page.isEmpty()).isTrue();
    assertThat(page.says()).last().isEqualTo("Left out: 3 without a score then.");
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void in_short_it_is_the_rates_and_a_few_words() {
    ValidationBody validation =
        new ValidationBody(
            LocalDate.parse("2026-03-01"),
            "version 7",
            "P30D",
            null,
            null,
            1498,
            1498,
            0,
            figures(),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    SummaryPage page = SummaryPage.of(validation, TierRatesTest.scorecards("saas", "shop"));
    assertThat(page.scorecards()).extracting(TierRates::scorecard).containsExactly("The saas");
    assertThat(page.says())
        .containsExactly(
            "The score tells better than chance who stays.",
            "AUC 0.82, 95% interval 0.78 to 0.85.",
            "Accounts that churned had been in the lowest tier for 57 days (median).");
  }
}
