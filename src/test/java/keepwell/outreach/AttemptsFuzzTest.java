package keepwell.outreach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import keepwell.fuzz.Fuzz;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Attempts that are not as they were stored. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttemptsFuzzTest {
  private static final int ROUNDS = 10_000;

  @Test
  void attempts_that_can_be_read_can_be_written_and_others_are_refused() throws Exception {
    Attempt refused = attempt(Optional.of(503), Optional.of("answered 503"));
    List<byte[]> samples =
        List.of(
            bytes(List.of()), bytes(List.of(refused, attempt(Optional.of(204), Optional.empty()))));
    new Fuzz("attempts", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input -> {
                  List<Attempt> attempts = read(input);
                  assertThat(AttemptsJson.read(AttemptsJson.text(attempts))).isEqualTo(attempts);
                }));
  }

  private static Attempt attempt(Optional<Integer> status, Optional<String> problem) {
    return new Attempt(
        Instant.ofEpochMilli(1), Duration.ofMillis(2), status, problem, Optional.empty());
  }

  private static byte[] bytes(List<Attempt> attempts) {
    return AttemptsJson.text(attempts).getBytes(UTF_8);
  }

  /** What is read; none if it is refused as it may be. */
  private static List<Attempt> read(byte[] input) {
    try {
      return AttemptsJson.read(new String(input, UTF_8));
    } catch (IllegalStateException e) {
      return List.of();
    }
  }
}
