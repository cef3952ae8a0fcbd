package keepwell.dashboard.portfolio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Answer;
import keepwell.health.History;
import keepwell.health.History.DayScore;

/**
 * The scores of an account in 90 days, 96 wide and 24 high. It spans 30 points at least, lest next
 * to nothing looks like a lot.
 *
 * @param words what it shows; all that there is if nothing is drawn
 * @param lines through days that follow each other, as points of SVG; where there is no score they
 *     have a gap
 * @param end the place of today's score; empty if there is none
 */
record Sparkline(String words, Tiers.Mark tier, List<String> lines, List<Place> end) {
  static final int DAYS = 90;

  private static final int DAYS_PER_POINT = 4;
  private static final double SPAN_MIN = 30;
  private static final double LEFT = 3;
  private static final double WIDTH = 90;
  private static final double BOTTOM = 21;
  private static final double HEIGHT = 18;

  /** Where something is drawn. */
  record Place(String x, String y) {}

  /**
   * @param answer the history, or why there is none
   */
  static Sparkline of(Answer answer, Tiers.Mark tier) {
    if (!(answer instanceof History history)) {
      return new Sparkline("no answer", tier, List.of(), List.of());
    }
    List<DayScore> days = history.days();
    double low = days.stream().flatMapToDouble(day -> day.score().stream()).min().orElse(0);
    double high = days.stream().flatMapToDouble(day -> day.score().stream()).max().orElse(0);
    double span = Math.max(SPAN_MIN, high - low);
    double bottom = (low + high - span) / 2;
    List<String> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    Place end = null;
    int last = days.size() - 1;
    for (int day = last % DAYS_PER_POINT; day <= last; day += DAYS_PER_POINT) {
      DayScore score = days.get(day);
      if (score.score().isEmpty()) {
        end(lines, line);
        continue;
      }
      double y = BOTTOM - (score.score().getAsDouble() - bottom) / span * HEIGHT;
      Place place = new Place(place(LEFT + WIDTH * day / Math.max(1, last)), place(y));
      line.add(place.x + "," + place.y);
      end = day == last ? place : null;
    }
    end(lines, line);
    return new Sparkline(words(days), tier, lines, end == null ? List.of() : List.of(end));
  }

  /** A point by itself makes no line. */
  private static void end(List<String> lines, List<String> line) {
    if (line.size() > 1) {
      lines.add(String.join(" ", line));
    }
    line.clear();
  }

  private static String place(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String words(List<DayScore> days) {
    List<DayScore> scores = days.stream().filter(day -> day.score().isPresent()).toList();
    if (scores.isEmpty()) {
      return "no score in %d days".formatted(days.size());
    }
    DayScore first = scores.get(0);
    DayScore last = scores.get(scores.size() - 1);
    return "%s to %s in %s"
        .formatted(
            Figures.score(first.score().getAsDouble()),
            Figures.score(last.score().getAsDouble()),
            Figures.count(last.day() - first.day() + 1, "day"));
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return lines.isEmpty() && end.isEmpty();
  }
}
