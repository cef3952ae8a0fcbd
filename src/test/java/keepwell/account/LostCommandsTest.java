package keepwell.account;

import static keepwell.account.CanaryStory.PATIENCE;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.ShardingEnvelope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import keepwell.account.Command.Passivate;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LostCommandsTest {
  @TempDir Path data;

  @Test
  void a_command_that_comes_when_its_account_has_just_stopped_is_answered() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      TestProbe<Answer> probe = hosted.probe();
      Command show = new ShowStanding("acme", Optional.empty(), probe.ref());
      ActorRef<Command> account = hosted.twin("acme");
      account.tell(show);
      probe.expectMessage(PATIENCE, new Refusal(Code.ACCOUNT_UNKNOWN, "", 0));
      account.tell(Passivate.INSTANCE);
      account.tell(show);
      probe.expectMessage(PATIENCE, Refusal.of(Code.MOVED));
    }
  }

  /** As Akka tells of it: a region drops what waits in it for a shard that is handed off. */
  @Test
  void a_command_that_waited_for_a_shard_that_moves_away_is_answered() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      TestProbe<Answer> probe = hosted.probe();
      Command show = new ShowStanding("acme", Optional.empty(), probe.ref());
      probe.awaitAssert(
          PATIENCE, // it may not be looked for yet
          () -> {
            hosted.drop(new ShardingEnvelope<>("acme", show));
            return probe.expectMessage(Refusal.of(Code.MOVED));
          });
    }
  }
}
