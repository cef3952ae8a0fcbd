package keepwell.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;

/** Every version of the scorecards, durable, and in memory for everybody to score by. */
public final class ScorecardVersions {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Drafts drafts;
  private final ConcurrentNavigableMap<Integer, Version> versions = new ConcurrentSkipListMap<>();

  /**
   * A version in two forms.
   *
   * @param document as it was put, with its version
   */
  public record Version(Scorecards scorecards, Map<String, Object> document) {}

  private ScorecardVersions(Database database) {
    this.database = database;
    this.drafts = new Drafts(database);
  }

  /** Loads all versions; if there is none yet, the document given becomes the first. */
  public static ScorecardVersions load(Database database, Map<String, Object> first, Instant now)
      throws SQLException {
    ScorecardVersions loaded = new ScorecardVersions(database);
    loaded.add(first, OptionalInt.of(0), now);
    return loaded;
  }

  /** Such as may become a version. */
  public Drafts drafts() {
    return drafts;
  }

  /** The scorecards in force. */
  public Scorecards current() {
    return versions.lastEntry().getValue().scorecards();
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
        : versions.tailMap(version).values().stream().map(Version::scorecards).toList();
  }

  /**
   * Reads on if a version is not known yet. Waits for the database then: once a version at most.
   *
   * @throws IllegalStateException if the database does not tell it
   */
  public void know(int version) {
    if (version > versions.lastKey()) {
      try {
        refresh();
      } catch (SQLException e) {
        throw new IllegalStateException("scorecards not read up to version " + version, e);
      }
    }
  }

  /**
   * A version and some drafts; empty if the database does not tell one of the drafts.
   *
   * @throws IllegalStateException if it does not tell the version
   */
  public Optional<List<Scorecards>> compared(int version, List<String> draftIds) {
    know(version);
    List<Scorecards> all = new ArrayList<>();
    all.add(versions.get(version).scorecards());
    draftIds.forEach(id -> drafts.get(id).ifPresent(all::add));
    return all.size() > draftIds.size() ? Optional.of(all) : Optional.empty();
  }

  /** The scorecards in force just before an instant; empty if none was yet. */
  public Optional<Scorecards> before(Instant instant) {
    return versions.descendingMap().values().stream()
        .map(Version::scorecards)
        .filter(version -> version.activatedAt().isBefore(instant))
        .findFirst();
  }

  /** A version, if there is such a one. */
  public Optional<Version> version(int version) {
    return Optional.ofNullable(versions.get(version));
  }

  /**
   * Makes a faultless document the next version, stored before this returns.
   *
   * @param expected the version that it must follow; empty for any
   * @return the new version; empty if another one is in force than expected
   */
  public synchronized Optional<Version> add(
      Map<String, Object> document, OptionalInt expected, Instant now) throws SQLException {
    while (true) {
      refresh(); // what was stored last may not have been read since
      int current = versions.isEmpty() ? 0 : versions.lastKey();
      if (expected.isPresent() && expected.getAsInt() != current) {
        return Optional.empty();
      }
      if (insert(current + 1, document, now)) {
        refresh();
        return version(current + 1);
      }
    }
  }

  /** Stores a version, and says whether nobody else has stored it at the same time. */
  private boolean insert(int version, Map<String, Object> document, Instant now)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO \"scorecards\" VALUES (?, ?, ?)")) {
      insert.setInt(1, version);
      insert.setLong(2, now.toEpochMilli());
      insert.setString(3, JSON.writeValueAsString(document));
      insert.executeUpdate();
      return true;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Reads the versions that were stored since it was last called, by whatever node. */
  public void refresh() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT \"version\", \"activated_at\", \"document\" FROM \"scorecards\""
                    + " WHERE \"version\" > ? ORDER BY \"version\"")) {
      select.setInt(1, versions.isEmpty() ? 0 : versions.lastKey());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Version version =
              read(rows.getInt(1), Instant.ofEpochMilli(rows.getLong(2)), rows.getString(3));
          versions.put(version.scorecards().version(), version);
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // a document is an object
  private static Version read(int number, Instant activatedAt, String json) {
    try {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("version", number);
      ((Map<String, Object>) JSON.readValue(json, Map.class))
          .forEach((field, value) -> document.put(field, field.equals("version") ? number : value));
      return new Version(
          ScorecardReader.read(document, number, activatedAt, new HashSet<>()), document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scorecards cannot be read, version " + number, e);
    }
  }
}
