package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are not as this release knows them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaTest {
  @TempDir Path data;

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void isRefused(String url, String why) {
    assertThatThrownBy(() -> Database.open(url, "", "", 2).close())
        .isInstanceOf(Database.UnreachableException.class)
        .hasMessageMatching("cannot open the database jdbc:[^;?]*: " + why);
  }

  @ParameterizedTest
  @EnumSource
  void those_of_a_newer_release_are_left_alone(TestDatabase on) throws SQLException {
    String url = on.url(data);
    Database.open(url, "", "", 2).close();
    execute(
        url,
        "INSERT INTO \"flyway_schema_history\" VALUES"
            + " (99, '99', 'of the future', 'SQL', 'V99__x.sql', 1, '', CURRENT_TIMESTAMP, 1, TRUE)");
    isRefused(url, "a newer release of Keepwell has used it, schema version 99");
  }

  @ParameterizedTest
  @EnumSource
  void others_are_left_alone(TestDatabase on) throws SQLException {
    String url = on.url(data);
    execute(url, "CREATE TABLE somebodys (id INT)");
    isRefused(url, "it has tables that are not Keepwell's");
  }

  @Test
  void those_that_cannot_be_made_tell_why() throws SQLException {
    String url = TestDatabase.POSTGRESQL.url(data);
    execute(
        url,
        "DO 'BEGIN EXECUTE format(''ALTER DATABASE %I SET default_transaction_read_only = on'',"
            + " current_database()); END'");
    isRefused(url, "ERROR: cannot execute CREATE TABLE in a read-only transaction");
  }
}
