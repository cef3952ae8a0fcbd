package keepwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import keepwell.cluster.Roster.Entry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whose beat stands still. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private long seconds = 1_000;
  private final Watch watch = new Watch(() -> seconds * 1_000_000_000);

  private static Entry node(long incarnation, long beat) {
    return new Entry("a", 1, incarnation, true, false, beat);
  }

  private void look(Entry... others) {
    watch.look(List.of(others));
  }

  @Test
  void a_beat_stands_still_once_it_has_not_moved_for_so_long_under_our_eyes() {
    look(node(1, 7));
    seconds += 9;
    look(node(1, 7));
    assertThat(watch.still(node(1, 7), TEN_SECONDS)).isFalse();
    seconds += 1;
    assertThat(watch.still(node(1, 7), TEN_SECONDS)).isTrue();
  }

  @Test
  void a_beat_that_moves_begins_anew() {
    look(node(1, 7));
    seconds += 20;
    look(node(1, 8));
    assertThat(watch.still(node(1, 8), TEN_SECONDS)).isFalse();
    seconds += 10;
    assertThat(watch.still(node(1, 8), TEN_SECONDS)).isTrue();
  }

  @Test
  void what_was_not_looked_at_is_not_still() {
    look(node(1, 7));
    seconds += 20;
    assertThat(watch.still(node(1, 8), TEN_SECONDS)).isFalse();
    assertThat(watch.still(node(2, 7), TEN_SECONDS)).isFalse();
  }

  @Test
  void another_start_at_the_same_address_is_another_node() {
    look(node(1, 7));
    seconds += 20;
    look(node(2, 7));
    assertThat(watch.still(node(2, 7), TEN_SECONDS)).isFalse();
  }

  @Test
  void a_time_in_which_nobody_could_be_looked_at_does_not_count() {
    look(node(1, 7));
    seconds += 60;
    watch.forget();
    look(node(1, 7));
    assertThat(watch.still(node(1, 7), TEN_SECONDS)).isFalse();
    seconds += 10;
    assertThat(watch.still(node(1, 7), TEN_SECONDS)).isTrue();
  }

  @Test
  void only_a_second_look_tells_that_a_beat_moves() {
    look(node(1, 7));
    assertThat(watch.moved(node(1, 7))).isFalse();
    look(node(1, 8));
    assertThat(watch.moved(node(1, 8))).isTrue();
  }
}
