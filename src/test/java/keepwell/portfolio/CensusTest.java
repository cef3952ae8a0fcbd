package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of how far behind the journal its followers are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CensusTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(100_000));

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path data;

  private double behind(String projection) {
    return meters.get("keepwell.projection.lag").tag("projection", projection).gauge().value();
  }

  @ParameterizedTest
  @EnumSource
  void each_projection_is_as_far_behind_as_the_first_event_is_old_that_it_has_not_taken(
      TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data);
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 1; i <= 4; i++) {
        statement.execute(
            """
            INSERT INTO "event_journal" ("ordering", "persistence_id", "sequence_number", "writer",
              "write_timestamp", "event_ser_id", "event_ser_manifest", "event_payload")
            VALUES (%d, 'a', %d, 'w', %d, 0, '', ''::BYTEA)
            """
                .formatted(i, i, i * 10_000));
      }
      statement.execute("INSERT INTO \"event_tag\" VALUES (2, 'listed'), (4, 'listed')");
      reached(statement, "catalogue", 0);
      reached(statement, "playbooks", 1);
      reached(statement, "portfolio", 2);
      Census census = new Census(database, new Days(ZoneOffset.UTC), CLOCK, CLOCK, meters);
      census.count();
      assertThat(behind("catalogue")).isEqualTo(90);
      assertThat(behind("playbooks")).isEqualTo(80);
      assertThat(behind("portfolio")).isEqualTo(60);

      reached(statement, "playbooks", 4);
      census.count();
      assertThat(behind("playbooks")).isZero();
    }
  }

  private static void reached(Statement statement, String projection, int ordering)
      throws SQLException {
    statement.execute(
        "UPDATE \"projection\" SET \"ordering\" = %d WHERE \"name\" = '%s'"
            .formatted(ordering, projection));
  }
}
