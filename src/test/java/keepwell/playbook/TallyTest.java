package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of what playbooks do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TallyTest {
  private static final Instant NOW = Instant.ofEpochMilli(10_000);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Database database;
  private final Tally tally;

  TallyTest(TestDatabase kind, @TempDir Path data) {
    this.database = kind.open(data);
    this.tally = new Tally(database, InstantSource.fixed(NOW), meters);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private double told(String name, String... tags) {
    return meters.get("keepwell.playbooks." + name).tags(tags).gauge().value();
  }

  @Test
  void where_there_is_nothing_to_do_all_is_zero() throws SQLException {
    tally.count();
    assertThat(meters.getMeters())
        .hasSize(8)
        .allSatisfy(meter -> assertThat(meter.measure().iterator().next().getValue()).isZero());
  }

  @Test
  void runs_that_have_not_ended_are_told_by_their_state() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Tables.run(connection, "red", 1, "suspected");
      Tables.run(connection, "red", 1, "held");
      Tables.run(connection, "red", 1, "active");
      Tables.run(connection, "yellow", 2, "active");
      Tables.run(connection, "red", 1, "ended");
    }
    tally.count();
    assertThat(told("runs", "state", "suspected")).isEqualTo(1);
    assertThat(told("runs", "state", "held")).isEqualTo(1);
    assertThat(told("runs", "state", "active")).isEqualTo(2);
    assertThat(meters.find("keepwell.playbooks.runs").gauges()).hasSize(3);
  }

  @Test
  void a_storm_is_told_until_a_person_has_ended_it() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Storm storm = StormTable.add(connection, Storm.Cause.MANY, Optional.empty(), 1, NOW, NOW, 0);
      StormTable.add(connection, Storm.Cause.SILENCE, Optional.of("login"), 1, NOW, NOW, 0);
      tally.count();
      assertThat(told("storms")).isEqualTo(2);
      StormTable.end(connection, storm.id(), Storm.State.RELEASED, NOW);
      tally.count();
      assertThat(told("storms")).isEqualTo(1);
    }
  }

  @Test
  void a_step_that_is_due_is_told_and_for_how_long_the_first_has_been() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Tables.step(connection, "0", "NULL", "done");
      Tables.step(connection, "1", "8000", "waiting");
      Tables.step(connection, "2", "7500", "waiting");
      Tables.step(connection, "3", "10001", "waiting");
    }
    tally.count();
    assertThat(told("steps.due")).isEqualTo(2);
    assertThat(told("steps.overdue")).isEqualTo(2.5);
  }

  @Test
  void tasks_are_told_unless_they_are_done_or_their_account_is_closed() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Tables.standing(connection, "open", "NULL");
      Tables.standing(connection, "closed", "1");
      Tables.task(connection, "open", "open", 9_999, "NULL");
      Tables.task(connection, "open", "open", 10_000, "NULL");
      Tables.task(connection, "open", "open", 20_000, "NULL");
      Tables.task(connection, "open", "done", 5_000, "6000");
      Tables.task(connection, "closed", "open", 5_000, "NULL");
    }
    tally.count();
    assertThat(told("tasks.open")).isEqualTo(3);
    assertThat(told("tasks.overdue")).isEqualTo(1);
  }
}
