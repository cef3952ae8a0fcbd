package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.Answer;
import keepwell.health.History;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Journals and snapshots that a release has written, each in a folder of its version, stay
 * readable: rows as the database has them, and what the accounts in them answer. A folder is never
 * changed. What this build writes is in {@code target/released}, to be kept with the next release.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReleasedJournalTest {
  private static final Path RELEASED = Path.of("src/test/resources/released");
  private static final Path FRESH = Path.of("target/released");
  private static final List<String> TABLES = List.of("event_journal", "snapshot");
  private static final List<String> ACCOUNTS =
      List.of("acme", "ünïcode/ε|😀", "one signal", "erased", "born anew");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DAY = (int) LocalDate.parse("2026-03-01").toEpochDay();

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void every_release_is_read(TestDatabase kind) throws Exception {
    for (Path release : releases()) {
      assertThat(answers(kind, release, false)).isEqualTo(expected(release));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_snapshot_of_a_version_of_the_facts_that_is_unknown_is_ignored_and_the_journal_replayed(
      TestDatabase kind) throws Exception {
    for (Path release : releases()) {
      assertThat(answers(kind, release, true)).isEqualTo(expected(release));
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_this_build_writes_is_what_it_reads(TestDatabase kind) throws Exception {
    Path fresh = Files.createDirectories(FRESH.resolve(kind.name()));
    List<String> written;
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted);
      written = answers(hosted);
      for (String table : TABLES) {
        Files.write(fresh.resolve(table + ".json"), rows(hosted.database(), table));
      }
    }
    Files.write(fresh.resolve("answers.txt"), written);
    assertThat(answers(kind, fresh, false)).isEqualTo(written);
  }

  private static List<Path> releases() throws IOException {
    try (Stream<Path> folders = Files.list(RELEASED)) {
      return folders.sorted().toList();
    }
  }

  private static List<String> expected(Path release) throws IOException {
    return Files.readAllLines(release.resolve("answers.txt"));
  }

  /** Loads a release into a new database, and asks its accounts. */
  private List<String> answers(TestDatabase kind, Path release, boolean factsUnknown)
      throws Exception {
    String url = kind.url(Files.createTempDirectory(data, "database"));
    try (Database database = Database.open(url, "", "", 2)) {
      for (String table : TABLES) {
        for (String row : Files.readAllLines(release.resolve(table + ".json"))) {
          insert(database, table, JSON.readTree(row), factsUnknown && table.equals("snapshot"));
        }
      }
    }
    try (HostedAccounts hosted = new HostedAccounts(url, Map.of())) {
      return answers(hosted);
    }
  }

  private static List<String> rows(Database database, String table) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM \"%s\" ORDER BY \"persistence_id\", \"sequence_number\""
                    .formatted(table));
        ResultSet rows = select.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          Object value = rows.getObject(i);
          if (value != null && !columns.getColumnName(i).equals("ordering")) {
            row.put(
                columns.getColumnName(i),
                value instanceof byte[] bytes ? Map.of("base64", bytes) : value);
          }
        }
        lines.add(JSON.writeValueAsString(row));
      }
    }
    return lines;
  }

  private static void insert(Database database, String table, JsonNode row, boolean factsUnknown)
      throws SQLException {
    String names =
        row.properties().stream()
            .map(column -> "\"" + column.getKey() + "\"")
            .collect(Collectors.joining(", "));
    String places = "?" + ", ?".repeat(row.size() - 1);
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO \"%s\" (%s) VALUES (%s)".formatted(table, names, places))) {
      Iterator<JsonNode> values = row.iterator();
      for (int i = 1; values.hasNext(); i++) {
        Object value = value(values.next());
        boolean payload = value instanceof byte[];
        insert.setObject(i, factsUnknown && payload ? withUnknownFacts((byte[]) value) : value);
      }
      insert.executeUpdate();
    }
  }

  private static Object value(JsonNode value) {
    if (value.has("base64")) {
      return Base64.getDecoder().decode(value.get("base64").asText());
    }
    return value.isBoolean()
        ? (Object) value.asBoolean()
        : value.isNumber() ? (Object) value.asLong() : value.asText();
  }

  /** The bytes of the facts begin with their version, after their name and length in CBOR. */
  private static byte[] withUnknownFacts(byte[] snapshot) {
    byte[] name = {0x65, 'f', 'a', 'c', 't', 's'};
    byte[] changed = snapshot.clone();
    for (int at = 0; at < changed.length - name.length; at++) {
      if (Arrays.equals(changed, at, at + name.length, name, 0, name.length)) {
        int type = changed[at + name.length] & 0xFF;
        int lengthBytes = type == 0x59 ? 2 : type == 0x58 ? 1 : 0;
        changed[at + name.length + 1 + lengthBytes] = 99;
        return changed;
      }
    }
    throw new AssertionError("a snapshot without facts");
  }

  /** All that can be in a journal. */
  private static void live(HostedAccounts hosted) {
    Accounts accounts = hosted.accounts();
    for (String account : List.of("acme", "ünïcode/ε|😀", "erased", "born anew")) {
      for (int i = 0; i < 12; i++) {
        Signal login =
            new Signal("login", 1, at(DAY - i), 100 + i % 3, 7, account.hashCode() * 31L + i);
        Signal hours = new Signal("hours", -0.25 * i, at(DAY - 40 * i), 0, 5 + i, 0);
        hosted.answer(() -> accounts.record(account, List.of(login, hours), false));
      }
    }
    hosted.answer(() -> accounts.record("one signal", List.of(login()), true));
    for (String account : List.of("acme", "erased")) {
      hosted.answer(
          () -> accounts.label(account, Map.of("name", Optional.of("A"), "x", Optional.of("y"))));
      hosted.answer(() -> accounts.label(account, Map.of("x", Optional.empty())));
      ScoreOverride held =
          new ScoreOverride(Optional.of(49.5), Optional.of(1.0), "left", "dana", DAY + 9);
      hosted.answer(() -> accounts.override(account, held));
    }
    hosted.answer(() -> accounts.removeOverride("acme"));
    hosted.answer(() -> accounts.erase("erased"));
    hosted.answer(() -> accounts.erase("born anew"));
    hosted.answer(() -> accounts.record("born anew", List.of(login()), false));
  }

  private static Signal login() {
    return new Signal("login", 1, HostedAccounts.NOW, 42, 0, 0);
  }

  private static Instant at(int day) {
    return LocalDate.ofEpochDay(day).atTime(9, 30).toInstant(ZoneOffset.UTC);
  }

  /** What must be the same, whatever reads it. */
  private static List<String> answers(HostedAccounts hosted) {
    List<String> answers = new ArrayList<>();
    for (String account : ACCOUNTS) {
      Answer standing = hosted.answer(() -> hosted.accounts().show(account, Optional.empty()));
      Answer history = hosted.answer(() -> hosted.accounts().history(account, 30));
      if (standing instanceof Standing now && history instanceof History past) {
        answers.add(
            "%s: %s %s since %s, %s, %s"
                .formatted(
                    account, now.score(), now.tier(), now.tierSince(), now.labels(), past.days()));
        past.changes()
            .forEach(
                change ->
                    answers.add(
                        "%s: %s to %s at %s, %s"
                            .formatted(
                                account, change.from(), change.to(), change.at(), change.quiet())));
        answers.add("%s: %d overrides".formatted(account, past.overrides().size()));
      } else {
        answers.add(account + ": " + standing);
      }
    }
    return answers;
  }
}
