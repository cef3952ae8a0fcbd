package keepwell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every acknowledged signal is in the score exactly once, whatever happens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {
  private static final Logger LOG = LoggerFactory.getLogger(FaultsTest.class);

  /** How many signals are to be acknowledged, at least; the short run of every build by default. */
  private static final int SIGNALS = Integer.getInteger("faults.signals", 5_000);

  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
  private static final boolean SHORT = SIGNALS < 100_000;
  private static final double LENGTH = SHORT ? 0.2 : 1;
  private static final int NODES = Integer.getInteger("faults.nodes", 3);
  private static final int ACCOUNTS = 300;
  private static final int CLIENTS = 16;
  private static final Duration LATE_COMMIT = Duration.ofSeconds(SHORT ? 3 : 10);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void every_acknowledged_signal_is_in_the_score_exactly_once() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    History history = new History(ACCOUNTS);
    Findings findings = new Findings();
    Map<String, Object> counts = new TreeMap<>();
    counts.put("seed", SEED);
    try (Fleet fleet = new Fleet(folder, NODES, LATE_COMMIT, List.of())) {
      fleet.hosts().get(0).up();
      fleet.hosts().get(0).untilReady();
      Standings.putScorecard(client, fleet.hosts().get(0).uri());
      fleet.hosts().forEach(Host::up);
      fleet.hosts().forEach(Host::untilReady);
      LOG.atInfo().addKeyValue("folder", folder).log("Faults begin");
      List<HttpDoor> doors =
          fleet.hosts().stream().map(host -> new HttpDoor(client, host.uri(), findings)).toList();
      Clients clients = new Clients(history, doors, findings);
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> healed = new CompletableFuture<>();
      CompletableFuture<Void> sent = clients.start(CLIENTS, SEED, enough::get, healed);
      List<Fault> kinds = new ArrayList<>(List.of(Fault.values()));
      if (NODES == 1) {
        kinds.remove(Fault.NODE_CUT_OFF);
      }
      Faults faults = new Faults(fleet, history, kinds, SEED, LENGTH);
      try {
        faults.run(SIGNALS);
      } finally {
        enough.set(true);
        healed.complete(null);
      }
      sent.join();
      clients.conclude();
      counts.put("faults", faults.injected());
      counts.put("commits cut", fleet.commits().done());
      counts.put("nodes started", fleet.hosts().stream().mapToInt(Host::starts).sum());
      counts.putAll(
          new Checker(client, history, findings).check(fleet.hosts(), fleet.postgres().url()));
    }
    counts.putAll(history.counts());
    counts.forEach((key, value) -> LOG.atInfo().addKeyValue("value", value).log(key));
    assertThat(findings.counts()).as(findings.toString()).isEmpty();
  }
}
