package keepwell.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Judged;
import keepwell.health.Outcome;
import keepwell.truth.Split.Part;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SplitTest {
  private static Judged labelled(String value) {
    return new Judged("a", Optional.ofNullable(value), Outcome.RENEWED, 0, List.of());
  }

  @Test
  void without_a_label_it_is_by_chance() {
    Split split = new Split(Optional.empty(), Set.of(), Set.of(), 0.7);
    assertThat(split.of(labelled(null), 0.69)).isEqualTo(Part.TRAIN);
    assertThat(split.of(labelled(null), 0.7)).isEqualTo(Part.HELD_OUT);
  }

  @Test
  void by_a_label_those_are_left_out_that_are_not_named() {
    Split split = new Split(Optional.of("run"), Set.of("one"), Set.of("two"), 0.7);
    assertThat(split.of(labelled("one"), 0.9)).isEqualTo(Part.TRAIN);
    assertThat(split.of(labelled("two"), 0.1)).isEqualTo(Part.HELD_OUT);
    assertThat(split.of(labelled("three"), 0.1)).isEqualTo(Part.NEITHER);
    assertThat(split.of(labelled(null), 0.1)).isEqualTo(Part.NEITHER);
  }

  @Test
  void if_nothing_is_named_that_is_held_out_all_others_are() {
    Split split = new Split(Optional.of("run"), Set.of("one"), Set.of(), 0.7);
    assertThat(split.of(labelled("three"), 0.1)).isEqualTo(Part.HELD_OUT);
    assertThat(split.of(labelled(null), 0.1)).isEqualTo(Part.HELD_OUT);
  }
}
