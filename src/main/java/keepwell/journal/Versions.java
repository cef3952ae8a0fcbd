package keepwell.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every version of a document by which an installation works, durable, and in memory for everybody.
 *
 * @param <T> what a document says
 */
public final class Versions<T> {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final String table;
  private final Reader<T> reader;
  private final ConcurrentNavigableMap<Integer, Version<T>> versions =
      new ConcurrentSkipListMap<>();

  /**
   * A version in two forms.
   *
   * @param number 1 for the first
   * @param document as it was put, with its version
   */
  public record Version<T>(int number, T value, Map<String, Object> document) {}

  /** Reads documents that have been found faultless. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Map<String, Object> document, int version, Instant activatedAt);
  }

  private Versions(Database database, String table, Reader<T> reader) {
    this.database = database;
    this.table = table;
    this.reader = reader;
  }

  /**
   * Loads all versions; if there is none yet, the document given becomes the first.
   *
   * @param table of columns version, activated_at, document
   */
  public static <T> Versions<T> load(
      Database database, String table, Reader<T> reader, Map<String, Object> first, Instant now)
      throws SQLException {
    Versions<T> loaded = new Versions<>(database, table, reader);
    loaded.add(first, OptionalInt.of(0), now);
    return loaded;
  }

  /** The one in force. */
  public Version<T> current() {
    return versions.lastEntry().getValue();
  }

  /** All that are known, by their numbers. */
  ConcurrentNavigableMap<Integer, Version<T>> all() {
    return versions;
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
        throw new IllegalStateException(table + " not read up to version " + version, e);
      }
    }
  }

  /** A version, if there is such a one. */
  public Optional<Version<T>> version(int number) {
    return Optional.ofNullable(versions.get(number));
  }

  /**
   * Makes a faultless document the next version, stored before this returns.
   *
   * @param expected the version that it must follow; empty for any
   * @return the new version; empty if another one is in force than expected
   */
  public synchronized Optional<Version<T>> add(
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
            connection.prepareStatement("INSERT INTO \"%s\" VALUES (?, ?, ?)".formatted(table))) {
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
                """
                SELECT "version", "activated_at", "document" FROM "%s"
                WHERE "version" > ? ORDER BY "version"
                """
                    .formatted(table))) {
      select.setInt(1, versions.isEmpty() ? 0 : versions.lastKey());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          int number = rows.getInt(1);
          versions.put(
              number, read(number, Instant.ofEpochMilli(rows.getLong(2)), rows.getString(3)));
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // a document is an object
  private Version<T> read(int number, Instant activatedAt, String json) {
    try {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("version", number);
      ((Map<String, Object>) JSON.readValue(json, Map.class))
          .forEach((field, value) -> document.put(field, field.equals("version") ? number : value));
      return new Version<>(number, reader.read(document, number, activatedAt), document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(table + " cannot be read, version " + number, e);
    }
  }
}
