package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts that every node knows for a day. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DraftsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path data;

  private static Map<String, Object> document(String key) {
    return Map.of(
        "scorecards",
        List.of(
            Map.of(
                "key",
                key,
                "tiers",
                List.of(Map.of("key", "red", "from", 0)),
                "adjustments",
                List.of(
                    Map.of("key", "logins", "signal", "login", "points", 0.1, "window", "P7D")))));
  }

  private static Scorecards read(String key) {
    return ScorecardReader.readDraft(document(key), "", new HashSet<>());
  }

  private static long stored(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"draft\"")) {
      row.next();
      return row.getLong(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_node_reads_them_as_they_were_added(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      Drafts drafts = new Drafts(database);
      String one = drafts.add(document("one"), NOW);
      String two = drafts.add(document("two"), NOW);
      assertThat(drafts.get(one)).hasValue(read("one"));
      assertThat(new Drafts(database).get(one)).hasValue(read("one"));
      assertThat(new Drafts(database).get(two)).hasValue(read("two"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void they_are_forgotten_after_a_day(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      Drafts drafts = new Drafts(database);
      String old = drafts.add(document("old"), NOW);
      drafts.add(document("new"), NOW.plus(Duration.ofDays(1)));
      assertThat(stored(database)).isEqualTo(2);
      drafts.add(document("newer"), NOW.plus(Duration.ofDays(1)).plusMillis(1));
      assertThat(stored(database)).isEqualTo(2);
      assertThat(drafts.get(old)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_was_read_is_known_also_while_the_database_is_away(TestDatabase kind)
      throws SQLException {
    Database database = kind.open(data);
    Drafts drafts = new Drafts(database);
    String read = drafts.add(document("read"), NOW);
    String other = drafts.add(document("other"), NOW);
    assertThat(drafts.get(read)).isPresent();
    database.close();
    assertThat(drafts.get(read)).isPresent();
    assertThat(drafts.get(other)).isEmpty();
  }
}
