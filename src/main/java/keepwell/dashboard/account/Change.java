package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;

/** A tier change, and what caused it. */
record Change(String day, Tiers.Mark from, Tiers.Mark to, String scores, String reason) {

  /** The latest first. */
  static List<Change> of(List<TierChanged> changed, Tiers tiers, Days days, int today) {
    List<Change> changes = new ArrayList<>();
    for (TierChanged change : changed) {
      changes.add(
          0,
          new Change(
              Figures.day(days.of(change.at()), today),
              tiers.of(change.from()),
              tiers.of(change.to()),
              scores(change),
              reason(change)));
    }
    return changes;
  }

  private static String scores(TierChanged change) {
    String to = change.score().map(Figures::score).orElse("no score");
    return change.previousScore().map(from -> Figures.score(from) + " → " + to).orElse(to);
  }

  private static String reason(TierChanged change) {
    return switch (change.reason()) {
      case SIGNAL -> "by a signal";
      case TIME -> "by time passing";
      case SCORECARD -> "by a scorecard or labels";
      case OVERRIDE -> "by an override";
    };
  }

  /** In a sentence's middle. */
  String said() {
    return "%s: %s to %s, %s".formatted(day, from.name(), to.name(), reason);
  }
}
