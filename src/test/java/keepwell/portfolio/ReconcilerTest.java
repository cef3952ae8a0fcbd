package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import keepwell.journal.Database;
import keepwell.journal.Dump;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.journal.TestJournal;
import keepwell.portfolio.Reconciler.Report;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random lives are followed, held against the journal, spoilt, and made right again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReconcilerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Seal SEAL = new Seal(new byte[32]);

  /** Each spoils something else. */
  private static final List<String> FAULTS =
      List.of(
          "UPDATE \"standing\" SET \"score\" = \"score\" + 1 WHERE \"score\" IS NOT NULL",
          "UPDATE \"standing\" SET \"labels\" = '{\"owner\":\"nobody\"}'",
          "UPDATE \"standing\" SET \"closed_at\" = 1 WHERE \"closed_at\" IS NULL",
          "DELETE FROM \"standing\"",
          "UPDATE \"standing\" SET \"persistence_id\" = 'stray' WHERE \"persistence_id\" ="
              + " (SELECT MAX(\"persistence_id\") FROM \"standing\")",
          "DELETE FROM \"tier_change\" WHERE \"reason\" <> 'erased'",
          "UPDATE \"tier_change\" SET \"to_tier\" = 'purple' WHERE \"reason\" <> 'erased'",
          "UPDATE \"tier_change\" SET \"quiet\" = NOT \"quiet\" WHERE \"reason\" <> 'erased'",
          "UPDATE \"tier_change\" SET \"ordering\" = \"ordering\" + 1000000"
              + " WHERE \"reason\" <> 'erased'",
          "UPDATE \"band\" SET \"accounts\" = \"accounts\" + 1 WHERE \"tier\" = 'red'",
          "UPDATE \"band\" SET \"arr\" = \"arr\" - 0.01 WHERE \"dimension\" = ''",
          "DELETE FROM \"renewal\" WHERE \"accounts\" > 0",
          "DELETE FROM \"outcome\" WHERE \"outcome\" = 'renewed'",
          "UPDATE \"outcome\" SET \"day\" = \"day\" + 1000",
          "INSERT INTO \"outcome\" VALUES ('stray', 1, 'churned', 1)",
          "UPDATE \"move\" SET \"accounts\" = 7 WHERE \"accounts\" <> 7");

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  private static Portfolio follow(Database database) {
    return Portfolio.follow(
        database, journal.follower(database), SEAL, Lives.DAYS, ForkJoinPool.commonPool());
  }

  private static Report reconciled(Database database, boolean repair) throws SQLException {
    return new Reconciler(database, journal.follower(database), SEAL, Lives.DAYS, repair)
        .reconcile();
  }

  private static int execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_followed_agrees_with_the_journal_and_whatever_is_spoilt_is_found_and_repaired(
      TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      Lives lives = new Lives(database, journal, 7);
      try (Portfolio portfolio = follow(database)) {
        lives.live(20, 600);
        assertThat(portfolio.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(portfolio.overview(Optional.empty(), lives.today()).all().bands()).isNotEmpty();
      }
      Report agreed = reconciled(database, false);
      assertThat(agreed.told()).isEmpty();
      assertThat(agreed.differences()).isZero();
      assertThat(agreed.accounts()).isBetween(10L, 20L);
      assertThat(agreed.changes()).isGreaterThan(20);
      for (String fault : FAULTS) {
        Dump right = Dump.of(database);
        assertThat(execute(database, fault)).as(fault).isPositive();
        Dump wrong = Dump.of(database);
        assertThat(wrong).isNotEqualTo(right);
        assertThat(reconciled(database, false).differences()).as(fault).isPositive();
        assertThat(Dump.of(database)).isEqualTo(wrong);
        assertThat(reconciled(database, true).differences()).as(fault).isPositive();
        assertThat(reconciled(database, false).told()).as(fault).isEmpty();
        assertThat(withoutEmptySums(Dump.of(database))).isEqualTo(withoutEmptySums(right));
      }
    }
  }

  /** A sum of nothing may be there or not. */
  private static List<List<String>> withoutEmptySums(Dump dump) {
    return dump.rowsByTable().entrySet().stream()
        .map(
            table ->
                table.getValue().stream()
                    .filter(row -> !row.contains("|0|0.00|") && !row.endsWith("|0|"))
                    .toList())
        .toList();
  }

  /** As after a release that did not follow them, or by a fault in the tags. */
  @ParameterizedTest
  @EnumSource
  void events_that_were_never_followed_are_found_and_made_up(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      new Lives(database, journal, 8).live(10, 200);
      execute(database, "DELETE FROM \"event_tag\"");
      execute(
          database,
          "UPDATE \"projection\" SET \"ordering\" ="
              + " (SELECT MAX(\"ordering\") FROM \"event_journal\") WHERE \"name\" = 'portfolio'");
      assertThat(reconciled(database, true).differences()).isGreaterThan(5);
      assertThat(reconciled(database, false).told()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_still_to_be_followed_is_no_difference(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      Lives lives = new Lives(database, journal, 9);
      lives.live(10, 100);
      try (Portfolio portfolio = follow(database)) {
        assertThat(portfolio.awaitCaughtUp(PATIENCE)).isTrue();
      }
      lives.live(10, 100);
      assertThat(reconciled(database, false).told()).isEmpty();
    }
  }
}
