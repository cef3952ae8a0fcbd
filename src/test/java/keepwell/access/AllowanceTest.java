package keepwell.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AllowanceTest {
  /** Near the point where it goes on below zero, as it may. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

  private void wait(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  private static long granted(Allowance allowance, int requests) {
    return IntStream.range(0, requests).filter(i -> allowance.use().granted()).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 1_000_000})
  void so_many_are_granted_at_once_and_then_as_many_as_time_has_passed_for(int max) {
    Allowance allowance = new Allowance(max, nanos::get);
    assertThat(granted(allowance, max)).isEqualTo(max);
    assertThat(granted(allowance, 3)).isZero();
    wait(Duration.ofSeconds(1).dividedBy(max).multipliedBy(Math.max(1, max / 2)).plusNanos(1));
    assertThat(granted(allowance, max)).isEqualTo(Math.max(1, max / 2));
    wait(Duration.ofHours(1)); // what was not used is not saved
    assertThat(granted(allowance, max + 1)).isEqualTo(max);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void each_use_tells_how_many_are_left(int max) {
    Allowance allowance = new Allowance(max, nanos::get);
    assertThat(LongStream.range(0, max).map(i -> allowance.use().left()))
        .containsExactlyElementsOf(LongStream.range(0, max).map(i -> max - 1 - i).boxed().toList());
    assertThat(allowance.use()).isEqualTo(new Allowance.Use(false, max, 0));
  }
}
