package keepwell.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import keepwell.health.Tier;
import keepwell.outreach.SampleModel;
import keepwell.portfolio.ShareInterval;
import keepwell.truth.Auc;
import keepwell.truth.Expectation;
import keepwell.truth.TierRate;

/** What the template of a reminder knows: all of it as texts, and empty ones for nothing. */
final class QuarterlyPage {
  private static final Quarter SAMPLE = new Quarter(LocalDate.parse("2026-10-01"));

  private final QuarterlyReport report;
  private final String playbook;
  private final String publicUrl;

  /**
   * @param playbook its name
   * @param publicUrl where people find the pages; empty if that is not known
   */
  QuarterlyPage(QuarterlyReport report, String playbook, String publicUrl) {
    this.report = report;
    this.playbook = playbook;
    this.publicUrl = publicUrl;
  }

  /** What templates are tried with. */
  static SampleModel sample() {
    TierRate green =
        new TierRate(
            "starter",
            new Tier("green", "Healthy", 80),
            false,
            100,
            90,
            new ShareInterval(0.9, 0.83, 0.94),
            new Expectation(0.85, 1));
    Auc auc = new Auc(OptionalDouble.of(0.8), OptionalDouble.of(0.7), OptionalDouble.of(0.9));
    Auc none = new Auc(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    return new SampleModel(
        new QuarterlyPage(
                new QuarterlyReport(SAMPLE, 130, 1, 100, 20, "It tells.", auc, List.of(green)),
                "Calibrate each quarter",
                "https://keepwell.example")
            .model(),
        new QuarterlyPage(
                new QuarterlyReport(SAMPLE, 0, 0, 0, 0, "Too few.", none, List.of()),
                "Calibrate each quarter",
                "")
            .model(),
        true);
  }

  Map<String, Object> model() {
    long scored = report.stayed() + report.left();
    Map<String, Object> model = new HashMap<>();
    model.put("playbook", playbook);
    model.put("quarter", report.quarter().name());
    model.put("begin", Figures.longDay(report.quarter().first()));
    model.put("end", Figures.longDay(report.quarter().last()));
    model.put(
        "accounts", report.accounts() == 0 ? "" : Figures.count(report.accounts(), "account"));
    model.put(
        "unanswered",
        report.unanswered() == 0 ? "" : Figures.count(report.unanswered(), "account"));
    model.put("horizon", Figures.count(Reminders.HORIZON_DAYS, "day"));
    model.put("scored", scored == 0 ? "" : Figures.count(scored));
    model.put("churned", Figures.count(report.left()));
    model.put("renewed", Figures.count(report.stayed()));
    model.put("says", report.says());
    model.put("auc", thousandths(report.auc().value()));
    model.put("low", thousandths(report.auc().low()));
    model.put("high", thousandths(report.auc().high()));
    boolean several = report.tiers().stream().map(TierRate::scorecard).distinct().count() > 1;
    model.put("tiers", report.tiers().stream().map(rate -> tier(rate, several)).toList());
    model.put("url", publicUrl);
    model.put(
        "link",
        publicUrl.isEmpty() || report.accounts() == 0
            ? ""
            : "%s/v1/validation?from=%s&to=%s"
                .formatted(publicUrl, report.quarter().first(), report.quarter().last()));
    return model;
  }

  private static String thousandths(OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%.3f", number.getAsDouble()) : "";
  }

  /**
   * @param several whether there are several scorecards
   */
  private static Map<String, Object> tier(TierRate rate, boolean several) {
    return Map.of(
        "tier",
        rate.tier().name(),
        "scorecard",
        several ? rate.scorecard() : "",
        "accounts",
        rate.accounts() == 0 ? "" : Figures.count(rate.accounts()),
        "share",
        rate.accounts() == 0 ? "" : Figures.score(100 * rate.rate().share()) + "%",
        "expected",
        expected(rate.expected()),
        "judgement",
        rate.accounts() == 0 ? "" : judgement(rate));
  }

  private static String expected(Expectation expected) {
    String from = Math.round(100 * expected.from()) + "%";
    String to = Math.round(100 * expected.to()) + "%";
    if (expected.to() == 1) {
      return from + " or more";
    }
    return expected.from() == 0 ? "less than " + to : from + " to " + to;
  }

  private static String judgement(TierRate rate) {
    if (rate.expected().isMet(rate.rate().share())) {
      return "as expected";
    }
    return rate.rate().share() < rate.expected().from()
        ? "fewer than expected"
        : "more than expected";
  }
}
