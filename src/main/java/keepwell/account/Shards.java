package keepwell.account;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.HashCodeMessageExtractor;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.account.Command.Passivate;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Answer;

/**
 * The shards that accounts are in. Each is placed on a node when something of it is first asked
 * for, one after the other; of a new cluster that is asked for many accounts at once the last would
 * wait for seconds.
 */
final class Shards {
  /** For all of them. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Shards() {}

  /**
   * Has every shard placed.
   *
   * @return completes when they are, or when there is no more patience
   */
  static CompletionStage<?> place(ActorSystem<?> system, ClusterSharding sharding) {
    List<CompletableFuture<?>> placed = new ArrayList<>();
    for (String entityId : oneOfEach(ClusterShardingSettings.create(system).numberOfShards())) {
      EntityRef<Command> nobody = sharding.entityRefFor(Accounts.KEY, entityId);
      placed.add(
          nobody
              .<Answer>ask(replyTo -> new ShowStanding("", Optional.empty(), replyTo), PATIENCE)
              .thenRun(() -> nobody.tell(Passivate.INSTANCE))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(placed.toArray(CompletableFuture[]::new))
        .handle((done, late) -> null);
  }

  /** Entity ids that no account has. */
  private static List<String> oneOfEach(int shards) {
    var extractor = new HashCodeMessageExtractor<Command>(shards);
    List<String> entityIds = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; seen.size() < shards; i++) {
      String entityId = Integer.toString(i);
      if (seen.add(extractor.shardId(entityId))) {
        entityIds.add(entityId);
      }
    }
    return entityIds;
  }
}
