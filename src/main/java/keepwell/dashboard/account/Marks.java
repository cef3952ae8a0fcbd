package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.History.DayScore;

/** Marks the tier changes in a chart: of those that would lie on each other the last. */
final class Marks {
  /** In percent of the drawing, as it is on a narrow screen. */
  private static final double MARK_WIDTH = 4;

  /**
   * Of a character, in percent of the drawing on a wide screen; on a narrow one it is twice that.
   */
  private static final double CHARACTER_WIDTH = 1.1;

  private final Tiers tiers;
  private final Days days;
  private final int first;
  private final int today;
  private final int width;
  private final List<Mark> marks = new ArrayList<>();

  /**
   * A tier change, or several that are close to each other.
   *
   * @param tier the last that was entered
   * @param label its day, where there is room for it; else empty
   * @param narrow whether there is room on a narrow screen, too
   * @param said all of them, and what caused them
   */
  record Mark(
      Tiers.Mark tier,
      double x,
      double y,
      String label,
      boolean narrow,
      String said,
      boolean ahead,
      int count) {}

  /**
   * @param first the day at the left, counted from 1970-01-01
   * @param width the days from there to the one at the right
   */
  Marks(Tiers tiers, Days days, int first, int today, int width) {
    this.tiers = tiers;
    this.days = days;
    this.first = first;
    this.today = today;
    this.width = width;
  }

  /**
   * @param changed the oldest first
   * @param fromToday today and the days to come, if nothing happens
   */
  List<Mark> of(List<TierChanged> changed, List<DayScore> fromToday) {
    for (TierChanged change : changed) {
      add(
          days.of(change.at()),
          tiers.of(change.to()),
          change.score().orElse(0.0),
          Change.of(List.of(change), tiers, days, today).get(0).said(),
          false);
    }
    for (int i = 1; i < fromToday.size(); i++) {
      Optional<String> tier = fromToday.get(i).tier();
      if (!tier.equals(fromToday.get(i - 1).tier())) {
        Tiers.Mark to = tiers.of(tier);
        int day = fromToday.get(i).day();
        String said = "%s: %s, if nothing happens".formatted(Figures.day(day, today), to.name());
        add(day, to, fromToday.get(i).score().orElse(0), said, true);
      }
    }
    return labelled();
  }

  private void add(int day, Tiers.Mark tier, double score, String said, boolean ahead) {
    double x = 100.0 * (day - first) / width;
    String label = Figures.day(day, today);
    if (!marks.isEmpty()) {
      Mark before = marks.get(marks.size() - 1);
      if (before.ahead() == ahead && x - before.x() < MARK_WIDTH) {
        marks.remove(marks.size() - 1);
        marks.add(
            new Mark(
                tier,
                x,
                100 - score,
                label,
                false,
                before.said + "; " + said,
                ahead,
                before.count() + 1));
        return;
      }
    }
    marks.add(new Mark(tier, x, 100 - score, label, false, said, ahead, 1));
  }

  private List<Mark> labelled() {
    List<Mark> labelled = new ArrayList<>();
    double free = 0;
    double freeNarrow = 0;
    for (Mark mark : marks) {
      String label = mark.label() + (mark.count() > 1 ? " ×" + mark.count() : "");
      double needs = (label.length() + 1) * CHARACTER_WIDTH;
      boolean room = mark.x() >= free && mark.x() <= 100 - needs;
      boolean narrow = room && mark.x() >= freeNarrow && mark.x() <= 100 - 2 * needs;
      free = room ? mark.x() + needs : free;
      freeNarrow = narrow ? mark.x() + 2 * needs : freeNarrow;
      labelled.add(
          new Mark(
              mark.tier(),
              mark.x(),
              mark.y(),
              room ? label : "",
              narrow,
              mark.said(),
              mark.ahead(),
              mark.count()));
    }
    return labelled;
  }
}
