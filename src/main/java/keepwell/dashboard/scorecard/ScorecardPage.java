package keepwell.dashboard.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Days;
import keepwell.health.Scorecards;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Versions.Version;

/**
 * A version of the scorecards.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param says which version it is, and since when
 * @param compared the version that it is compared with; 0 if it is not
 * @param older the version before; 0 if it is the first
 * @param newer the version after; 0 if it is the last
 */
record ScorecardPage(
    long feed,
    int version,
    int inForce,
    String says,
    int compared,
    int older,
    int newer,
    Reading reading,
    List<Entry> history,
    Optional<RescoringPanel> rescoring) {
  private static final int HISTORY_MAX = 20;
  private static final int CHANGES_MAX = 3;

  /**
   * A version in the list of them.
   *
   * @param changes the first few against the version before
   * @param more how many others there are, in words; empty if there are none
   */
  record Entry(int version, String since, List<String> changes, String more) {}

  /** What is asked for: a version, and one that it is compared with. */
  record Asked(Version<Scorecards> version, Optional<Version<Scorecards>> against) {}

  static ScorecardPage of(
      long feed,
      Asked asked,
      ScorecardVersions versions,
      Set<String> seen,
      Optional<RescoringPanel> rescoring,
      Days days,
      int today) {
    int number = asked.version().number();
    int inForce = versions.current().version();
    return new ScorecardPage(
        feed,
        number,
        inForce,
        says(versions, asked.version().value(), days, today),
        asked.against().map(Version::number).orElse(0),
        number - 1,
        number < inForce ? number + 1 : 0,
        Reading.of(asked.version().value(), asked.against().map(Version::value), seen),
        history(versions, days, today),
        rescoring);
  }

  private static String says(ScorecardVersions versions, Scorecards shown, Days days, int today) {
    String from = on(shown.activatedAt(), days, today);
    return versions
        .version(shown.version() + 1)
        .map(next -> on(next.value().activatedAt(), days, today))
        .map(to -> "Version %d was in force from %s to %s".formatted(shown.version(), from, to))
        .orElse("Version %d, in force since %s".formatted(shown.version(), from));
  }

  private static String on(Instant at, Days days, int today) {
    return Figures.day(days.of(at), today);
  }

  /** The newest first. */
  private static List<Entry> history(ScorecardVersions versions, Days days, int today) {
    int last = versions.current().version();
    return IntStream.range(0, Math.min(last, HISTORY_MAX))
        .map(i -> last - i)
        .boxed()
        .flatMap(number -> versions.version(number).stream())
        .map(
            version ->
                entry(
                    version.value(),
                    versions.version(version.number() - 1).map(Version::value),
                    on(version.value().activatedAt(), days, today)))
        .toList();
  }

  private static Entry entry(Scorecards version, Optional<Scorecards> before, String since) {
    List<String> changes = new ArrayList<>();
    String more = "";
    if (before.isPresent()) {
      List<Change> all = Changes.of(before.get(), version);
      all.stream().limit(CHANGES_MAX).map(Change::sentence).forEach(changes::add);
      more = all.size() > CHANGES_MAX ? "and " + (all.size() - CHANGES_MAX) + " more" : "";
      if (all.isEmpty()) {
        changes.add("The same as the version before");
      }
    } else {
      changes.add("The first");
    }
    return new Entry(version.version(), since, changes, more);
  }

  /** Whether there are older versions than are listed. */
  boolean isCut() {
    return inForce > HISTORY_MAX;
  }

  boolean isInForce() {
    return version == inForce;
  }
}
