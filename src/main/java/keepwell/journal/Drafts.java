package keepwell.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drafts of scorecards, which every node can score accounts by while they are looked at. */
public final class Drafts {
  private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than anybody looks at one. */
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int KNOWN_MAX = 16;

  private final Database database;

  @SuppressWarnings("serial") // never serialized
  private final Map<String, Scorecards> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Scorecards> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  public Drafts(Database database) {
    this.database = database;
  }

  /**
   * Makes a faultless document known to all nodes for a day.
   *
   * @param now real time
   * @return what they know it by
   */
  public String add(Map<String, Object> document, Instant now) throws SQLException {
    String json = json(document);
    String id = UUID.randomUUID().toString();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement forget =
            connection.prepareStatement("DELETE FROM \"draft\" WHERE \"stored_at\" < ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO \"draft\" VALUES (?, ?, ?)")) {
      connection.setAutoCommit(false);
      forget.setLong(1, now.minus(KEPT).toEpochMilli());
      forget.executeUpdate();
      insert.setString(1, id);
      insert.setLong(2, now.toEpochMilli());
      insert.setString(3, json);
      insert.executeUpdate();
      connection.commit();
    }
    return id;
  }

  private static String json(Map<String, Object> document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * A draft that was added on whatever node; empty if the database does not tell it, or not any
   * more. Waits for the database: once a draft.
   */
  public synchronized Optional<Scorecards> get(String id) {
    return Optional.ofNullable(known.computeIfAbsent(id, this::read));
  }

  private Scorecards read(String id) {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT \"document\" FROM \"draft\" WHERE \"id\" = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? read(JSON.readValue(row.getString(1), Map.class)) : null;
      }
    } catch (SQLException | JsonProcessingException e) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Draft is not read");
      return null;
    }
  }

  private static Scorecards read(Map<?, ?> document) {
    return ScorecardReader.readDraft(document, "", new HashSet<>());
  }
}
