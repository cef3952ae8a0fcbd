package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HousekeepingTest {
  private static final int COMMITS = 3000;
  private static final long BYTES_PER_COMMIT = 4096;

  @TempDir Path data;

  @Test
  @SuppressWarnings("try") // what matters is that it runs
  void the_file_grows_with_what_is_in_it_and_not_with_every_commit() throws Exception {
    try (Connection connection = DriverManager.getConnection(Database.embeddedUrl(data))) {
      commit(connection);
      long without = size();
      assertThat(without).isGreaterThan(COMMITS * BYTES_PER_COMMIT);
      try (Housekeeping housekeeping = Housekeeping.of(connection, Duration.ZERO)) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> {
                  commit(connection); // what is free is used again
                  return size() < 2 * without;
                });
        commit(connection);
        commit(connection);
        commit(connection);
        assertThat(size()).isLessThan(3 * without);
      }
    }
  }

  private long size() throws IOException {
    return Files.size(data.resolve("keepwell.mv.db"));
  }

  private static void commit(Connection connection) throws SQLException {
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, v VARCHAR)");
    }
    try (PreparedStatement merge = connection.prepareStatement("MERGE INTO t VALUES (?, ?)")) {
      for (int i = 0; i < COMMITS; i++) {
        merge.setInt(1, i % 500);
        merge.setString(2, "value " + i);
        merge.executeUpdate();
      }
    }
  }
}
