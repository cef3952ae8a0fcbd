package keepwell.account;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import keepwell.health.Account;
import keepwell.health.Capacity;
import keepwell.health.Standing;
import keepwell.health.Thresholds;
import keepwell.health.TypicalAccount;
import keepwell.health.TypicalScorecard;
import keepwell.journal.Database;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;

/**
 * What many accounts in the memory of a node take, all told: their state, their actors and what
 * sharding keeps of them; and how long one takes to come back. Their snapshots are put into a new
 * embedded database first.
 */
public final class Residents {
  private static final int DIFFERENT = 1_024;
  private static final int ALONE = 3_000;
  private static final int AT_ONCE = 64;
  private static final int COLLECTIONS = 3;

  /** Kilobytes: what the database remembers would grow with each account that is read. */
  private static final String SMALL_CACHE = ";CACHE_SIZE=1024";

  private static final Fingerprint FINGERPRINT = new Fingerprint(new byte[32]);

  private final int count;
  private final Database database;
  private final ActorSystem<Void> system;
  private final Accounts accounts;

  private Residents(int count, Path data) throws IOException, SQLException {
    this.count = count;
    this.database = Database.open(Database.embeddedUrl(data) + SMALL_CACHE, "", "", 8);
    this.system =
        ActorSystem.create(
            Behaviors.empty(),
            "residents",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    ConfigFactory.parseMap(
                            Map.of(
                                "akka.remote.artery.canonical.port",
                                0,
                                "akka.cluster.sharding.passivation.default-strategy.active-entity-limit",
                                2 * count))
                        .withFallback(ConfigFactory.load())),
                new JournalDatabase.InSystem(database)));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    InstantSource clock = InstantSource.fixed(TypicalAccount.latest());
    this.accounts =
        Accounts.host(
            system,
            FINGERPRINT,
            TypicalAccount.days(),
            ScorecardVersions.load(database, TypicalScorecard.document(), clock.instant()),
            () -> Thresholds.NONE,
            clock,
            clock,
            new Accounts.Limits(10_000, Duration.ofSeconds(30), 100, new Capacity(1000, 50)),
            new SimpleMeterRegistry());
  }

  /**
   * @param args how many: more than those that are asked alone, before and after
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    if (count <= 2 * ALONE) {
      throw new IllegalArgumentException("accounts must be more than " + 2 * ALONE);
    }
    Residents residents = new Residents(count, Files.createTempDirectory("residents"));
    residents.measure();
    System.exit(0);
  }

  private void measure() throws SQLException, InterruptedException {
    store();
    for (int i = 0; i < ALONE; i++) {
      ask(i); // so that all code is there
    }
    long before = used();
    load(ALONE, count - ALONE);
    double bytes = (double) (used() - before) / (count - 2 * ALONE);
    long[] nanos = new long[ALONE];
    for (int i = 0; i < ALONE; i++) {
      long start = System.nanoTime();
      ask(count - ALONE + i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%,d resident accounts: %,.0f B of heap each; recovered one by one: %.2f ms median, %.2f ms"
            + " p99%n",
        count,
        bytes,
        nanos[ALONE / 2] / 1e6,
        nanos[ALONE * 99 / 100] / 1e6);
  }

  private void store() throws SQLException {
    var serialization = SerializationExtension.get(Adapter.toClassic(system));
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\","
                    + " \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\")"
                    + " VALUES (?, 200, 0, ?, ?, ?)")) {
      Account.Parts[] different =
          java.util.stream.IntStream.range(0, DIFFERENT)
              .mapToObj(seed -> TypicalAccount.parts(seed))
              .toArray(Account.Parts[]::new);
      for (int i = 0; i < count; i++) {
        Account.Parts parts = TypicalAccount.called(name(i), different[i % DIFFERENT]);
        insert.setString(1, "account-" + FINGERPRINT.entityId(name(i)));
        insert.setInt(2, serialization.findSerializerFor(parts).identifier());
        insert.setString(3, Account.Parts.class.getName());
        insert.setBytes(4, serialization.serialize(parts).get());
        insert.addBatch();
        if (i % 500 == 499 || i == count - 1) {
          insert.executeBatch();
        }
      }
    }
  }

  private static String name(int i) {
    return "customer-" + i;
  }

  private void load(int from, int to) throws InterruptedException {
    Semaphore turns = new Semaphore(AT_ONCE);
    for (int i = from; i < to; i++) {
      turns.acquire();
      var unused = show(i).whenComplete((standing, failure) -> turns.release());
    }
    turns.acquire(AT_ONCE);
  }

  private void ask(int i) {
    show(i).join();
  }

  private CompletableFuture<Standing> show(int i) {
    return accounts
        .show(name(i), Optional.empty())
        .thenApply(Standing.class::cast)
        .toCompletableFuture();
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
