package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import keepwell.journal.TestJournal;
import keepwell.portfolio.SignalLog.Found;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SignalLogTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  private static Signal signal(String key, int minute) {
    return new Signal(key, minute, NOON.plusSeconds(60L * minute), 0, 0, 0);
  }

  private static SignalsRecorded recorded(Signal... signals) {
    return new SignalsRecorded(List.of(signals), 1, NOON, NOON, Set.of());
  }

  private static List<Double> values(Found found) {
    return found.signals().stream().map(Signal::value).toList();
  }

  private static SignalLog log(Database database) {
    return new SignalLog(database, journal.follower(database));
  }

  @ParameterizedTest
  @EnumSource
  void the_latest_come_first_in_whatever_order_they_were_sent(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      journal.store(
          database,
          "acme",
          0,
          List.of(
              new AccountOpened("acme"),
              recorded(signal("login", 7), signal("ticket", 3)),
              new LabelsChanged(Map.of("name", "Acme"), Set.of(), 1, NOON),
              recorded(signal("login", 5))));
      journal.store(database, "other", 0, List.of(recorded(signal("login", 9))));

      Found all = log(database).latest("acme", signal -> true, 10);
      assertThat(values(all)).containsExactly(7.0, 5.0, 3.0);
      assertThat(all.all()).isTrue();
      assertThat(values(log(database).latest("acme", signal -> signal.key().equals("login"), 1)))
          .containsExactly(7.0);
      assertThat(log(database).latest("nobody", signal -> true, 10).signals()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_the_newest_events_are_looked_at_and_that_is_told(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      List<AccountEvent> events = new ArrayList<>(List.of(recorded(signal("first", 0))));
      events.addAll(Collections.nCopies(499, recorded(signal("login", 1))));
      journal.store(database, "acme", 0, events);
      Found whole = log(database).latest("acme", signal -> signal.key().equals("first"), 10);
      assertThat(values(whole)).containsExactly(0.0);

      journal.store(database, "acme", 500, List.of(recorded(signal("login", 2))));
      Found found = log(database).latest("acme", signal -> signal.key().equals("first"), 10);
      assertThat(found.signals()).isEmpty();
      assertThat(found.all()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_an_account_that_was_erased_there_is_nothing_from_before(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      journal.store(
          database,
          "acme",
          0,
          List.of(recorded(signal("login", 1)), new AccountErased(NOON, Set.of("login"))));
      Found erased = log(database).latest("acme", signal -> true, 10);
      assertThat(erased.signals()).isEmpty();
      assertThat(erased.all()).isTrue();

      journal.store(database, "acme", 2, List.of(recorded(signal("login", 4))));
      assertThat(values(log(database).latest("acme", signal -> true, 10))).containsExactly(4.0);
    }
  }
}
