package keepwell.faults;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.faults.Sent.Outcome;
import keepwell.health.Answer;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.JournalDatabase;
import keepwell.journal.ScorecardVersions;
import org.slf4j.LoggerFactory;

/**
 * What must never be: a second cluster on the database of the first, in which every account lives a
 * second time.
 */
final class Outsider implements Door, AutoCloseable {
  private static final Map<String, Object> ALONE =
      Map.of(
          "keepwell.remote.port",
          0,
          "keepwell.management.port",
          0,
          "akka.cluster.downing-provider-class",
          "",
          "akka.loglevel",
          "OFF");

  /** What it logs would look as if something were wrong. */
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("keepwell.account");

  private static final Accounts.Limits LIMITS =
      new Accounts.Limits(10_000, Duration.ofSeconds(3), 10, new Capacity(1000, 50));

  private final Database database;
  private final ActorSystem<Void> system;
  private final Fingerprint fingerprint;
  private final Accounts accounts;

  Outsider(String url) throws SQLException {
    LOG.setLevel(Level.OFF);
    database = Database.open(url, "", "", 8);
    Installation installation = installation(database);
    fingerprint = new Fingerprint(installation.secret());
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "outsider",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    ConfigFactory.load(
                        ConfigFactory.parseMap(ALONE)
                            .withFallback(ConfigFactory.defaultApplication()))),
                new JournalDatabase.InSystem(database)));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    accounts =
        Accounts.host(
            system,
            fingerprint,
            new Days(installation.zone()),
            ScorecardVersions.load(database, Map.of(), Instant.EPOCH),
            () -> Thresholds.NONE,
            installation.productClock(InstantSource.system()),
            InstantSource.system(),
            LIMITS,
            new SimpleMeterRegistry());
  }

  /** That of a database whose first start is over. */
  static Installation installation(Database database) throws SQLException {
    return Installation.settle(
        database, Installation.proposed(ZoneOffset.UTC, Instant.EPOCH, Optional.empty(), 1));
  }

  @Override
  public CompletableFuture<Receipt> deliver(List<Sent> signals, Random random) {
    return signals.stream().collect(Collectors.groupingBy(sent -> sent.account)).values().stream()
        .map(this::deliver)
        .reduce((one, other) -> one.thenCombine(other, Receipt::plus))
        .orElseThrow();
  }

  private CompletableFuture<Receipt> deliver(List<Sent> ofOneAccount) {
    return accounts
        .record(
            ofOneAccount.get(0).account,
            ofOneAccount.stream().map(sent -> sent.signal(fingerprint)).toList(),
            false)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS) // one that is closing forgets who asked
        .handle(
            (answer, failure) ->
                failure == null
                    ? receipt(ofOneAccount, answer)
                    : Receipt.all(ofOneAccount, Outcome.UNKNOWN));
  }

  private static Receipt receipt(List<Sent> sent, Answer answer) {
    if (!(answer instanceof Recorded recorded)) {
      boolean undone = ((Refusal) answer).code() == Refusal.Code.BUSY;
      return Receipt.all(sent, undone ? Outcome.FAILED : Outcome.UNKNOWN);
    }
    Map<Sent, Outcome> outcomes = new HashMap<>(Receipt.all(sent, Outcome.OK).outcomes());
    recorded.refusals().forEach(refusal -> outcomes.put(sent.get(refusal.index()), Outcome.FAILED));
    return new Receipt(outcomes, recorded.accepted(), recorded.duplicates().size());
  }

  @Override
  public void close() {
    ActorTestKit.shutdown(system, Duration.ofSeconds(60));
    database.close();
    LOG.setLevel(null);
  }
}
