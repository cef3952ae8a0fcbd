package keepwell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import keepwell.faults.CommitFaults.Cut;
import keepwell.faults.Findings.Kind;
import keepwell.journal.Database;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every acknowledged signal is in the score exactly once, whatever happens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {
  /** How many signals are to be acknowledged, at least. */
  private static final int SIGNALS = Integer.getInteger("faults.signals", 5_000);

  private static final int KILLS = Integer.getInteger("faults.kills", 3);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  /** In the short run of every build all is over sooner. */
  private static final double LENGTH = SIGNALS < 100_000 ? 0.2 : 1;

  private static final int CUTS = 10;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void three_nodes_on_one_database_count_every_acknowledged_signal_once() throws Exception {
    try (Fleet fleet =
        new Fleet(folder, 3, Duration.ofMillis((long) (10_000 * LENGTH)), List.of())) {
      Trial trial = new Trial(300, fleet.hosts(), fleet.postgres().url());
      Faults faults = new Faults(trial, fleet, SEED, LENGTH);
      Findings findings = trial.run(SEED, () -> faults.run(List.of(Fault.values()), SIGNALS));
      assertThat(findings.counts()).as(findings.toString()).isEmpty();
    }
  }

  @Test
  void an_embedded_database_killed_again_and_again_counts_every_acknowledged_signal_once()
      throws Exception {
    try (Host host = embedded(List.of())) {
      Findings findings = killed(host, 50, KILLS);
      assertThat(findings.counts()).as(findings.toString()).isEmpty();
    }
  }

  private Host embedded(List<String> jvmOptions) {
    return Host.embedded(folder, jvmOptions);
  }

  private Findings killed(Host host, int accounts, int kills) throws Exception {
    Trial trial = new Trial(accounts, List.of(host), Database.embeddedUrl(folder));
    Random random = new Random(SEED);
    return trial.run(
        SEED,
        () -> {
          for (int i = 0; i < kills; i++) {
            trial.untilMore(500 + random.nextInt(500));
            host.kill(Duration.ZERO);
          }
          trial.untilMore(500);
        });
  }

  @Test
  void a_build_that_answers_before_it_stores_is_found_out() throws Exception {
    List<String> mutant = Mutant.ANSWERS_BEFORE_IT_STORES.compiled(folder);
    try (Fleet fleet = new Fleet(folder, 1, Duration.ZERO, mutant)) {
      Trial trial = new Trial(50, fleet.hosts(), fleet.postgres().url());
      Findings findings =
          trial.run(
              SEED,
              () -> {
                // One at a time: while writes fail one is let through a second, mostly of a request
                // whose other accounts are refused, so that nothing of it is acknowledged.
                for (int i = 1; i <= CUTS; i++) {
                  int cuts = i;
                  trial.untilMore(100);
                  fleet.commits().arm(Cut.BEFORE, 1);
                  trial.until(() -> fleet.commits().done() == cuts);
                }
              });
      assertThat(findings.counts()).containsKey(Kind.LOST).doesNotContainKey(Kind.MISNUMBERED);
    }
  }

  @Test
  void a_build_that_keeps_no_ids_in_snapshots_is_found_out() throws Exception {
    try (Host host = embedded(Mutant.KEEPS_NO_IDS_IN_SNAPSHOTS.compiled(folder))) {
      Trial trial = new Trial(5, List.of(host), Database.embeddedUrl(folder));
      Findings findings =
          trial.run(
              SEED,
              () -> {
                trial.untilMore(500);
                host.signal("TERM"); // a killed node might not have stored any yet
                trial.until(() -> host.starts() == 2);
                trial.untilMore(500);
              });
      assertThat(findings.counts())
          .containsKey(Kind.TWICE)
          .doesNotContainKeys(Kind.LOST, Kind.MISNUMBERED);
    }
  }

  @Test
  void a_build_that_knows_no_duplicate_is_found_out() throws Exception {
    try (Host host = embedded(Mutant.KNOWS_NO_DUPLICATE.compiled(folder))) {
      assertThat(killed(host, 50, 0).counts())
          .containsKey(Kind.TWICE)
          .doesNotContainKeys(Kind.LOST, Kind.MISNUMBERED);
    }
  }
}
