package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringPanelTest {
  private static RescoringPanel panel(long rescored, Optional<Instant> endedAt, int inForce) {
    RescoringProgress progress =
        new RescoringProgress(3, 0, "", rescored, 12_000, Instant.EPOCH, endedAt);
    return RescoringPanel.of(
        new Rescoring.Status(progress, Optional.of(Duration.ofSeconds(110))), inForce);
  }

  @Test
  void it_says_how_far_it_is_and_when_it_will_be_over() {
    assertThat(panel(4_999, Optional.empty(), 3))
        .isEqualTo(
            new RescoringPanel(
                "Accounts are rescored by version 3",
                4_999,
                12_000,
                "4,999 of 12,000 accounts, about 2 minutes left",
                false));
  }

  @Test
  void before_it_begins_it_says_that_it_will() {
    assertThat(panel(12_000, Optional.of(Instant.EPOCH), 4).what())
        .isEqualTo("Accounts are about to be rescored by version 4");
    assertThat(panel(12_000, Optional.of(Instant.EPOCH), 4).ended()).isFalse();
  }

  @Test
  void it_says_when_it_is_over() {
    RescoringPanel panel = panel(12_000, Optional.of(Instant.EPOCH), 3);
    assertThat(panel.what()).isEqualTo("All accounts have been rescored by version 3");
    assertThat(panel.ended()).isTrue();
  }
}
