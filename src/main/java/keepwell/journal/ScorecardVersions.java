package keepwell.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.journal.Versions.Version;

/** Every version of the scorecards, for everybody to score by. */
public final class ScorecardVersions {
  private final Versions<Scorecards> versions;
  private final Drafts drafts;

  private ScorecardVersions(Versions<Scorecards> versions, Drafts drafts) {
    this.versions = versions;
    this.drafts = drafts;
  }

  /** Loads all versions; if there is none yet, the document given becomes the first. */
  public static ScorecardVersions load(Database database, Map<String, Object> first, Instant now)
      throws SQLException {
    return new ScorecardVersions(
        Versions.load(
            database,
            "scorecards",
            (document, version, activatedAt) ->
                ScorecardReader.read(document, version, activatedAt, new HashSet<>()),
            first,
            now),
        new Drafts(database));
  }

  /** Such as may become a version. */
  public Drafts drafts() {
    return drafts;
  }

  /** The scorecards in force. */
  public Scorecards current() {
    return versions.current().value();
  }

  /**
   * The scorecards from a version on, to the one in force; that one alone for version 0.
   *
   * @param version may have been learnt by another node
   * @throws IllegalStateException if the database does not tell that version
   */
  public List<Scorecards> since(int version) {
    know(version);
    return version == 0
        ? List.of(current())
        : versions.all().tailMap(version).values().stream().map(Version::value).toList();
  }

  /**
   * Reads on if a version is not known yet. Waits for the database then: once a version at most.
   *
   * @throws IllegalStateException if the database does not tell it
   */
  public void know(int version) {
    versions.know(version);
  }

  /**
   * A version and some drafts; empty if the database does not tell one of the drafts.
   *
   * @throws IllegalStateException if it does not tell the version
   */
  public Optional<List<Scorecards>> compared(int version, List<String> draftIds) {
    know(version);
    List<Scorecards> all = new ArrayList<>();
    all.add(versions.all().get(version).value());
    draftIds.forEach(id -> drafts.get(id).ifPresent(all::add));
    return all.size() > draftIds.size() ? Optional.of(all) : Optional.empty();
  }

  /** The scorecards in force just before an instant; empty if none was yet. */
  public Optional<Scorecards> before(Instant instant) {
    return versions.all().descendingMap().values().stream()
        .map(Version::value)
        .filter(version -> version.activatedAt().isBefore(instant))
        .findFirst();
  }

  /** A version, if there is such a one. */
  public Optional<Version<Scorecards>> version(int version) {
    return versions.version(version);
  }

  /**
   * Makes a faultless document the next version, stored before this returns.
   *
   * @param expected the version that it must follow; empty for any
   * @return the new version; empty if another one is in force than expected
   */
  public Optional<Version<Scorecards>> add(
      Map<String, Object> document, OptionalInt expected, Instant now) throws SQLException {
    return versions.add(document, expected, now);
  }

  /** Reads the versions that were stored since it was last called, by whatever node. */
  public void refresh() throws SQLException {
    versions.refresh();
  }
}
