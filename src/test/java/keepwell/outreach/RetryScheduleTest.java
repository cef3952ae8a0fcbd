package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static Stream<Duration> delays(double random) {
    return IntStream.rangeClosed(1, 9)
        .mapToObj(failures -> RetrySchedule.delay(failures, random).orElseThrow());
  }

  @Test
  void without_jitter_it_is_the_schedule_of_the_specification() {
    assertThat(delays(0))
        .extracting(Duration::toString)
        .containsExactly(
            "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
    assertThat(delays(0).reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.parse("PT75H35M5S"));
  }

  @Test
  void after_the_tenth_failure_there_is_no_further_attempt() {
    assertThat(RetrySchedule.delay(10, 0)).isEmpty();
  }

  @Test
  void a_delay_is_longer_by_chance_and_never_shorter() {
    assertThat(RetrySchedule.delay(1, 0.5)).hasValue(Duration.ofMillis(5500));
    assertThat(RetrySchedule.delay(1, 0.9999)).hasValue(Duration.ofSeconds(6));
  }

  @Test
  void who_refuses_everything_is_asked_after_twice_the_time_up_to_five_minutes() {
    assertThat(IntStream.range(0, 9).mapToObj(probes -> RetrySchedule.probe(probes, 0)))
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    assertThat(RetrySchedule.probe(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "' 7 ', PT7S",
    "0, PT1S",
    "99999999999999999999, P1D",
    "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
    "'Sun, 01 Mar 2026 11:00:00 GMT', PT1S",
    "'Fri, 01 Jan 2027 00:00:00 GMT', P1D"
  })
  void a_subscriber_may_put_off_by_seconds_or_until_a_date_from_a_second_to_a_day(
      String header, Duration delay) {
    assertThat(RetrySchedule.retryAfter(header, NOW)).isEqualTo(Optional.of(delay));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "2026-03-01T12:00:30Z"})
  void what_says_nothing_is_not_heeded(String header) {
    assertThat(RetrySchedule.retryAfter(header, NOW)).isEmpty();
  }
}
