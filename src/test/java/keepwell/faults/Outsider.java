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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.faults.Sent.Outcome;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Signal;
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
      new Accounts.Limits(10_000, Duration.ofSeconds(3), 10);

  private static final Recorded NOTHING =
      new Recorded(0, 0, List.of(), OptionalDouble.empty(), Optional.empty());

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
            installation.productClock(InstantSource.system()),
            InstantSource.system(),
            LIMITS);
  }

  /** That of a database whose first start is over. */
  static Installation installation(Database database) throws SQLException {
    return Installation.settle(
        database, Installation.proposed(ZoneOffset.UTC, Instant.EPOCH, Optional.empty(), 1));
  }

  @Override
  public CompletableFuture<Receipt> deliver(List<Sent> signals, Random random) {
    Outcome[] outcomes = new Outcome[signals.size()];
    Map<String, List<Integer>> byAccount =
        IntStream.range(0, signals.size())
            .boxed()
            .collect(Collectors.groupingBy(i -> signals.get(i).account));
    List<CompletableFuture<Recorded>> answers = new ArrayList<>();
    byAccount.forEach(
        (account, places) -> {
          List<Signal> batch =
              places.stream().map(i -> signals.get(i).signal(fingerprint)).toList();
          answers.add(
              accounts
                  .record(account, batch, false)
                  .toCompletableFuture()
                  .handle(
                      (answer, failure) -> {
                        Outcome outcome =
                            failure != null
                                ? Outcome.UNKNOWN
                                : answer instanceof Recorded
                                    ? Outcome.OK
                                    : isBusy(answer) ? Outcome.FAILED : Outcome.UNKNOWN;
                        places.forEach(i -> outcomes[i] = outcome);
                        Recorded known = answer instanceof Recorded recorded ? recorded : NOTHING;
                        for (Refusal refusal : known.refusals()) {
                          outcomes[places.get(refusal.index())] = Outcome.FAILED;
                        }
                        return known;
                      }));
        });
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new Receipt(
                    Arrays.asList(outcomes),
                    answers.stream().mapToInt(answer -> answer.join().accepted()).sum(),
                    answers.stream().mapToInt(answer -> answer.join().duplicates()).sum()));
  }

  /** Refused before anything was done. */
  private static boolean isBusy(Answer answer) {
    return answer instanceof Refusal refusal && refusal.code() == Refusal.Code.BUSY;
  }

  @Override
  public void close() {
    ActorTestKit.shutdown(system, Duration.ofSeconds(60));
    database.close();
    LOG.setLevel(null);
  }
}
