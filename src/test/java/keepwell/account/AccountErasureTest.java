package keepwell.account;

import static keepwell.account.CanaryStory.BEFORE;
import static keepwell.account.CanaryStory.CANARY;
import static keepwell.account.CanaryStory.CLIENTS;
import static keepwell.account.CanaryStory.PATIENCE;
import static keepwell.account.CanaryStory.UNKNOWN;
import static keepwell.account.CanaryStory.erase;
import static keepwell.account.CanaryStory.execute;
import static keepwell.account.CanaryStory.follow;
import static keepwell.account.CanaryStory.keys;
import static keepwell.account.CanaryStory.listed;
import static keepwell.account.CanaryStory.live;
import static keepwell.account.CanaryStory.record;
import static keepwell.account.CanaryStory.restarted;
import static keepwell.account.CanaryStory.shown;
import static keepwell.account.CanaryStory.signals;
import static keepwell.account.HostedAccounts.persistenceId;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Erased;
import keepwell.health.Standing;
import keepwell.journal.Dump;
import keepwell.journal.TestDatabase;
import keepwell.portfolio.Catalogue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** What is left of an account in the database, and in which cases. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountErasureTest {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void nothing_of_it_is_left_in_any_table_and_nothing_of_any_other_is_touched(TestDatabase kind)
      throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      live(hosted, "other", "others");
      Answer other = shown(hosted, "other");
      Catalogue catalogue = follow(hosted);
      listed(hosted);
      Dump before = Dump.of(hosted.database());
      assertThat(keys(catalogue)).contains("canary-key of 1", "login of 2", "others-key of 1");
      assertThat(before.tablesWith(CANARY))
          .containsExactly(
              "band",
              "event_journal",
              "signal_key",
              "signal_volume",
              "snapshot",
              "standing",
              "tier_change");

      assertThat(erase(hosted, "canary-1")).isEqualTo(new Erased(HostedAccounts.NOW));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      listed(hosted);

      Dump after = Dump.of(hosted.database());
      assertThat(after.tablesWith(CANARY)).isEmpty();
      assertThat(keys(catalogue)).containsExactly("login of 1", "others-key of 1");
      assertThat(after.rowsByTable().get("tombstone"))
          .containsExactly(
              persistenceId("canary-1") + "|21|" + HostedAccounts.NOW.toEpochMilli() + "|");
      for (String table : List.of("event_journal", "snapshot", "standing")) {
        assertThat(after.rows(table, persistenceId("canary-1"), false))
            .isNotEmpty()
            .isEqualTo(before.rows(table, persistenceId("canary-1"), false));
      }
      assertThat(shown(hosted, "canary-1")).isEqualTo(UNKNOWN);
      assertThat(shown(hosted, "other")).isEqualTo(other);
      assertThat(erase(hosted, "canary-1")).isEqualTo(new Erased(HostedAccounts.NOW));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      listed(hosted);
      assertThat(Dump.of(hosted.database())).isEqualTo(after);
    }
  }

  /** Whether the lists or the rest of the read side come first does not matter. */
  @ParameterizedTest
  @EnumSource
  void nothing_of_it_is_listed_any_more_whoever_comes_first(TestDatabase kind) throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      listed(hosted);
      live(hosted, "canary-2", CANARY);
      erase(hosted, "canary-1");
      erase(hosted, "canary-2");
      follow(hosted);
      listed(hosted);
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
      live(hosted, "canary-1", CANARY);
      listed(hosted);
      assertThat(Dump.of(hosted.database()).rows("standing", CANARY, true)).hasSize(1);
      erase(hosted, "canary-1");
      listed(hosted);
      follow(hosted);
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
    }
  }

  /** Also in the sums over groups that it was in before. */
  @ParameterizedTest
  @EnumSource
  void no_label_that_it_ever_had_is_left(TestDatabase kind) throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      label(hosted, Map.of("parent", Optional.of(CANARY + "-parent")));
      record(hosted, "canary-1", signals("login", 1, BEFORE));
      listed(hosted);
      label(hosted, Map.of("parent", Optional.empty(), "owner", Optional.of("dana")));
      listed(hosted);
      erase(hosted, "canary-1");
      record(hosted, "canary-1", signals("login", 1, HostedAccounts.NOW)); // in the same look
      listed(hosted);
      follow(hosted);
      for (String label : List.of("-parent", "-owner", "-value")) {
        assertThat(Dump.of(hosted.database()).tablesWith(CANARY + label)).isEmpty();
      }
      erase(hosted, "canary-1");
      listed(hosted);
      follow(hosted);
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
    }
  }

  private static void label(HostedAccounts hosted, Map<String, Optional<String>> labels) {
    hosted.answer(() -> hosted.accounts().label("canary-1", labels));
  }

  @ParameterizedTest
  @EnumSource
  void what_a_stop_in_between_has_left_the_next_start_takes_away(TestDatabase kind)
      throws SQLException {
    String url = kind.url(data);
    try (HostedAccounts hosted = new HostedAccounts(url, Map.of())) {
      live(hosted, "canary-1", CANARY);
      follow(hosted);
      erase(hosted, "canary-1");
    }
    try (HostedAccounts hosted = restarted(url)) {
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isNotEmpty();
      assertThat(shown(hosted, "canary-1")).isEqualTo(UNKNOWN);
      Catalogue catalogue = follow(hosted);
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
      assertThat(keys(catalogue)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_in_between_leaves_nothing_half_erased(TestDatabase kind) throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      live(hosted, "other", CANARY);
      Catalogue catalogue = follow(hosted);
      erase(hosted, "canary-1");
      Dump before = Dump.of(hosted.database());
      execute(hosted.database(), "ALTER TABLE \"tombstone\" RENAME TO \"away\"");
      assertThat(catalogue.catchUp(PATIENCE)).isFalse();
      execute(hosted.database(), "ALTER TABLE \"away\" RENAME TO \"tombstone\"");
      assertThat(Dump.of(hosted.database())).isEqualTo(before);
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(keys(catalogue)).containsExactly("canary-key of 1", "login of 1");
    }
  }

  /** Or the old one would be stored after what was stored is erased. */
  @Test
  void an_erasure_waits_for_a_snapshot_from_before_it_that_is_being_stored() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(TestDatabase.POSTGRESQL.url(data), Map.of());
        Connection holder = hosted.database().dataSource().getConnection();
        Statement held = holder.createStatement();
        Connection watcher = hosted.database().dataSource().getConnection();
        Statement watching = watcher.createStatement()) {
      Catalogue catalogue = follow(hosted);
      holder.setAutoCommit(false);
      held.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      held.execute(
          "INSERT INTO \"snapshot\" SELECT '%s', number, 0, 0, '', '' FROM generate_series(1, 20) number"
              .formatted(persistenceId("canary-1")));
      live(hosted, "canary-1", CANARY);
      Awaitility.await().until(() -> isThere(watching, "wait_event_type = 'Lock'"));
      erase(hosted, "canary-1");
      CompletableFuture<Boolean> erased =
          CompletableFuture.supplyAsync(() -> catalogue.catchUp(PATIENCE));
      Awaitility.await()
          .until(
              () ->
                  isThere(
                      watching,
                      "state = 'idle in transaction' AND pid <> "
                          + held.getConnection().unwrap(PGConnection.class).getBackendPID()
                          + " AND clock_timestamp() - state_change > interval '100 ms'"));
      holder.rollback();
      assertThat(erased.join()).isTrue();
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
    }
  }

  private static boolean isThere(Statement watching, String session) throws SQLException {
    try (ResultSet row =
        watching.executeQuery(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND " + session)) {
      return row.next();
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_account_that_began_anew_comes_back_from_its_events_alone_and_can_be_erased_again(
      TestDatabase kind) throws SQLException {
    String url = kind.url(data);
    for (int life = 1; life <= 3; life++) { // each start is another writer
      try (HostedAccounts hosted = restarted(url)) {
        execute(hosted.database(), "DELETE FROM \"snapshot\"");
        assertThat(shown(hosted, "canary-1")).isEqualTo(UNKNOWN);
        record(hosted, "canary-1", signals("canary-key", life, HostedAccounts.NOW));
        record(hosted, "canary-1", signals("login", life, HostedAccounts.NOW));
      }
      try (HostedAccounts hosted = restarted(url)) {
        execute(hosted.database(), "DELETE FROM \"snapshot\"");
        assertThat(((Standing) shown(hosted, "canary-1")).score()).hasValue(10.0 * life);
        erase(hosted, "canary-1");
        assertThat(keys(follow(hosted))).isEmpty();
        assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void others_lose_nothing_while_accounts_are_erased_beside_them(TestDatabase kind)
      throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        clients.execute(
            () -> {
              for (int i = 0; i < 40; i++) {
                record(hosted, "other-" + client, signals("login", 1, BEFORE));
                record(hosted, "canary-" + client, signals("canary-key", 1, BEFORE));
              }
            });
      }
      clients.shutdown();
      Catalogue catalogue = follow(hosted);
      while (!clients.isTerminated()) {
        for (int client = 0; client < CLIENTS; client++) {
          erase(hosted, "canary-" + client);
        }
        assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      }
      for (int client = 0; client < CLIENTS; client++) {
        erase(hosted, "canary-" + client);
        assertThat(((Standing) shown(hosted, "other-" + client)).score()).hasValue(100);
      }
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
      int day = new Days(ZoneOffset.UTC).of(BEFORE);
      assertThat(catalogue.page(Optional.empty(), day, day).entries())
          .containsExactly(
              new Catalogue.Entry(
                  "login", CLIENTS, BEFORE, List.of(new Catalogue.Volume(day, CLIENTS * 40L))));
    }
  }
}
