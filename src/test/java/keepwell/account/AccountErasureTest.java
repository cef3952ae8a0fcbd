package keepwell.account;

import static keepwell.account.HostedAccounts.persistenceId;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Erased;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.journal.Database;
import keepwell.journal.Dump;
import keepwell.journal.Erasure;
import keepwell.journal.JournalFollower;
import keepwell.journal.TestDatabase;
import keepwell.portfolio.Catalogue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What is left of an account in the database, and who may still write to it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CANARY = "canary";
  private static final String CANARY_IN_HEX =
      HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
  private static final int CLIENTS = 4;
  private static final AtomicLong IDS = new AtomicLong();
  private static final Instant BEFORE = HostedAccounts.NOW.minusSeconds(1);
  private static final Refusal UNKNOWN = new Refusal(Code.ACCOUNT_UNKNOWN, "", 0);

  @TempDir Path data;

  /** PostgreSQL takes a moment to see that the one before is gone. */
  private static HostedAccounts restarted(String url) {
    return Awaitility.await()
        .ignoreException(Database.UnreachableException.class)
        .until(() -> new HostedAccounts(url, Map.of()), Objects::nonNull);
  }

  private static Catalogue follow(HostedAccounts hosted) {
    Database database = hosted.database();
    JournalFollower journal = new JournalFollower(database, hosted.serialization());
    Catalogue catalogue =
        new Catalogue(
            database, journal, new Erasure(hosted.serialization()), new Days(ZoneOffset.UTC));
    assertThat(catalogue.catchUp(PATIENCE)).isTrue();
    return catalogue;
  }

  /** With ids, as they may be sent again. */
  private static List<Signal> signals(String key, int count, Instant at) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Signal(key, 1, at, 7, 8, IDS.incrementAndGet()))
        .toList();
  }

  private static Recorded record(HostedAccounts hosted, String account, List<Signal> signals) {
    return hosted.answer(() -> hosted.accounts().record(account, signals, false));
  }

  /** Gives an account one of everything, in events and snapshots. */
  private static void live(HostedAccounts hosted, String account, String mark) {
    for (int i = 0; i < 7; i++) {
      record(hosted, account, signals("login", 1, BEFORE));
    }
    record(hosted, account, signals(mark + "-key", 1, BEFORE));
    hosted.answer(
        () ->
            hosted
                .accounts()
                .label(account, Map.of(mark + "-label", Optional.of(mark + "-value"))));
    ScoreOverride override =
        new ScoreOverride(
            Optional.of(5.0), Optional.empty(), mark + "-reason", mark + "-author", 30_000);
    hosted.answer(() -> hosted.accounts().override(account, override));
  }

  private static Answer shown(HostedAccounts hosted, String account) {
    return hosted.answer(() -> hosted.accounts().show(account, Optional.empty()));
  }

  private static Answer erase(HostedAccounts hosted, String account) {
    return hosted.answer(() -> hosted.accounts().erase(account));
  }

  private static List<String> keys(Catalogue catalogue) throws SQLException {
    return catalogue.page(Optional.empty(), 0, 0).entries().stream()
        .map(entry -> entry.signal() + " of " + entry.accounts())
        .toList();
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_of_it_is_left_in_any_table_and_nothing_of_any_other_is_touched(TestDatabase kind)
      throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      live(hosted, "other", "others");
      Answer other = shown(hosted, "other");
      Catalogue catalogue = follow(hosted);
      Dump before = Dump.of(hosted.database());
      assertThat(keys(catalogue)).contains("canary-key of 1", "login of 2", "others-key of 1");
      assertThat(before.tablesWith(CANARY))
          .containsExactly("event_journal", "signal_key", "signal_volume", "snapshot");

      assertThat(erase(hosted, "canary-1")).isEqualTo(new Erased(HostedAccounts.NOW));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();

      Dump after = Dump.of(hosted.database());
      assertThat(after.tablesWith(CANARY)).isEmpty();
      assertThat(keys(catalogue)).containsExactly("login of 1", "others-key of 1");
      assertThat(after.rowsByTable().get("tombstone"))
          .containsExactly(
              persistenceId("canary-1") + "|13|" + HostedAccounts.NOW.toEpochMilli() + "|");
      for (String table : List.of("event_journal", "snapshot")) {
        assertThat(after.rows(table, persistenceId("canary-1"), false))
            .isNotEmpty()
            .isEqualTo(before.rows(table, persistenceId("canary-1"), false));
      }
      assertThat(shown(hosted, "canary-1")).isEqualTo(UNKNOWN);
      assertThat(shown(hosted, "other")).isEqualTo(other);
      assertThat(erase(hosted, "canary-1")).isEqualTo(new Erased(HostedAccounts.NOW));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(Dump.of(hosted.database())).isEqualTo(after);
    }
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

  @ParameterizedTest
  @EnumSource
  void a_stale_twin_can_neither_write_nor_go_on_showing_what_it_knew(TestDatabase kind)
      throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      record(hosted, "canary-1", signals("canary-key", 1, BEFORE));
      ActorRef<Command> twin = hosted.twin("canary-1");
      Answer known = hosted.answer(() -> hosted.ask(twin, CanaryCommands::show));
      assertThat(known).isInstanceOf(Standing.class);
      live(hosted, "canary-1", CANARY); // so that the twin is several events behind
      erase(hosted, "canary-1");
      Catalogue catalogue = follow(hosted);
      Dump erased = Dump.of(hosted.database());

      ListAppender<ILoggingEvent> log = new ListAppender<>();
      log.start();
      Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
      root.addAppender(log);
      assertThat(hosted.ask(twin, CanaryCommands::record).toCompletableFuture())
          .failsWithin(PATIENCE)
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutException.class);
      Recorded later = hosted.answer(() -> hosted.ask(twin, CanaryCommands::record));
      assertThat(later.refusals()).containsExactly(new Refusal(Code.ERASED, "at", 0));
      root.detachAppender(log);
      assertThat(log.list.stream().map(AccountErasureTest::text))
          .anyMatch(text -> text.contains(persistenceId("canary-1"))) // it has failed
          .noneMatch(text -> text.contains(CANARY) || text.contains(CANARY_IN_HEX));
      Answer shown = hosted.answer(() -> hosted.ask(twin, CanaryCommands::show));
      assertThat(shown).isEqualTo(UNKNOWN);
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      Dump after = Dump.of(hosted.database());
      for (String table : List.of("event_journal", "snapshot", "tombstone", "signal_key")) {
        assertThat(after.rowsByTable().get(table)).isEqualTo(erased.rowsByTable().get(table));
      }
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + event.getKeyValuePairs()
        + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** What the twin is told. */
  private static final class CanaryCommands {
    static Command show(ActorRef<Answer> replyTo) {
      return new ShowStanding("canary-1", Optional.empty(), replyTo);
    }

    static Command record(ActorRef<Recorded> replyTo) {
      return new RecordSignals("canary-1", signals("canary-late", 1, BEFORE), false, replyTo);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_snapshot_that_a_stale_twin_stores_is_taken_away_and_that_of_the_erasure_stays(
      TestDatabase kind) throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), Map.of())) {
      live(hosted, "canary-1", CANARY);
      execute(hosted.database(), "CREATE TABLE \"late\" AS SELECT * FROM \"snapshot\"");
      erase(hosted, "canary-1");
      Catalogue catalogue = follow(hosted);
      execute(hosted.database(), "INSERT INTO \"snapshot\" SELECT * FROM \"late\"");
      execute(hosted.database(), "DROP TABLE \"late\"");
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).containsExactly("snapshot");

      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(Dump.of(hosted.database()).tablesWith(CANARY)).isEmpty();
      assertThat(Dump.of(hosted.database()).rowsByTable().get("snapshot"))
          .singleElement()
          .asString()
          .startsWith(persistenceId("canary-1") + "|13|");
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
