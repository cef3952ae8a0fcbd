package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More is asked of accounts than can be stored, or fits in memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrowdedAccountsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CLIENTS = 12;
  private static final int SIGNALS = 60;

  /** Each gets so few signals that its score, ten points for one, tells how many. */
  private static final int ACCOUNTS = 90;

  /** One account at a time is resident. */
  private static final Map<String, Object> CROWDED =
      Map.of("akka.cluster.sharding.number-of-shards", 1, HostedAccounts.RESIDENT_MAX, 1);

  /** Whoever waits must not hold a thread of the pool that answers come by. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path data;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static Signal login(long id) {
    return new Signal("login", 1, HostedAccounts.NOW, 0, 0, id);
  }

  private static CompletableFuture<Answer> record(HostedAccounts hosted, String account, long id) {
    return hosted.accounts().record(account, List.of(login(id)), false).toCompletableFuture();
  }

  private static CompletableFuture<Answer> show(HostedAccounts hosted, String account) {
    return hosted.accounts().show(account, Optional.empty()).toCompletableFuture();
  }

  private static boolean isRefused(Answer answer, Code code) {
    return answer instanceof Refusal refusal && refusal.code() == code;
  }

  /** Nothing can be stored until it is closed; everything can be read. */
  private static Connection lock(HostedAccounts hosted) throws SQLException {
    Connection connection = hosted.database().dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute(
          "SET LOCAL idle_in_transaction_session_timeout = 0;"
              + " LOCK TABLE \"event_journal\" IN EXCLUSIVE MODE");
    }
    return connection;
  }

  @Test
  void a_hot_account_refuses_those_who_would_wait_too_far_behind_and_leaves_memory_all_the_same()
      throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(TestDatabase.POSTGRESQL.url(data), CROWDED)) {
      hosted.answer(() -> record(hosted, "hot", 1));
      List<CompletableFuture<Answer>> waiting = new ArrayList<>();
      CompletableFuture<Answer> stored;
      CompletableFuture<Answer> other;
      try (Connection locked = lock(hosted)) {
        stored = record(hosted, "hot", 2);
        for (int i = 1; i < Waiting.MAX; i++) {
          waiting.add(show(hosted, "hot"));
        }
        for (int i = 0; i < 3 * Waiting.MAX; i++) {
          assertThat(isRefused(show(hosted, "hot").join(), Code.BUSY)).isTrue();
        }
        other = show(hosted, "other"); // has the hot one leave, when it can
        assertThat(other.join()).isInstanceOf(Refusal.class);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        locked.rollback();
      }
      assertThat(stored.join()).isInstanceOf(Recorded.class);
      assertThat(waiting).allMatch(answer -> answer.join() instanceof Standing);
      assertThat(((Standing) hosted.answer(() -> show(hosted, "hot"))).score()).hasValue(20);
    }
  }

  @Test
  void a_database_that_does_not_keep_up_gets_no_more_and_loses_nothing() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(TestDatabase.POSTGRESQL.url(data), Map.of())) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      try (Connection locked = lock(hosted)) {
        AtomicInteger accounts = new AtomicInteger();
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  answers.add(record(hosted, "account-" + accounts.incrementAndGet(), 1));
                  return answers.stream()
                      .anyMatch(answer -> answer.isDone() && isRefused(answer.join(), Code.BUSY));
                });
        locked.rollback();
      }
      for (int i = 0; i < answers.size(); i++) {
        if (!isRefused(answers.get(i).join(), Code.BUSY)) {
          assertThat(answers.get(i).join()).isInstanceOf(Recorded.class);
          String account = "account-" + (i + 1);
          assertThat(hosted.answer(() -> show(hosted, account))).isInstanceOf(Standing.class);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void accounts_that_come_and_go_while_writes_fail_all_answer_and_count_every_signal_once(
      TestDatabase kind) throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(kind.url(data), CROWDED)) {
      hosted.answer(() -> record(hosted, "warm-up", 1));
      List<CompletableFuture<Void>> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(
                  client ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int i = 0; i < SIGNALS; i++) {
                              String account = "account-" + (client * SIGNALS + i) % ACCOUNTS;
                              int id = 1 + client * 1000 + i;
                              assertThat(hosted.answer(() -> record(hosted, account, id)))
                                  .isInstanceOf(Recorded.class);
                            }
                          },
                          threads))
              .toList();
      CompletableFuture<Void> all =
          CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                conflict(hosted); // fails whatever is written together with it
                return all.isDone();
              });
      all.join();
      double sum = 0;
      for (int a = 0; a < ACCOUNTS; a++) {
        String account = "account-" + a;
        sum += ((Standing) hosted.answer(() -> show(hosted, account))).score().orElseThrow();
      }
      assertThat(sum).isEqualTo(10.0 * CLIENTS * SIGNALS);
      assertThat(hosted.resident()).isLessThanOrEqualTo(2);
    }
  }

  /** Another incarnation of some account has stored an event, which says nothing new. */
  private static void conflict(HostedAccounts hosted) throws SQLException {
    try (Connection connection = hosted.database().dataSource().getConnection();
        Statement insert = connection.createStatement()) {
      insert.execute(
          """
          INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
            "write_timestamp", "adapter_manifest", "event_ser_id", "event_ser_manifest",
            "event_payload")
          SELECT last."persistence_id", last."sequence_number" + 1, '%s',
            opened."write_timestamp", opened."adapter_manifest", opened."event_ser_id",
            opened."event_ser_manifest", opened."event_payload"
          FROM "event_journal" last JOIN "event_journal" opened
            ON opened."persistence_id" = last."persistence_id" AND opened."sequence_number" = 1
          WHERE last."ordering" = (SELECT MAX("ordering") FROM "event_journal")
          """
              .formatted(UUID.randomUUID()));
    } catch (SQLException e) {
      if (!e.getSQLState().startsWith("23")) { // it was faster
        throw e;
      }
    }
  }
}
