package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.h2.mvstore.tx.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Files of nodes that were killed: one after it had answered 309 commits, one within a commit. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedFileTest {
  private static final int COMMITTED = 309;

  @TempDir Path data;
  private String url;

  @BeforeEach
  void a_file_that_was_not_closed() throws IOException {
    url = unpacked("not-closed", data);
  }

  private static String unpacked(String file, Path folder) throws IOException {
    try (InputStream packed =
        EmbeddedFileTest.class.getResourceAsStream("/journal-file/" + file + ".mv.db.gz")) {
      Files.copy(
          new GZIPInputStream(packed), Files.createDirectories(folder).resolve("keepwell.mv.db"));
    }
    return Database.embeddedUrl(folder);
  }

  @Test
  void by_itself_h2_opens_it_at_an_older_state() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(events(connection)).isLessThan(COMMITTED); // else all of this is needed no more
    }
  }

  @Test
  void every_commit_that_was_answered_is_found() throws SQLException {
    for (int start = 0; start < 2; start++) {
      try (Database database = Database.open(url, "", "", 2);
          Connection connection = database.dataSource().getConnection()) {
        assertThat(events(connection)).isEqualTo(COMMITTED);
      }
    }
  }

  /** That of the sequence of the journal, which is written once for 32 events. */
  @Test
  void by_itself_h2_does_not_finish_a_commit_that_was_cut_off() throws Exception {
    String half = unpacked("half-committed", data.resolve("half"));
    try (Connection connection = DriverManager.getConnection(half)) {
      assertThat(
              EmbeddedFile.store(connection)
                  .getTransactionStore()
                  .getOpenTransactions()) // else it is needed no more
          .anyMatch(each -> each.getStatus() == Transaction.STATUS_COMMITTED);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_commit_that_was_cut_off_is_finished_and_holds_up_nobody() throws Exception {
    String half = unpacked("half-committed", data.resolve("half"));
    try (Database database = Database.open(half, "", "", 2);
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(EmbeddedFile.store(connection).getTransactionStore().getOpenTransactions())
          .noneMatch(each -> each.getStatus() == Transaction.STATUS_COMMITTED);
      int before = events(connection);
      statement.execute(
          """
          INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
            "write_timestamp", "adapter_manifest", "event_ser_id", "event_ser_manifest",
            "event_payload")
          SELECT 'another', x, '', 0, '', 0, '', X'00' FROM SYSTEM_RANGE(1, 100)
          """);
      assertThat(events(connection)).isEqualTo(before + 100);
    }
  }

  @Test
  void a_file_that_is_open_elsewhere_is_left_alone() throws SQLException {
    try (Database database = Database.open(url, "", "", 2)) {
      EmbeddedFile.recover(url);
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(events(connection)).isEqualTo(COMMITTED);
      }
    }
  }

  @Test
  void a_database_that_is_in_no_file_has_nothing_to_recover() {
    EmbeddedFile.recover("jdbc:h2:mem:nothing");
    EmbeddedFile.recover(Database.embeddedUrl(data.resolve("not-there-yet")));
    assertThat(data.resolve("not-there-yet")).doesNotExist();
  }

  private static int events(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"event_journal\"")) {
      row.next();
      return row.getInt(1);
    }
  }
}
