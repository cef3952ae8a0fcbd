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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a node that was killed after it had answered 309 commits. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedFileTest {
  private static final int COMMITTED = 309;

  @TempDir Path data;
  private String url;

  @BeforeEach
  void a_file_that_was_not_closed() throws IOException {
    try (InputStream packed =
        EmbeddedFileTest.class.getResourceAsStream("/journal-file/not-closed.mv.db.gz")) {
      Files.copy(new GZIPInputStream(packed), data.resolve("keepwell.mv.db"));
    }
    url = Database.embeddedUrl(data);
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
