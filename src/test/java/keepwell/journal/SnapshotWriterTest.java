package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.jdbc.snapshot.dao.SnapshotTables.SnapshotRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Option;

/** Snapshots as they are stored, on both databases. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnapshotWriterTest {
  @TempDir Path data;

  private static SnapshotRow snapshot(String account, long sequenceNumber, byte... payload) {
    return new SnapshotRow(
        account,
        sequenceNumber,
        1_000,
        33,
        "manifest",
        payload,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private static void add(Database database, String account, long... sequenceNumbers) {
    for (long sequenceNumber : sequenceNumbers) {
      database.snapshots().add(snapshot(account, sequenceNumber));
    }
  }

  private static List<String> stored(Database database) throws SQLException {
    return Dump.of(database).rowsByTable().get("snapshot").stream()
        .map(row -> row.replaceAll("\\|1000\\|.*", ""))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void everything_of_a_snapshot_is_stored(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      database.snapshots().add(snapshot("a", 7, (byte) 0, (byte) -1, (byte) 127));
      database.snapshots().flush();
      try (Connection connection = database.dataSource().getConnection();
          PreparedStatement select = connection.prepareStatement("SELECT * FROM \"snapshot\"");
          ResultSet row = select.executeQuery()) {
        row.next();
        assertThat(row.getString("persistence_id")).isEqualTo("a");
        assertThat(row.getLong("sequence_number")).isEqualTo(7);
        assertThat(row.getLong("created")).isEqualTo(1_000);
        assertThat(row.getInt("snapshot_ser_id")).isEqualTo(33);
        assertThat(row.getString("snapshot_ser_manifest")).isEqualTo("manifest");
        assertThat(row.getBytes("snapshot_payload")).containsExactly(0, -1, 127);
        assertThat(row.getObject("meta_payload")).isNull();
        assertThat(row.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_has_to_ask_for_it(TestDatabase kind) {
    try (Database database = kind.open(data)) {
      add(database, "a", 5);
      Awaitility.await().untilAsserted(() -> assertThat(count(database)).isOne());
    }
  }

  private static long count(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"snapshot\"")) {
      row.next();
      return row.getLong(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_each_account_the_last_is_kept(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      add(database, "a", 5, 10);
      add(database, "b", 5);
      assertThat(stored(database)).containsExactly("a|10", "b|5");
      add(database, "a", 15, 20);
      assertThat(stored(database)).containsExactly("a|20", "b|5");
      add(database, "b", 5); // as a twin would
      assertThat(stored(database)).containsExactly("a|20", "b|5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_late_one_takes_no_later_one_away(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      add(database, "a", 10);
      assertThat(stored(database)).containsExactly("a|10");
      add(database, "a", 5);
      assertThat(stored(database)).containsExactly("a|10", "a|5");
      add(database, "a", 15);
      assertThat(stored(database)).containsExactly("a|15");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_when_the_database_is_closed_is_stored(TestDatabase kind) throws SQLException {
    String url = kind.url(data);
    try (Database database = Database.open(url, "", "", 4)) {
      add(database, "a", 5);
    }
    try (Database database = Database.open(url, "", "", 4)) {
      assertThat(stored(database)).containsExactly("a|5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void more_than_may_wait_is_left_out(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      byte[] half = new byte[(int) (SnapshotWriter.BYTES_MAX / 2)];
      database.snapshots().add(snapshot("a", 5, new byte[3]));
      database.snapshots().add(snapshot("a", 10, half)); // in the place of the one before
      database.snapshots().add(snapshot("b", 5, half));
      add(database, "c", 5);
      database.snapshots().add(snapshot("c", 10, (byte) 1));
      assertThat(stored(database)).containsExactly("a|10", "b|5", "c|5");
      database.snapshots().add(snapshot("c", 10, half)); // there is room again
      assertThat(stored(database)).containsExactly("a|10", "b|5", "c|10");
    }
  }

  @ParameterizedTest
  @EnumSource
  void some_that_cannot_be_stored_are_lost_and_the_next_are_stored(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      add(database, "b", 5);
      assertThat(stored(database)).containsExactly("b|5");
      add(database, "a", 5);
      add(database, "b", 7);
      database.snapshots().add(snapshot("x".repeat(300), 5)); // longer than its column
      assertThat(stored(database)).containsExactly("b|5");
      add(database, "a", 10);
      add(database, "b", 10);
      assertThat(stored(database)).containsExactly("a|10", "b|10");
    }
  }
}
