package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Mover;
import keepwell.http.Previews.Found;
import keepwell.http.Tenths;
import keepwell.portfolio.Comparison;
import keepwell.portfolio.Comparison.Moved;
import keepwell.portfolio.ShareInterval;
import keepwell.portfolio.Survey;

/**
 * What a draft would make of the accounts.
 *
 * @param says how many change their tier, and how
 * @param sample what that says of all accounts, if only some were asked; else empty
 * @param asked how many were asked
 * @param migration from tier to tier; empty if there is no account
 * @param movers whose scores differ most
 * @param warnings about signals
 */
record PreviewPart(
    String says,
    String sample,
    String asked,
    Optional<Migration> migration,
    List<Account> movers,
    List<String> warnings) {
  private static final int MOVERS_MAX = 10;

  /**
   * An account.
   *
   * @param why what makes most of the change
   */
  record Account(
      String account,
      String name,
      Tiers.Mark before,
      Tiers.Mark after,
      String from,
      String to,
      String change,
      String why) {}

  /** Of one draft. */
  static PreviewPart of(Found found) {
    Comparison comparison = found.preview().comparisons().get(0);
    Survey survey = found.preview().survey();
    Migration migration =
        Migration.of(comparison.moves(), found.inForce(), found.drafts().get(0).scorecards());
    boolean all = survey.counted() >= survey.population();
    return new PreviewPart(
        says(migration, all ? "" : " of those asked"),
        all ? "" : sample(migration, survey),
        asked(survey),
        survey.counted() == 0 ? Optional.empty() : Optional.of(migration),
        comparison.most().stream()
            .limit(MOVERS_MAX)
            .map(moved -> account(moved, migration))
            .toList(),
        found.warnings().stream()
            .map(
                warning ->
                    Places.words(found.drafts().get(0).document(), warning.path())
                        + ": "
                        + warning.problem())
            .toList());
  }

  private static String says(Migration migration, String of) {
    if (migration.changing() == 0) {
      return "No account%s changes its tier.".formatted(of);
    }
    List<String> ways = new ArrayList<>();
    add(ways, migration.down(), "down", "down");
    add(ways, migration.up(), "up", "up");
    add(ways, migration.first(), "gets a first score", "get a first score");
    add(ways, migration.lost(), "has no score any more", "have no score any more");
    add(
        ways,
        migration.aside(),
        "to a tier of another scorecard",
        "to a tier of another scorecard");
    return "%s%s %s tier: %s."
        .formatted(
            Figures.count(migration.changing(), "account"),
            of,
            migration.changing() == 1 ? "changes" : "change",
            String.join(", ", ways));
  }

  private static void add(List<String> ways, long accounts, String one, String several) {
    if (accounts > 0) {
      ways.add(Figures.count(accounts) + " " + (accounts == 1 ? one : several));
    }
  }

  private static String sample(Migration migration, Survey survey) {
    ShareInterval share =
        ShareInterval.of(migration.changing(), survey.counted(), survey.population());
    return "Of all %s that is %s; in 95 of 100 such samples it lies between %s and %s, which is %s to %s."
        .formatted(
            Figures.count(survey.population(), "account"),
            Figures.percent(share.share()),
            Figures.percent(share.low()),
            Figures.percent(share.high()),
            Figures.count(Math.round(share.low() * survey.population())),
            Figures.count(Math.round(share.high() * survey.population()), "account"));
  }

  private static String asked(Survey survey) {
    String asked = Figures.count(survey.counted(), "account") + " scored, nothing stored";
    return survey.unanswered() == 0
        ? asked
        : asked + "; " + Figures.count(survey.unanswered()) + " did not answer";
  }

  private static Account account(Moved moved, Migration migration) {
    double from = moved.before().score().orElseThrow();
    double to = moved.after().score().orElseThrow();
    return new Account(
        moved.account(),
        moved.name(),
        migration.mark(moved.before().tier()),
        migration.mark(moved.after().tier()),
        Figures.score(from),
        Figures.score(to),
        signed(Tenths.tenths(to) - Tenths.tenths(from)),
        moved.movers().stream()
            .map(each -> name(each) + " " + signed(tenths(each.points())))
            .collect(Collectors.joining(", ")));
  }

  private static String name(Mover mover) {
    return !mover.metric() && mover.key().equals("base") ? "Base" : mover.name();
  }

  private static long tenths(double points) {
    return points < 0 ? -Tenths.tenths(-points) : Tenths.tenths(points);
  }

  private static String signed(long tenths) {
    return tenths == 0 ? "0.0" : Tenths.signed(tenths);
  }
}
