package keepwell.dashboard.scorecard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Scorecards;
import keepwell.http.Json;
import keepwell.journal.Versions.Version;

/**
 * A draft.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param from the version that it is made from
 * @param accounts that are open, in words
 * @param document of that version, as JSON
 * @param samples how many accounts may be asked instead of all, fewest first
 */
record DraftPage(
    long feed,
    int from,
    String document,
    long count,
    String accounts,
    List<Integer> samples,
    Parts parts) {
  private static final List<Integer> SAMPLES = List.of(1_000, 10_000, 100_000);

  /** From so many on a sample is proposed. */
  private static final long LARGE = 100_000;

  /**
   * What is made anew whenever the draft changes.
   *
   * @param against the version that it is compared with, and after which it would be activated
   * @param inForce another one, if it came meanwhile
   * @param meanwhile what that changed
   */
  record Parts(int against, int inForce, Reading reading, List<Change> meanwhile) {

    static Parts of(Scorecards draft, Scorecards against, Scorecards inForce, Set<String> seen) {
      return new Parts(
          against.version(),
          inForce.version(),
          Reading.of(draft, Optional.of(against), seen),
          against.version() == inForce.version() ? List.of() : Changes.of(against, inForce));
    }

    boolean isBehind() {
      return against != inForce;
    }

    String count() {
      return reading.changes().isEmpty()
          ? "Nothing is changed yet"
          : Figures.count(reading.changes().size(), "change");
    }
  }

  static DraftPage of(long feed, Version<Scorecards> from, long accounts, Parts parts) {
    Map<String, Object> document = new LinkedHashMap<>(from.document());
    document.remove("version"); // it gets another
    return new DraftPage(
        feed,
        from.number(),
        Json.pretty(document),
        accounts,
        Figures.count(accounts, "account"),
        SAMPLES.stream().filter(sample -> sample < accounts).toList(),
        parts);
  }

  boolean isProposed(int sample) {
    return count >= LARGE && sample == 10_000;
  }
}
