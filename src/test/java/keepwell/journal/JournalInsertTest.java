package keepwell.journal;

import static keepwell.journal.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import keepwell.journal.WriteQueue.Write;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in the tables once events are stored, and what that costs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalInsertTest {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void everything_of_an_event_is_stored(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      assertThat(
              JournalWriterTest.isStored(
                  database.writes().add(List.of(row("a", 7, new byte[] {0, -1, 127})))))
          .isTrue();
      try (Connection connection = database.dataSource().getConnection();
          PreparedStatement select =
              connection.prepareStatement("SELECT * FROM \"event_journal\"");
          ResultSet row = select.executeQuery()) {
        row.next();
        assertThat(row.getLong("ordering")).isPositive();
        assertThat(row.getString("persistence_id")).isEqualTo("a");
        assertThat(row.getLong("sequence_number")).isEqualTo(7);
        assertThat(row.getBoolean("deleted")).isFalse();
        assertThat(row.getString("writer")).isEqualTo("writer");
        assertThat(row.getLong("write_timestamp")).isEqualTo(1_000);
        assertThat(row.getString("adapter_manifest")).isEmpty();
        assertThat(row.getInt("event_ser_id")).isEqualTo(33);
        assertThat(row.getString("event_ser_manifest")).isEqualTo("manifest");
        assertThat(row.getBytes("event_payload")).containsExactly(0, -1, 127);
        assertThat(row.getObject("meta_ser_id")).isNull();
        assertThat(row.getObject("meta_ser_manifest")).isNull();
        assertThat(row.getObject("meta_payload")).isNull();
        assertThat(row.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tags_are_stored_with_their_events_whatever_is_between_them(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      Write write =
          database
              .writes()
              .add(
                  List.of(
                      row("a", 1),
                      row("a", 2, "one"),
                      row("a", 3),
                      row("a", 4, "two", "one"),
                      row("a", 5)));
      assertThat(JournalWriterTest.isStored(write)).isTrue();
      assertThat(Stored.in(database))
          .containsExactly(
              new Stored("a", 1),
              new Stored("a", 2, "one"),
              new Stored("a", 3),
              new Stored("a", 4, "one,two"),
              new Stored("a", 5));
    }
  }

  /** Reads by sequential scans grow with the journal: each would cost more than the last. */
  @Test
  void writing_reads_no_table_however_young_it_was_when_its_plans_were_made() throws Exception {
    try (Database database = TestDatabase.POSTGRESQL.open(data);
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE"); // so it is known that the tables are empty
      int events = 3_000;
      for (int i = 0; i < events; i += 100) {
        List<Write> writes = new ArrayList<>();
        for (int j = 0; j < 100; j++) {
          writes.add(database.writes().add(List.of(row("a" + i + j, 1, "tag"))));
        }
        assertThat(writes).allMatch(JournalWriterTest::isStored);
      }
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () -> {
                assertThat(statistic(statement, "n_tup_ins")).isEqualTo(events);
                assertThat(statistic(statement, "seq_tup_read")).isZero();
              });
    }
  }

  private static long statistic(Statement statement, String column) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT pg_stat_clear_snapshot(), "
                + column
                + " FROM pg_stat_user_tables WHERE relname = 'event_journal'")) {
      row.next();
      return row.getLong(2);
    }
  }
}
