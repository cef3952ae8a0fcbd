package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Days;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.journal.TestJournal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CatalogueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int FROM = day("2026-02-01");
  private static final int TO = day("2026-03-01");

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  private static Catalogue catalogue(Database database) {
    return new Catalogue(
        database,
        journal.follower(database),
        journal.erasure(),
        patience -> true,
        new Days(ZoneId.of("America/New_York")));
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  private static Signal signal(String key, String at) {
    return new Signal(key, 1, Instant.parse(at), 0, 0, 0);
  }

  private static AccountEvent recorded(Set<String> newKeys, Signal... signals) {
    return new SignalsRecorded(List.of(signals), 1, NOW, NOW, newKeys);
  }

  private static List<String> keys(Catalogue.Page page) {
    return page.entries().stream().map(Catalogue.Entry::signal).toList();
  }

  private static Catalogue.Page page(Catalogue catalogue) throws SQLException {
    return catalogue.page(Optional.empty(), FROM, TO);
  }

  @ParameterizedTest
  @EnumSource
  void a_key_has_its_accounts_its_last_signal_and_its_volume_by_days_of_the_zone(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Catalogue catalogue = catalogue(database)) {
      journal.append(
          database,
          new AccountOpened("acme"),
          recorded(
              Set.of("login", "seats"),
              signal("login", "2026-03-01T04:59:59.999Z"), // the evening before in New York
              signal("login", "2026-03-01T05:00:00Z"),
              signal("seats", "2026-02-10T12:00:00Z")),
          recorded(Set.of("login"), signal("login", "2026-03-01T11:00:00Z")));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      journal.append(
          database,
          recorded(
              Set.of(), // late, and long ago
              signal("login", "2026-02-28T20:00:00Z"),
              signal("login", "2020-01-01T12:00:00Z")));
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();

      Catalogue.Page page = page(catalogue);
      assertThat(page.entries())
          .containsExactly(
              new Catalogue.Entry(
                  "login",
                  2,
                  Instant.parse("2026-03-01T11:00:00Z"),
                  List.of(
                      new Catalogue.Volume(day("2026-02-28"), 2),
                      new Catalogue.Volume(day("2026-03-01"), 2))),
              new Catalogue.Entry(
                  "seats",
                  1,
                  Instant.parse("2026-02-10T12:00:00Z"),
                  List.of(new Catalogue.Volume(day("2026-02-10"), 1))));
      assertThat(page.next()).isEmpty();
      assertThat(page.total()).isEqualTo(2);
      assertThat(catalogue.page(Optional.empty(), TO + 1, TO + 9).entries())
          .extracting(Catalogue.Entry::volume)
          .containsOnly(List.of());
      assertThat(catalogue.seen(Set.of("login", "seats", "logon", "Login", "😀")))
          .containsExactlyInAnyOrder("login", "seats");
      assertThat(catalogue.seen(Set.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_are_in_the_order_of_their_code_points_page_by_page(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Catalogue catalogue = catalogue(database)) {
      List<String> ascending = new ArrayList<>(List.of(" ", "A", "Z", "a", "a b", "ab", "ä"));
      IntStream.range(0, 2500).forEach(i -> ascending.add("ä%04d".formatted(i)));
      ascending.addAll(List.of("é", "ﬀ", "\uFFFD", "😀".repeat(100)));
      for (String key : ascending) {
        journal.append(database, recorded(Set.of(key), signal(key, "2026-03-01T11:00:00Z")));
      }
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();

      Catalogue.Page first = page(catalogue);
      Catalogue.Page second = catalogue.page(first.next(), FROM, TO);
      Catalogue.Page third = catalogue.page(second.next(), FROM, TO);
      List<String> all = new ArrayList<>(keys(first));
      all.addAll(keys(second));
      all.addAll(keys(third));
      assertThat(all).isEqualTo(ascending);
      assertThat(first.entries()).hasSize(Catalogue.PAGE_MAX);
      assertThat(first.total()).isEqualTo(ascending.size());
      assertThat(third.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void however_many_follow_the_journal_each_event_counts_once(TestDatabase kind)
      throws SQLException {
    int events = 2000;
    try (Database database = kind.open(data);
        Catalogue one = catalogue(database);
        Catalogue other = catalogue(database)) {
      CompletableFuture<Void> following =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> follow(one, events)),
              CompletableFuture.runAsync(() -> follow(other, events)));
      for (int i = 0; i < events; i++) {
        String key = "key-" + i % 7;
        Set<String> newKeys = i % 2 == 0 ? Set.of(key) : Set.of();
        journal.append(database, recorded(newKeys, signal(key, "2026-03-01T11:00:00Z")));
      }
      following.join();
      assertThat(page(one)).isEqualTo(page(other));
      assertThat(counted(one)).isEqualTo(events);
      assertThat(page(one).entries().stream().mapToLong(Catalogue.Entry::accounts).sum())
          .isEqualTo(events / 2);
    }
  }

  private static void follow(Catalogue catalogue, int events) {
    try {
      while (counted(catalogue) < events) {
        catalogue.catchUp(PATIENCE);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long counted(Catalogue catalogue) throws SQLException {
    return page(catalogue).entries().stream()
        .flatMap(entry -> entry.volume().stream())
        .mapToLong(Catalogue.Volume::count)
        .sum();
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_leaves_nothing_half_counted_and_what_follows_counts_once(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Catalogue catalogue = catalogue(database)) {
      journal.append(database, recorded(Set.of("login"), signal("login", "2026-03-01T11:00:00Z")));
      journal.append(database, new AccountOpened("damaged"));
      update(database, "UPDATE \"event_journal\" SET \"event_ser_id\" = 9 WHERE \"ordering\" = 2");
      assertThat(catalogue.catchUp(PATIENCE)).isFalse();
      assertThat(catalogue.catchUp(PATIENCE)).isFalse();
      assertThat(page(catalogue).entries()).isEmpty();

      update(database, "DELETE FROM \"event_journal\" WHERE \"ordering\" = 2");
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(catalogue.catchUp(PATIENCE)).isTrue();
      assertThat(counted(catalogue)).isEqualTo(1);
    }
  }

  private static void update(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_database_that_is_gone_is_no_failure_of_who_asks_to_catch_up(TestDatabase kind) {
    Database database = kind.open(data);
    Catalogue catalogue = catalogue(database);
    database.close();
    assertThat(catalogue.catchUp(PATIENCE)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void once_closed_it_reads_no_further(TestDatabase kind) throws SQLException {
    try (Database database = kind.open(data)) {
      Catalogue catalogue = catalogue(database);
      catalogue.close();
      journal.append(database, recorded(Set.of("login"), signal("login", "2026-03-01T11:00:00Z")));
      assertThat(catalogue.catchUp(Duration.ZERO)).isFalse();
      assertThat(page(catalogue).entries()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_erased_stays_until_the_lists_have_read_it_so_that_the_feed_can_tell(
      TestDatabase kind) throws SQLException {
    AtomicReference<Catalogue.Lists> lists = new AtomicReference<>(patience -> false);
    try (Database database = kind.open(data);
        Catalogue catalogue =
            new Catalogue(
                database,
                journal.follower(database),
                journal.erasure(),
                patience -> lists.get().awaitCaughtUp(patience),
                Lives.DAYS)) {
      journal.store(
          database,
          "account-acme",
          0,
          List.of(
              new AccountOpened("acme"),
              recorded(Set.of("login"), signal("login", "2026-03-01T11:00:00Z")),
              new AccountErased(NOW, Set.of("login"))));
      assertThat(catalogue.catchUp(Duration.ZERO)).isFalse();

      try (Portfolio portfolio =
          Portfolio.follow(
              database,
              journal.follower(database),
              new Seal(new byte[32]),
              Lives.DAYS,
              ForkJoinPool.commonPool())) {
        lists.set(portfolio::awaitCaughtUp);
        assertThat(catalogue.catchUp(PATIENCE)).isTrue();
        assertThat(portfolio.feed().after(0, 9).changes())
            .extracting(TierChange::account, TierChange::reason)
            .containsExactly(tuple("acme", TierChange.ERASED));
      }
    }
  }
}
