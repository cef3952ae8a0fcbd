package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What this node has asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InFlightTest {
  private static final Config ALONE =
      ConfigFactory.parseString(
          """
          akka.remote.artery.canonical.port = 0
          akka.cluster.downing-provider-class = ""
          akka.cluster.run-coordinated-shutdown-when-down = off
          """);
  private static final Answer UNKNOWN = new Refusal(Code.ACCOUNT_UNKNOWN, "", 0);
  private static final Answer BUSY = Refusal.of(Code.BUSY);

  private long nanos = Long.MAX_VALUE - 5;
  private final InFlight inFlight = new InFlight(2, () -> nanos);

  private CompletableFuture<Answer> ask(CompletableFuture<Answer> answer) {
    return inFlight.ask(() -> answer).toCompletableFuture();
  }

  @Test
  void beyond_the_limit_nothing_is_asked_until_something_is_answered() {
    CompletableFuture<Answer> first = new CompletableFuture<>();
    CompletableFuture<Answer> asked = ask(first);
    CompletableFuture<Answer> failed = ask(new CompletableFuture<>());
    assertThat(ask(first)).isCompletedWithValue(BUSY);
    first.complete(UNKNOWN);
    assertThat(asked).isCompletedWithValue(UNKNOWN);
    assertThat(ask(new CompletableFuture<>())).isNotDone();
    assertThat(ask(new CompletableFuture<>())).isCompletedWithValue(BUSY);
    assertThat(failed).isNotDone();
  }

  @Test
  void a_failure_makes_room_too() {
    CompletableFuture<Answer> failing = new CompletableFuture<>();
    CompletableFuture<Answer> asked = ask(failing);
    assertThat(ask(new CompletableFuture<>())).isNotDone();
    failing.completeExceptionally(new IllegalStateException("no"));
    assertThat(asked).isCompletedExceptionally();
    assertThat(ask(new CompletableFuture<>())).isNotDone();
  }

  @Test
  void when_a_node_has_gone_only_those_wait_on_who_have_just_begun() {
    CompletableFuture<Answer> early = ask(new CompletableFuture<>());
    nanos += InFlight.DOUBTED_AFTER.toNanos();
    CompletableFuture<Answer> late = ask(new CompletableFuture<>());
    inFlight.nodeGone();
    assertThat(early)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class);
    assertThat(late).isNotDone();
    // The account may still be busy with it.
    assertThat(ask(new CompletableFuture<>())).isCompletedWithValue(BUSY);
  }

  @Test
  void it_learns_from_the_cluster_that_a_node_has_gone() {
    ActorTestKit kit = ActorTestKit.create(ALONE.withFallback(ConfigFactory.load()));
    try {
      kit.spawn(inFlight.watch());
      Cluster cluster = Cluster.get(kit.system());
      Address self = cluster.selfMember().address();
      cluster.manager().tell(Join.create(self));
      Awaitility.await().until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
      CompletableFuture<Answer> asked = ask(new CompletableFuture<>());
      nanos += InFlight.DOUBTED_AFTER.toNanos();
      cluster.manager().tell(new Down(self));
      assertThat(asked)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutException.class);
    } finally {
      kit.shutdownTestKit();
    }
  }
}
