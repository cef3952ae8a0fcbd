package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RememberedIdsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void an_id_is_remembered_for_a_day_of_real_time() {
    RememberedIds remembered = RememberedIds.NONE.plus(ids(1, 1), NOW);
    assertThat(knows(remembered, 1, NOW.plus(Duration.ofHours(24)))).isTrue();
    assertThat(knows(remembered, 1, NOW.plus(Duration.ofHours(24)).plusSeconds(1))).isFalse();
    assertThat(knows(remembered, 2, NOW)).isFalse();
  }

  @Test
  void what_is_too_old_takes_no_room() {
    RememberedIds remembered =
        RememberedIds.NONE
            .plus(ids(1, 3000), NOW)
            .plus(ids(3001, 3010), NOW.plusSeconds(60))
            .plus(ids(3011, 3011), NOW.plus(Duration.ofHours(24)).plusSeconds(1));
    assertThat(remembered.ids()).containsExactly(LongStream.rangeClosed(3001, 3011).toArray());
  }

  @Test
  void of_more_than_65536_the_oldest_go_first() {
    RememberedIds remembered = RememberedIds.NONE;
    for (int from = 1; from <= 70_000; from += 700) {
      remembered = remembered.plus(ids(from, from + 699), NOW);
    }
    assertThat(knows(remembered, 70_000, NOW)).isTrue();
    assertThat(knows(remembered, 70_000 - 65_536 + 1, NOW)).isTrue();
    assertThat(knows(remembered, 70_000 - 65_536, NOW)).isFalse();
    assertThat(remembered.ids().length).isLessThan(67_000);
  }

  @Test
  void they_survive_being_stored() {
    RememberedIds remembered = RememberedIds.NONE.plus(ids(1, 2500), NOW);
    RememberedIds stored = RememberedIds.decoded(remembered.encoded());
    assertThat(stored.ids()).isEqualTo(remembered.ids());
    assertThat(stored.encoded()).isEqualTo(remembered.encoded());
    assertThat(knows(stored, 2500, NOW.plus(Duration.ofHours(24)))).isTrue();
    assertThat(knows(stored, 2500, NOW.plus(Duration.ofHours(24)).plusSeconds(1))).isFalse();
  }

  @Test
  void whatever_the_ids_are_each_of_the_last_is_known_and_no_other() {
    Random random = new Random(7);
    List<Long> arrived = new ArrayList<>();
    RememberedIds remembered = RememberedIds.NONE;
    while (arrived.size() < 80_000) {
      // Some begin in the same place, some come again.
      List<Long> some =
          random
              .longs(1 + random.nextInt(3_000))
              .map(id -> random.nextInt(3) == 0 ? (id & ~0xfffL) | 1 : id)
              .map(id -> random.nextInt(9) == 0 ? 1 + random.nextInt(50) : id)
              .boxed()
              .toList();
      remembered =
          remembered.plus(
              some.stream().map(id -> new Signal("login", 1, NOW, 0, 0, id)).toList(), NOW);
      arrived.addAll(some);
    }
    Set<Long> last = new HashSet<>(last(arrived, 65_536));
    Set<Long> asked = new HashSet<>(arrived);
    random.longs(10_000).forEach(asked::add);
    assertThat(remembered.known(asked, NOW)).isEqualTo(last);
    assertThat(RememberedIds.decoded(remembered.encoded()).known(asked, NOW)).isEqualTo(last);
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(all.size() - count, all.size());
  }

  @Test
  void an_id_that_comes_again_after_its_time_is_known_again() {
    Instant later = NOW.plus(Duration.ofHours(25));
    RememberedIds remembered =
        RememberedIds.NONE
            .plus(ids(1, 10), NOW)
            .plus(ids(1001, 1500), later)
            .plus(ids(1, 600), later);
    assertThat(knows(remembered, 5, later.plus(Duration.ofHours(24)))).isTrue();
    assertThat(knows(remembered, 5, later.plus(Duration.ofHours(24)).plusSeconds(1))).isFalse();
  }

  @Test
  void signals_without_id_are_not_remembered() {
    assertThat(RememberedIds.NONE.plus(ids(0, 0), NOW).ids()).isEmpty();
  }

  private static List<Signal> ids(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(id -> new Signal("login", 1, NOW, 0, 0, id))
        .toList();
  }

  private static boolean knows(RememberedIds remembered, long id, Instant now) {
    return remembered.known(Set.of(id), now).contains(id);
  }
}
