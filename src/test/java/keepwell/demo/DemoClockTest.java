package keepwell.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoClockTest {
  private final AtomicReference<Instant> real =
      new AtomicReference<>(Instant.parse("2026-03-03T08:00:00Z"));
  private final DemoClock clock = new DemoClock(real::get);

  @Test
  void it_begins_with_the_first_day_that_is_lived_through() {
    assertThat(clock.today()).isEqualTo("2026-03-03");
    assertThat(clock.first()).isEqualTo("2026-02-19");
    assertThat(clock.instant()).isEqualTo("2026-02-19T00:00:00Z");
  }

  @Test
  void it_leaps_ahead_goes_on_and_catches_up() {
    clock.leap(LocalDate.parse("2026-02-20"), LocalTime.of(17, 0));
    real.set(real.get().plusSeconds(30));
    assertThat(clock.instant()).isEqualTo("2026-02-20T17:00:30Z");
    clock.catchUp();
    assertThat(clock.instant()).isEqualTo("2026-03-03T08:00:30Z");
  }
}
