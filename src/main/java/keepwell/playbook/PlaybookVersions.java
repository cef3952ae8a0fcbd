package keepwell.playbook;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.Versions;
import keepwell.journal.Versions.Version;

/** Every version of the playbooks. */
public final class PlaybookVersions {
  private final Set<String> templates;
  private final Versions<PlaybookDocument> versions;
  private volatile Known known = new Known(0, Thresholds.NONE);

  /** The thresholds, by the version for which that was found out. */
  private record Known(int current, Thresholds thresholds) {}

  private PlaybookVersions(Set<String> templates, Versions<PlaybookDocument> versions) {
    this.templates = templates;
    this.versions = versions;
  }

  /**
   * Loads all versions; if there is none yet, the document given becomes the first.
   *
   * @param templates that there are for messages
   */
  public static PlaybookVersions load(
      Database database, Set<String> templates, Map<String, Object> first, Instant now)
      throws SQLException {
    return new PlaybookVersions(
        templates,
        Versions.load(
            database,
            "playbooks",
            (document, version, activatedAt) ->
                PlaybookReader.read(document, version, templates, new HashSet<>()),
            first,
            now));
  }

  /** The playbooks of a document; where it has faults they are added to those given. */
  public PlaybookDocument read(Object document, Set<Fault> faults) {
    return PlaybookReader.read(document, 0, templates, faults);
  }

  /** The playbooks in force. */
  public PlaybookDocument current() {
    return versions.current().value();
  }

  /** A version, if there is such a one. */
  public Optional<Version<PlaybookDocument>> version(int number) {
    return versions.version(number);
  }

  /** A version that is or was in force; waits for the database if it is not known here yet. */
  PlaybookDocument known(int number) {
    versions.know(number);
    return versions.version(number).orElseThrow().value();
  }

  /** The scores that the playbooks in force name. */
  public Thresholds thresholds() {
    PlaybookDocument current = current();
    Known last = known;
    if (last.current != current.version()) {
      last = new Known(current.version(), thresholds(current));
      known = last;
    }
    return last.thresholds;
  }

  /** Of the version that has changed them. */
  private Thresholds thresholds(PlaybookDocument current) {
    List<Double> scores = current.thresholds();
    int version = current.version();
    while (version > 1
        && versions.version(version - 1).orElseThrow().value().thresholds().equals(scores)) {
      version--;
    }
    return version == 1 && scores.isEmpty() ? Thresholds.NONE : new Thresholds(version, scores);
  }

  /**
   * Makes a faultless document the next version, stored before this returns.
   *
   * @param expected the version that it must follow; empty for any
   * @return the new version; empty if another one is in force than expected
   */
  public Optional<Version<PlaybookDocument>> add(
      Map<String, Object> document, OptionalInt expected, Instant now) throws SQLException {
    return versions.add(document, expected, now);
  }

  /** Reads the versions that were stored since it was last called, by whatever node. */
  public void refresh() throws SQLException {
    versions.refresh();
  }
}
