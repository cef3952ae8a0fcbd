package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.health.Answer;
import keepwell.health.Reviewed;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.ScorecardVersions;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.journal.TestJournal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New thresholds reach every account, as new scorecards do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThresholdsRescoringTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;
  private final AtomicReference<Thresholds> thresholds = new AtomicReference<>(Thresholds.NONE);
  private final Queue<String> looked = new ConcurrentLinkedQueue<>();

  private CompletionStage<Answer> look(String persistenceId, int version) {
    looked.add(persistenceId);
    return CompletableFuture.completedFuture(new Reviewed(true));
  }

  private Rescoring rescoring(Database database, Portfolio portfolio) throws SQLException {
    return new Rescoring(
        database,
        portfolio,
        ScorecardVersions.load(database, Map.of("scorecards", List.of()), NOW),
        thresholds::get,
        () -> {},
        InstantSource.fixed(NOW),
        this::look,
        10_000,
        new SimpleMeterRegistry());
  }

  private static RescoringProgress progress(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return RescoringProgress.read(connection);
    }
  }

  private static void awaitCovers(Database database, int thresholds) {
    Awaitility.await().until(() -> progress(database).covers(1, thresholds));
  }

  @ParameterizedTest
  @EnumSource
  void each_is_looked_at_once_for_each_change_of_them_also_after_a_restart(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data);
        Portfolio portfolio =
            Portfolio.follow(
                database,
                journal.follower(database),
                new Seal(new byte[32]),
                Lives.DAYS,
                ForkJoinPool.commonPool())) {
      new Lives(database, journal, 7).live(10, 60);
      assertThat(portfolio.awaitCaughtUp(PATIENCE)).isTrue();
      try (Rescoring node = rescoring(database, portfolio)) {
        awaitCovers(database, 0);
        looked.clear();
        thresholds.set(new Thresholds(1, List.of(60.0)));
        awaitCovers(database, 1);
        assertThat(looked).isNotEmpty().doesNotHaveDuplicates();
        assertThat(node.status().progress().rescored()).isEqualTo(looked.size());
      }
      int accounts = looked.size();
      looked.clear();
      try (Rescoring same = rescoring(database, portfolio)) {
        assertThat(same.status().progress().left()).isZero();
      }
      thresholds.set(new Thresholds(4, List.of(40.0)));
      try (Rescoring later = rescoring(database, portfolio)) {
        awaitCovers(database, 4);
        assertThat(looked).hasSize(accounts).doesNotHaveDuplicates();
        assertThat(later.status().progress().version()).isEqualTo(1);
      }
    }
  }
}
