package keepwell.account;

import akka.actor.BootstrapSetup;
import akka.actor.Dropped;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.japi.function.Function;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import keepwell.health.Answer;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;
import org.awaitility.Awaitility;

/**
 * Accounts hosted by a one-node cluster, without any door to them and nothing that follows them.
 */
final class HostedAccounts implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String RESIDENT_MAX =
      "akka.cluster.sharding.passivation.default-strategy.active-entity-limit";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Ten points for each login of the last week. */
  private static final Map<String, Object> SCORECARDS =
      Map.of(
          "scorecards",
          List.of(
              Map.of(
                  "key",
                  "logins",
                  "tiers",
                  List.of(Map.of("key", "red", "from", 0)),
                  "adjustments",
                  List.of(
                      Map.of("key", "login", "signal", "login", "points", 10, "window", "P7D")))));

  private static final Fingerprint FINGERPRINT = new Fingerprint(new byte[32]);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final int SNAPSHOT_EVERY = 5;
  private static final Capacity CAPACITY = new Capacity(1000, 50);

  private final Database database;
  private final ActorSystem<Void> system;
  private final AccountEntity.Setting setting;
  private final Accounts accounts;
  private int twins;

  /** On an embedded database in a folder. */
  HostedAccounts(Path data, Map<String, Object> settings) throws SQLException {
    this(Database.embeddedUrl(data), settings);
  }

  HostedAccounts(String url, Map<String, Object> settings) throws SQLException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("keepwell.remote.port", 0);
    all.put("keepwell.management.port", 0);
    database = Database.open(url, "", "", 8);
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "accounts",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    ConfigFactory.load(
                        ConfigFactory.parseMap(all)
                            .withFallback(ConfigFactory.defaultApplication()))),
                new JournalDatabase.InSystem(database)));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    setting =
        new AccountEntity.Setting(
            new Days(ZoneOffset.UTC),
            ScorecardVersions.load(database, SCORECARDS, NOW),
            () -> Thresholds.NONE,
            InstantSource.fixed(NOW),
            InstantSource.fixed(NOW),
            database.writes(),
            CAPACITY,
            SNAPSHOT_EVERY);
    accounts =
        Accounts.host(
            system,
            FINGERPRINT,
            setting.days(),
            setting.scorecards(),
            setting.thresholds(),
            setting.productClock(),
            setting.realClock(),
            new Accounts.Limits(10_000, Duration.ofSeconds(20), SNAPSHOT_EVERY, CAPACITY),
            new SimpleMeterRegistry());
  }

  /** What an account is called in the journal. */
  static String persistenceId(String account) {
    return "account-" + FINGERPRINT.entityId(account);
  }

  /** A second incarnation of an account, as on a node that does not know of this one. */
  ActorRef<Command> twin(String account) {
    return system.systemActorOf(
        AccountEntity.create(
            new EntityContext<>(Accounts.KEY, FINGERPRINT.entityId(account), system.ignoreRef()),
            setting),
        "twin-" + ++twins,
        Props.empty());
  }

  <T> CompletionStage<T> ask(ActorRef<Command> twin, Function<ActorRef<T>, Command> command) {
    return AskPattern.ask(twin, command, ANSWER_TIMEOUT, system.scheduler());
  }

  /** Who waits for answers without a time-out of his own. */
  TestProbe<Answer> probe() {
    return TestProbe.create(system);
  }

  /** As Akka drops what it can't deliver. */
  void drop(Object message) {
    ActorRef<Object> deadLetters = system.deadLetters();
    var nobody = akka.actor.ActorRef.noSender();
    deadLetters.tell(
        new Dropped(message, "Dropped by a test", nobody, Adapter.toClassic(deadLetters)));
  }

  Accounts accounts() {
    return accounts;
  }

  Database database() {
    return database;
  }

  /** What messages between nodes are written and read by. */
  Serialization serialization() {
    return SerializationExtension.get(Adapter.toClassic(system));
  }

  /** Waits for an answer, as a client that sends again what was not answered in time or refused. */
  Answer answer(Supplier<CompletionStage<Answer>> question) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              try {
                Answer answer = question.get().toCompletableFuture().join();
                return again(answer) ? null : answer;
              } catch (CompletionException e) {
                if (e.getCause() instanceof TimeoutException) {
                  return null;
                }
                throw e;
              }
            },
            Objects::nonNull);
  }

  private static boolean again(Answer answer) {
    return answer instanceof Refusal refusal
        && List.of(Code.BUSY, Code.UNAVAILABLE, Code.UNRECOVERED).contains(refusal.code());
  }

  /** How many accounts are in memory. */
  int resident() {
    CurrentShardRegionState state =
        AskPattern.<akka.cluster.sharding.typed.ClusterShardingQuery, CurrentShardRegionState>ask(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetShardRegionState(Accounts.KEY, replyTo),
                PATIENCE,
                system.scheduler())
            .toCompletableFuture()
            .join();
    return state.getShards().stream().mapToInt(shard -> shard.getEntityIds().size()).sum();
  }

  @Override
  public void close() {
    ActorTestKit.shutdown(system, PATIENCE);
    database.close();
  }
}
