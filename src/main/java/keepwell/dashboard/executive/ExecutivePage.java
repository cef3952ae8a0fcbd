package keepwell.dashboard.executive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.BandDays;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Renewals;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param month whose it is, such as "November 2026"
 * @param asOf the day
 * @param says what matters most, in sentences; none if there are no accounts
 * @param best the names of the best tiers
 * @param segments those worth most
 * @param most which of them has most that is not in the best tier, in a sentence; empty for none
 * @param others how many more segments there are, in words; empty for none
 */
record ExecutivePage(
    long feed,
    String month,
    String asOf,
    List<String> says,
    Month tiers,
    BandDays days,
    Renewals renewals,
    String best,
    List<Segment> segments,
    String most,
    String others) {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  /** So that they fit on the paper. */
  private static final int SEGMENTS_MAX = 6;

  /**
   * @param overview with groups by segment
   */
  static ExecutivePage of(long feed, Overview overview, Tiers tiers) {
    int today = overview.asOf();
    Month month = Month.of(overview.all(), tiers, today);
    List<Segment> segments =
        overview.groups().stream()
            .limit(SEGMENTS_MAX)
            .map(group -> Segment.of(group, tiers, month.worth()))
            .toList();
    String best =
        tiers.all().stream()
            .filter(tier -> tier.shape().equals("best"))
            .map(Tiers.Mark::name)
            .distinct()
            .collect(Collectors.joining(" or "));
    int more = overview.groupCount() - SEGMENTS_MAX;
    return new ExecutivePage(
        feed,
        MONTH.format(LocalDate.ofEpochDay(today)),
        Figures.longDay(today),
        overview.all().bands().isEmpty() ? List.of() : Says.of(overview.all(), tiers, today),
        month,
        BandDays.of(overview.all(), tiers, today),
        Renewals.of(overview.all(), tiers, Selection.none()),
        best,
        segments,
        segments.stream()
            .max(Comparator.comparingDouble(Segment::risk))
            .filter(segment -> segments.size() > 1 && segment.risk() > 0)
            .map(segment -> segment.says(best, month.worth()))
            .orElse(""),
        more > 0 ? Figures.count(more, "more segment") : "");
  }

  /** Whether there are no accounts yet. */
  boolean isNew() {
    return says.isEmpty();
  }
}
