package keepwell.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.AccountEvent.Loss;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.ScorecardVersions;
import keepwell.playbook.Playbook;
import keepwell.playbook.PlaybookDocument;
import keepwell.playbook.Playbooks;
import keepwell.playbook.Storm;
import keepwell.playbook.StormLog;
import keepwell.playbook.Task;
import keepwell.playbook.Workload;
import keepwell.portfolio.Highlights;
import keepwell.portfolio.Highlights.Some;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Portfolio;
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

/** Gathers a weekly report from the portfolio and from what playbooks have done. */
final class WeeklyReportReader {
  private static final int DAYS = 7;
  private static final int RENEWING_WITHIN_DAYS = 60;
  private static final int LISTED_MAX = 20;
  private static final int MOVERS_MAX = 10;
  private static final Sum NOTHING = new Sum(0, 0);

  private final Database database;
  private final Portfolio portfolio;
  private final Playbooks playbooks;
  private final ScorecardVersions scorecards;
  private final Days days;

  WeeklyReportReader(
      Database database,
      Portfolio portfolio,
      Playbooks playbooks,
      ScorecardVersions scorecards,
      Days days) {
    this.database = database;
    this.portfolio = portfolio;
    this.playbooks = playbooks;
    this.scorecards = scorecards;
    this.days = days;
  }

  /**
   * @param now product time
   */
  WeeklyReport read(Instant now) throws SQLException {
    int today = days.of(now);
    int first = today - DAYS;
    Instant from = days.start(first);
    Ranks ranks = new Ranks(scorecards.current());
    List<Tier> below = ranks.belowBest();
    List<Band> tiers = bands(portfolio.overview(Optional.empty(), today).all(), ranks, first - 1);
    List<Held> held = held();
    try (Connection connection = database.dataSource().getConnection()) {
      Highlights highlights = new Highlights(connection);
      Workload workload = new Workload(connection);
      List<Entered> entered = new ArrayList<>();
      for (Tier tier : below) {
        Some some = highlights.movedInto(tier.key(), from, Optional.empty(), LISTED_MAX);
        entered.add(new Entered(tier, sum(some), lines(some.first(), ranks)));
      }
      Some renewing =
          highlights.renewing(
              today,
              today + RENEWING_WITHIN_DAYS,
              below.stream().map(Tier::key).toList(),
              LISTED_MAX);
      Renewals renewals =
          new Renewals(RENEWING_WITHIN_DAYS, sum(renewing), lines(renewing.first(), ranks));
      Tasks tasks =
          new Tasks(
              workload.doneCount(from),
              workload.overdueCount(now),
              workload.overdue(now, LISTED_MAX).stream().map(WeeklyReportReader::overdue).toList());
      List<String> best =
          ranks.all().stream().filter(tier -> !below.contains(tier)).map(Tier::name).toList();
      return new WeeklyReport(
          from,
          now,
          Headline.of(best, tiers, entered, renewals, tasks),
          tiers,
          entered,
          lines(highlights.fell(from, MOVERS_MAX), ranks),
          lines(highlights.rose(from, MOVERS_MAX), ranks),
          renewals,
          tasks,
          runs(workload.begun(first)),
          held);
    }
  }

  /** Each tier of the scorecards, also where it is empty, and others that accounts have or had. */
  private static List<Band> bands(Overview.Group all, Ranks ranks, int dayBefore) {
    Map<Optional<String>, Sum> now = sums(all.bands());
    Optional<Map<Optional<String>, Sum>> before =
        all.days().stream()
            .filter(day -> day.day() == dayBefore)
            .map(day -> sums(day.bands()))
            .findFirst();
    return Stream.of(
            ranks.all().stream().map(tier -> Optional.of(tier.key())),
            now.keySet().stream().filter(Optional::isPresent),
            now.keySet().stream().filter(Optional::isEmpty))
        .flatMap(keys -> keys)
        .distinct()
        .map(
            key ->
                Band.of(
                    ranks.of(key),
                    now.getOrDefault(key, NOTHING),
                    before.map(sums -> sums.getOrDefault(key, NOTHING)).orElse(null)))
        .toList();
  }

  private static Map<Optional<String>, Sum> sums(List<Overview.Band> bands) {
    return bands.stream()
        .filter(band -> band.accounts() > 0)
        .collect(
            Collectors.toMap(Overview.Band::tier, band -> new Sum(band.accounts(), band.arr())));
  }

  private static Sum sum(Some some) {
    return new Sum(some.count(), some.arr());
  }

  private static List<Line> lines(List<Listed> listed, Ranks ranks) {
    return listed.stream()
        .map(
            one ->
                new Line(
                    one.account(),
                    one.name(),
                    one.labels().get("owner"),
                    ranks.of(one.tier()),
                    ranks.of(one.previousTier()),
                    one.tierSince().orElse(null),
                    one.score().orElse(null),
                    one.trend7().orElse(null),
                    one.arr().orElse(null),
                    one.renewalOn().map(LocalDate::ofEpochDay).orElse(null),
                    one.loss().map(WeeklyReportReader::why).orElse(null)))
        .toList();
  }

  private static Why why(Loss loss) {
    return new Why(
        loss.metric() ? loss.key() : null,
        loss.metric() ? null : loss.key(),
        loss.name(),
        loss.points());
  }

  private static Overdue overdue(Task task) {
    return new Overdue(
        task.id(),
        task.account(),
        task.situation().name(),
        task.title(),
        task.owner().orElse(null),
        task.dueAt());
  }

  private List<Runs> runs(Map<String, Long> begun) {
    PlaybookDocument document = playbooks.versions().current();
    return begun.entrySet().stream()
        .map(
            runs ->
                new Runs(
                    runs.getKey(),
                    document.playbook(runs.getKey()).map(Playbook::name).orElse(runs.getKey()),
                    runs.getValue()))
        .toList();
  }

  private List<Held> held() throws SQLException {
    return playbooks.storms().all(Optional.of(Storm.State.HELD)).stream()
        .map(WeeklyReportReader::held)
        .toList();
  }

  private static Held held(StormLog.Digest digest) {
    Storm storm = digest.storm();
    return new Held(
        storm.id(),
        storm.cause().name().toLowerCase(Locale.ROOT),
        storm.signal().orElse(null),
        storm.beganAt(),
        digest.accounts());
  }
}
