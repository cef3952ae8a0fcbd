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
 * @param ahead the same of the days to come, from today on
 * @param today its place; empty where it is the last day
 */
record ScoreChart(
    String words,
    int lastDay,
    List<Band> bands,
    List<String> lines,
    List<String> ahead,
    List<Tick> months,
    List<Marks.Mark> changes,
    List<Tick> today,
    List<Tick> renewal) {

  /** The scores of a tier. */
  record Band(Tiers.Mark tier, double top, double height, String from) {}

  /** A day that has a name. */
  record Tick(double x, String name) {

    /** Whether the name is better written to the left of it. */
    boolean isLate() {
      return x > 88;
    }
  }

  static ScoreChart of(History history, List<Tier> scorecard, Days days) {
    return of(history, List.of(), Optional.empty(), scorecard, days);
  }

  /**
   * @param ahead the days after the last one of the history, if nothing happens
   * @param renewalOn counted from 1970-01-01
   */
  static ScoreChart of(
      History history,
      List<DayScore> ahead,
      Optional<Integer> renewalOn,
      List<Tier> scorecard,
      Days days) {
    List<DayScore> known = history.days();
    int first = known.get(0).day();
    int last = known.size() - 1;
    int width = last + ahead.size();
    Tiers tiers = Tiers.of(scorecard);
    List<DayScore> fromToday = new ArrayList<>(List.of(known.get(last)));
    fromToday.addAll(ahead);
    return new ScoreChart(
        words(known),
        width,
        bands(scorecard, tiers),
        lines(known, 0),
        ahead.isEmpty() ? List.of() : lines(fromToday, last),
        months(first, width),
        new Marks(tiers, days, first, first + last, width).of(history.changes(), fromToday),
        ahead.isEmpty() ? List.of() : List.of(new Tick(100.0 * last / width, "Today")),
        renewalOn.stream()
            .filter(day -> first <= day && day <= first + width)
            .map(day -> new Tick(100.0 * (day - first) / width, "Renewal"))
            .toList());
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

  /**
   * @param from the place of the first day
   */
  private static List<String> lines(List<DayScore> days, int from) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < days.size(); i++) {
      if (days.get(i).score().isPresent()) {
        String y = String.format(Locale.ROOT, "%.2f", 100 - days.get(i).score().getAsDouble());
        line.append(line.isEmpty() ? "" : " ").append(from + i).append(',').append(y);
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

  private static List<Tick> months(int first, int width) {
    List<Tick> months = new ArrayList<>();
    LocalDate month = LocalDate.ofEpochDay(first).plusMonths(1).withDayOfMonth(1);
    for (; month.toEpochDay() <= first + width; month = month.plusMonths(1)) {
      String name = month.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      months.add(new Tick(100.0 * (month.toEpochDay() - first) / width, name));
    }
    return months;
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
