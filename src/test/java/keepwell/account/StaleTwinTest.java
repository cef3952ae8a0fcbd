package keepwell.account;

import static keepwell.account.CanaryStory.BEFORE;
import static keepwell.account.CanaryStory.CANARY;
import static keepwell.account.CanaryStory.CANARY_IN_HEX;
import static keepwell.account.CanaryStory.PATIENCE;
import static keepwell.account.CanaryStory.UNKNOWN;
import static keepwell.account.CanaryStory.erase;
import static keepwell.account.CanaryStory.execute;
import static keepwell.account.CanaryStory.follow;
import static keepwell.account.CanaryStory.live;
import static keepwell.account.CanaryStory.record;
import static keepwell.account.CanaryStory.shown;
import static keepwell.account.CanaryStory.signals;
import static keepwell.account.HostedAccounts.persistenceId;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Standing;
import keepwell.journal.Dump;
import keepwell.journal.TestDatabase;
import keepwell.portfolio.Catalogue;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A second incarnation of an account that slept through its erasure. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StaleTwinTest {
  @TempDir Path data;

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
          .succeedsWithin(PATIENCE)
          .isEqualTo(Refusal.of(Code.UNAVAILABLE)); // it has failed, and has stopped
      ActorRef<Command> again = hosted.twin("canary-1");
      Recorded later = (Recorded) hosted.answer(() -> hosted.ask(again, CanaryCommands::record));
      assertThat(later.refusals()).containsExactly(new Refusal(Code.ERASED, "at", 0));
      root.detachAppender(log);
      assertThat(log.list.stream().map(StaleTwinTest::text))
          .noneMatch(text -> text.contains(CANARY) || text.contains(CANARY_IN_HEX));
      Answer shown = hosted.answer(() -> hosted.ask(again, CanaryCommands::show));
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

    static Command record(ActorRef<Answer> replyTo) {
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
          .startsWith(persistenceId("canary-1") + "|21|");
    }
  }
}
