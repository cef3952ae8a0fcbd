package keepwell.dashboard.account;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Tier;

/**
 * The scores of an account day by day, as a drawing. Scores go from 0 to 100; places are in percent
 * of the drawing, from its upper left corner.
 *
 * @param words what it shows, for those who do not see it
 * @param lastDay the width of the lines' own coordinates: a day is 1, and a point is 1
 * @param lines through days that follow each other, as points of SVG; where there is no score they
 *     have a gap
 */
record ScoreChart(
    String words,
    int lastDay,
    List<Band> bands,
    List<String> lines,
    List<Tick> months,
    List<Change> changes) {
  private static final double LABEL_WIDTH = 8;

  /** The scores of a tier. */
  record Band(Tiers.Mark tier, double top, double height, String from) {}

  /** A first day of a month. */
  record Tick(double x, String name) {}

  /**
   * A tier change.
   *
   * @param label its day, where there is room for it; else empty
   */
  record Change(Tiers.Mark tier, double x, double y, String label) {}

  static ScoreChart of(History history, List<Tier> scorecard, Days days) {
    int first = history.days().get(0).day();
    int last = history.days().size() - 1;
    Tiers tiers = Tiers.of(scorecard);
    return new ScoreChart(
        words(history.days()),
        last,
        bands(scorecard, tiers),
        lines(history.days()),
        months(first, last),
        changes(history.changes(), tiers, days, first, last));
  }

  private static List<Band> bands(List<Tier> scorecard, Tiers tiers) {
    List<Band> bands = new ArrayList<>();
    double to = 100;
    for (Tier tier : scorecard) {
      String from = Figures.value(tier.from());
      bands.add(
          new Band(
              tiers.of(Optional.of(tier.key())), 100 - to, Math.max(0, to - tier.from()), from));
      to = Math.min(to, tier.from());
    }
    return bands;
  }

  private static List<String> lines(List<DayScore> days) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < days.size(); i++) {
      if (days.get(i).score().isPresent()) {
        String y = String.format(Locale.ROOT, "%.2f", 100 - days.get(i).score().getAsDouble());
        line.append(line.isEmpty() ? "" : " ").append(i).append(',').append(y);
      } else if (!line.isEmpty()) {
        lines.add(drawn(line.toString()));
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      lines.add(drawn(line.toString()));
    }
    return lines;
  }

  /** A line to itself is a dot; one point alone would not be drawn. */
  private static String drawn(String line) {
    return line.contains(" ") ? line : line + " " + line;
  }

  private static List<Tick> months(int first, int last) {
    List<Tick> months = new ArrayList<>();
    LocalDate month = LocalDate.ofEpochDay(first).plusMonths(1).withDayOfMonth(1);
    for (; month.toEpochDay() <= first + last; month = month.plusMonths(1)) {
      String name = month.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      months.add(new Tick(100.0 * (month.toEpochDay() - first) / last, name));
    }
    return months;
  }

  private static List<Change> changes(
      List<TierChanged> changed, Tiers tiers, Days days, int first, int last) {
    List<Change> changes = new ArrayList<>();
    double free = 0;
    for (TierChanged change : changed) {
      int day = days.of(change.at());
      double x = 100.0 * (day - first) / last;
      boolean room = x >= free && x <= 100 - LABEL_WIDTH;
      free = room ? x + LABEL_WIDTH : free;
      changes.add(
          new Change(
              tiers.of(change.to()),
              x,
              100 - change.score().orElse(0.0),
              room ? Figures.day(day, first + last) : ""));
    }
    return changes;
  }

  private static String words(List<DayScore> days) {
    List<DayScore> scored = days.stream().filter(day -> day.score().isPresent()).toList();
    String span = "Scores of " + Figures.count(days.size(), "day");
    if (scored.isEmpty()) {
      return span + ": none.";
    }
    Comparator<DayScore> byScore = Comparator.comparingDouble(day -> day.score().orElse(0));
    int today = days.get(days.size() - 1).day();
    return "%s, from 0 to 100: first %s, lowest %s, highest %s, last %s. Tier changes are listed below."
        .formatted(
            span,
            said(scored.get(0), today),
            said(scored.stream().min(byScore).orElseThrow(), today),
            said(scored.stream().max(byScore).orElseThrow(), today),
            said(scored.get(scored.size() - 1), today));
  }

  private static String said(DayScore day, int today) {
    return Figures.score(day.score().orElse(0)) + " on " + Figures.day(day.day(), today);
  }
}
