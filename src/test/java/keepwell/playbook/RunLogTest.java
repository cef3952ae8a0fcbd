package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RunLogTest {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void the_last_runs_of_an_account_are_of_all_playbooks_the_newest_first(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      try (Connection connection = database.dataSource().getConnection()) {
        Tables.run(connection, "red", 1, "ended");
        Tables.run(connection, "yellow", 2, "active");
        Tables.run(connection, "red", 3, "active");
      }
      RunLog log = new RunLog(database, null, new Days(ZoneOffset.UTC), Clock.systemUTC());
      assertThat(log.latest("a", 2))
          .extracting(Run::playbook, Run::beganOn)
          .containsExactly(tuple("red", 3), tuple("yellow", 2));
      assertThat(log.latest("b", 2)).isEmpty();
    }
  }
}
