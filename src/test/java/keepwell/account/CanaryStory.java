package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.Erasure;
import keepwell.journal.JournalFollower;
import keepwell.journal.Seal;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import org.awaitility.Awaitility;

/** An account that leaves canaries wherever it is stored, and what becomes of them. */
final class CanaryStory {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String CANARY = "canary";
  static final String CANARY_IN_HEX =
      HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
  static final int CLIENTS = 4;
  static final AtomicLong IDS = new AtomicLong();
  static final Instant BEFORE = HostedAccounts.NOW.minusSeconds(1);
  static final Refusal UNKNOWN = new Refusal(Code.ACCOUNT_UNKNOWN, "", 0);

  private CanaryStory() {}

  /** PostgreSQL takes a moment to see that the one before is gone. */
  static HostedAccounts restarted(String url) {
    return Awaitility.await()
        .ignoreException(Database.UnreachableException.class)
        .until(() -> new HostedAccounts(url, Map.of()), Objects::nonNull);
  }

  static Catalogue follow(HostedAccounts hosted) {
    Database database = hosted.database();
    JournalFollower journal = new JournalFollower(database, hosted.serialization());
    Catalogue catalogue =
        new Catalogue(
            database,
            journal,
            new Erasure(hosted.serialization()),
            patience -> true,
            new Days(ZoneOffset.UTC));
    assertThat(catalogue.catchUp(PATIENCE)).isTrue();
    return catalogue;
  }

  /** Brings the lists up to date. */
  static void listed(HostedAccounts hosted) throws SQLException {
    Database database = hosted.database();
    JournalFollower journal = new JournalFollower(database, hosted.serialization());
    Seal seal = new Seal(new byte[32]);
    Days days = new Days(ZoneOffset.UTC);
    try (Portfolio portfolio =
        Portfolio.follow(database, journal, seal, days, ForkJoinPool.commonPool())) {
      assertThat(portfolio.awaitCaughtUp(PATIENCE)).isTrue();
    }
  }

  /** With ids, as they may be sent again. */
  static List<Signal> signals(String key, int count, Instant at) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Signal(key, 1, at, 7, 8, IDS.incrementAndGet()))
        .toList();
  }

  static Recorded record(HostedAccounts hosted, String account, List<Signal> signals) {
    return (Recorded) hosted.answer(() -> hosted.accounts().record(account, signals, false));
  }

  /** Gives an account one of everything, in events and snapshots. */
  static void live(HostedAccounts hosted, String account, String mark) {
    for (int i = 0; i < 7; i++) {
      record(hosted, account, signals("login", 1, BEFORE));
    }
    record(hosted, account, signals(mark + "-key", 1, BEFORE));
    hosted.answer(
        () ->
            hosted
                .accounts()
                .label(
                    account,
                    Map.of(
                        mark + "-label",
                        Optional.of(mark + "-value"),
                        "owner",
                        Optional.of(mark + "-owner"))));
    ScoreOverride override =
        new ScoreOverride(
            Optional.of(5.0), Optional.empty(), mark + "-reason", mark + "-author", 30_000);
    hosted.answer(() -> hosted.accounts().override(account, override));
  }

  static Answer shown(HostedAccounts hosted, String account) {
    return hosted.answer(() -> hosted.accounts().show(account, Optional.empty()));
  }

  static Answer erase(HostedAccounts hosted, String account) {
    return hosted.answer(() -> hosted.accounts().erase(account));
  }

  static List<String> keys(Catalogue catalogue) throws SQLException {
    return catalogue.page(Optional.empty(), 0, 0).entries().stream()
        .map(entry -> entry.signal() + " of " + entry.accounts())
        .toList();
  }

  /** Executes a statement, after the snapshots that are on their way. */
  static void execute(Database database, String sql) throws SQLException {
    database.snapshots().flush();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
