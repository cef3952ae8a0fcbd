package keepwell.dashboard.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.History.DayScore;

/**
 * The days that a slider goes through.
 *
 * @param first as of a URL, e.g. {@code 2026-01-12}
 * @param today its place among them; 0 is the first
 * @param shown the place of the day that the page shows, or of the nearest
 * @param day the one that the page shows, as of a URL
 * @param said of each a line, in words
 * @param scores of each, with commas between; nothing for none
 */
record Travel(String first, int today, int shown, String day, List<String> said, String scores) {

  /** What is told of the day that the page shows. */
  String now() {
    return said.get(shown);
  }

  /** Each in a line. */
  String lines() {
    return String.join("\n", said);
  }

  int last() {
    return said.size() - 1;
  }

  /** Where the dot is in the chart, in percent. */
  double x() {
    return 100.0 * shown / last();
  }

  /** Where the dot is in the chart, in percent; empty without a score. */
  String y() {
    String score = scores.split(",", -1)[shown];
    return score.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.2f", 100 - Double.parseDouble(score));
  }

  /**
   * @param ahead the days after today
   * @param day that the page shows
   */
  static Travel of(List<DayScore> known, List<DayScore> ahead, int day, Tiers tiers) {
    List<DayScore> all = Stream.concat(known.stream(), ahead.stream()).toList();
    int first = known.get(0).day();
    int today = known.size() - 1;
    return new Travel(
        LocalDate.ofEpochDay(first).toString(),
        today,
        Math.max(0, Math.min(all.size() - 1, day - first)),
        LocalDate.ofEpochDay(day).toString(),
        all.stream().map(each -> said(each, first + today, tiers)).toList(),
        all.stream()
            .map(
                each ->
                    each.score().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", each.score().getAsDouble())
                        : "")
            .collect(Collectors.joining(",")));
  }

  private static String said(DayScore day, int today, Tiers tiers) {
    String when = Figures.day(day.day(), today);
    String which =
        day.day() == today
            ? when + ", today"
            : day.day() > today ? when + ", if nothing happens" : when;
    return day.score().isPresent()
        ? "%s: %s, %s"
            .formatted(which, Figures.score(day.score().getAsDouble()), tiers.of(day.tier()).name())
        : which + ": no score";
  }
}
