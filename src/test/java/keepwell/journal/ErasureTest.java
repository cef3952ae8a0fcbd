package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ErasureTest {
  private static final Instant FIRST = Instant.ofEpochMilli(1_000);
  private static final Instant SECOND = Instant.ofEpochMilli(2_000);

  @AutoClose private final TestJournal journal = new TestJournal();

  @TempDir Path data;

  private void erase(Database database, long sequenceNumber, Instant at) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      journal.erasure().erase(connection, "account-test", sequenceNumber, at);
    }
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Database database, String table) throws SQLException {
    return Dump.of(database).rowsByTable().get(table);
  }

  @ParameterizedTest
  @EnumSource
  void events_up_to_the_erasure_are_empty_and_all_alike_but_keep_number_and_writer(
      TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      journal.append(
          database,
          new AccountOpened("first"),
          new AccountOpened("second"),
          new AccountErased(FIRST, Set.of("login")),
          new AccountOpened("anew"));
      execute(database, "UPDATE \"event_journal\" SET \"writer\" = 'w-' || \"sequence_number\"");
      execute(database, "UPDATE \"event_journal\" SET \"write_timestamp\" = \"sequence_number\"");
      execute(database, "UPDATE \"event_journal\" SET \"meta_payload\" = \"event_payload\"");
      String anew = rows(database, "event_journal").get(3);

      erase(database, 3, FIRST);
      List<String> erased = rows(database, "event_journal");
      assertThat(erased).hasSize(4).contains(anew);
      assertThat(erased.subList(0, 3))
          .allMatch(row -> row.matches("(\\d)\\|account-test\\|\\1\\|false\\|w-\\1\\|3\\|(?s:.*)"))
          .allMatch(row -> row.endsWith("|null|null|null|"))
          .extracting(row -> row.replaceAll("(?s).*\\|3\\|", ""))
          .containsOnly(erased.get(0).replaceAll("(?s).*\\|3\\|", ""));
      assertThat(erased.toString()).doesNotContain("first", "second", "login");
    }
  }

  @ParameterizedTest
  @EnumSource
  void snapshots_from_before_go_at_once_and_that_of_the_erasure_stays(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      for (String snapshot : List.of("'account-test', 2", "'account-test', 3", "'other', 2")) {
        execute(
            database,
            """
            INSERT INTO "snapshot" ("persistence_id", "sequence_number", "created",
              "snapshot_ser_id", "snapshot_ser_manifest", "snapshot_payload")
            VALUES (%s, 0, 0, '', CAST('' AS BYTEA))
            """
                .formatted(snapshot));
      }
      erase(database, 3, FIRST);
      assertThat(rows(database, "snapshot"))
          .hasSize(2)
          .allMatch(row -> row.startsWith("account-test|3|") || row.startsWith("other|2|"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_again_neither_an_erasure_nor_an_empty_event_changes_anything(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      journal.append(
          database,
          new AccountErased(FIRST, Set.of()),
          new AccountOpened("anew"),
          new AccountErased(SECOND, Set.of()),
          new AccountOpened("last"));
      erase(database, 1, FIRST);
      assertThat(rows(database, "tombstone")).containsExactly("account-test|1|1000|");
      assertThat(rows(database, "event_journal").toString()).contains("anew", "last");
      erase(database, 3, SECOND);
      assertThat(rows(database, "tombstone")).containsExactly("account-test|3|2000|");
      assertThat(rows(database, "event_journal").toString())
          .doesNotContain("anew")
          .contains("last");
      Dump before = Dump.of(database);
      for (int sequenceNumber = 1; sequenceNumber <= 3; sequenceNumber++) {
        erase(database, sequenceNumber, FIRST);
      }
      assertThat(Dump.of(database)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void all_snapshots_from_before_erasures_are_swept_some_tombstones_at_a_time(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection()) {
      for (int i = 0; i < 1200; i++) {
        execute(database, "INSERT INTO \"tombstone\" VALUES ('erased-%d', 7, 0)".formatted(i));
      }
      execute(database, "INSERT INTO \"tombstone\" VALUES ('living', 0, 0)");
      Erasure erasure = journal.erasure();
      for (int round = 1; round <= 2; round++) { // the second begins from the start
        for (int sequenceNumber : List.of(5, 6, 7, 8)) {
          execute(
              database,
              """
              INSERT INTO "snapshot" ("persistence_id", "sequence_number", "created",
                "snapshot_ser_id", "snapshot_ser_manifest", "snapshot_payload")
              SELECT "persistence_id", %d, 0, 0, '', CAST('' AS BYTEA) FROM "tombstone"
              """
                  .formatted(sequenceNumber));
        }
        execute(database, "DELETE FROM \"tombstone\" WHERE \"persistence_id\" = 'living'");
        erasure.sweep(connection);
        assertThat(rows(database, "snapshot")).hasSize(4 * 1201 - 2 * 500);
        erasure.sweep(connection);
        erasure.sweep(connection);
        assertThat(rows(database, "snapshot"))
            .hasSize(4 * 1201 - 2 * 1200)
            .allMatch(row -> row.matches("(erased-\\d+\\|[78]|living\\|[5678])\\|.*"));
        execute(database, "DELETE FROM \"snapshot\"");
        execute(database, "INSERT INTO \"tombstone\" VALUES ('living', 0, 0)");
      }
    }
  }
}
