package keepwell.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import keepwell.report.WeeklyReport.Band;
import keepwell.report.WeeklyReport.Entered;
import keepwell.report.WeeklyReport.Held;
import keepwell.report.WeeklyReport.Line;
import keepwell.report.WeeklyReport.Overdue;
import keepwell.report.WeeklyReport.Renewals;
import keepwell.report.WeeklyReport.Runs;
import keepwell.report.WeeklyReport.Sum;
import keepwell.report.WeeklyReport.Tasks;
import keepwell.report.WeeklyReport.Tier;
import keepwell.report.WeeklyReport.Why;

/** Reports that templates are tried with. */
final class SampleReport {
  private static final Instant FROM = Instant.parse("2026-11-23T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-30T07:00:00Z");
  private static final Tier GREEN = new Tier("green", "Healthy", "best");
  private static final Tier RED = new Tier("red", "Critical", "worst");
  private static final Sum NOTHING = new Sum(0, 0);
  private static final Line ACME =
      new Line(
          "acme",
          "Acme",
          "dana",
          RED,
          GREEN,
          FROM,
          41.5,
          -24.5,
          120_000.0,
          LocalDate.parse("2027-01-15"),
          new Why("login-days", null, "Days with a login", 19));

  /** With all that there can be. */
  static final WeeklyReport FULL =
      new WeeklyReport(
          FROM,
          TO,
          List.of("1 account worth 120,000 a year became Critical this week."),
          List.of(
              Band.of(GREEN, new Sum(8, 800_000), new Sum(9, 920_000)),
              Band.of(RED, new Sum(2, 240_000), new Sum(1, 120_000)),
              Band.of(null, new Sum(1, 0), NOTHING)),
          List.of(new Entered(RED, new Sum(21, 120_000), List.of(ACME))),
          List.of(ACME),
          List.of(ACME),
          new Renewals(60, new Sum(21, 120_000), List.of(ACME)),
          new Tasks(3, 21, List.of(new Overdue(1, "acme", "Acme", "Call them", "dana", FROM))),
          List.of(new Runs("critical", "Critical accounts", 4)),
          List.of(new Held(1, "silence", "login", FROM, 420)));

  /** Without whatever may be missing. */
  static final WeeklyReport LEAST =
      new WeeklyReport(
          FROM,
          TO,
          List.of(),
          List.of(Band.of(GREEN, NOTHING, null)),
          List.of(new Entered(RED, NOTHING, List.of())),
          List.of(new Line("acme", "acme", null, RED, null, null, null, null, null, null, null)),
          List.of(),
          new Renewals(60, NOTHING, List.of()),
          new Tasks(0, 0, List.of()),
          List.of(),
          List.of());

  private SampleReport() {}
}
