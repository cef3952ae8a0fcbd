package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.journal.TestJournal;
import keepwell.portfolio.Overview.Group;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sums over the accounts that have a value of a label, asked for by themselves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverviewOfLabelTest {
  @AutoClose private static final TestJournal journal = new TestJournal();

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void one_group_is_what_it_is_among_all_and_values_come_in_their_order(TestDatabase kind)
      throws SQLException {
    try (Database database = kind.open(data)) {
      Lives lives = new Lives(database, journal, 11);
      lives.live(20, 400);
      try (Portfolio portfolio =
          Portfolio.follow(
              database,
              journal.follower(database),
              new Seal(new byte[32]),
              Lives.DAYS,
              ForkJoinPool.commonPool())) {
        assertThat(portfolio.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        List<Group> groups = portfolio.overview(Optional.of("owner"), lives.today()).groups();
        assertThat(groups).hasSizeGreaterThan(1);
        assertThat(portfolio.values("owner")).isEqualTo(groups.stream().map(Group::value).toList());
        for (Group group : groups) {
          assertThat(portfolio.group("owner", group.value(), lives.today())).isEqualTo(group);
        }
        assertThat(portfolio.group("owner", "nobody", lives.today()))
            .isEqualTo(new Group("nobody", List.of(), List.of(), List.of(), List.of()));
      }
    }
  }
}
