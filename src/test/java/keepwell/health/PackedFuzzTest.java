package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import keepwell.fuzz.Fuzz;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What snapshots hold packed, when it is not as it was packed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackedFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final Days DAYS = new Days(ZoneOffset.UTC);
  private static final int TODAY = DAYS.of(AT);

  /** Of a few keys: some days with few signals, values of every shape, crowds of users. */
  private static List<Signal> signals() {
    Random random = new Random(1);
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Instant at = AT.minus(random.nextInt(200), ChronoUnit.HOURS);
      signals.add(new Signal("login", 1, at, random.nextLong(), 0, random.nextLong()));
      signals.add(new Signal("hours", random.nextInt(9) / 8.0, at, i % 5, i % 3, 0));
      signals.add(new Signal("arr", random.nextGaussian() * 1e12, at, 0, 0, i));
    }
    return signals;
  }

  @Test
  void facts_that_can_be_read_can_be_scored_and_written_and_others_are_refused() throws Exception {
    List<byte[]> samples =
        List.of(
            Facts.NONE.encoded(),
            Facts.NONE.plus(signals().subList(0, 3), DAYS).encoded(),
            Facts.NONE.plus(signals(), DAYS).encoded());
    new Fuzz("facts", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input -> {
                  Facts facts = taken(Facts::decoded, input);
                  if (facts != null) {
                    assertThat(Facts.decoded(facts.encoded()).encoded()).isEqualTo(facts.encoded());
                    use(facts);
                  }
                }));
  }

  private static void use(Facts facts) {
    for (SignalFacts of : facts.facts) {
      of.sum(TODAY - 28, TODAY);
      of.mean(Integer.MIN_VALUE, Integer.MAX_VALUE);
      of.latest(TODAY - 7, TODAY);
      of.nextChange(TODAY, 28, 0);
      of.users.count(TODAY - 90, TODAY);
      of.items.pairs(TODAY - 28, TODAY);
    }
    facts.plus(signals(), DAYS);
  }

  @Test
  void remembered_ids_that_can_be_read_can_be_used_and_written_and_others_are_refused()
      throws Exception {
    List<byte[]> samples =
        List.of(
            RememberedIds.NONE.encoded(),
            RememberedIds.NONE.plus(signals(), AT).plus(signals(), AT.plusSeconds(90)).encoded());
    new Fuzz("remembered-ids", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input -> {
                  RememberedIds ids = taken(RememberedIds::decoded, input);
                  if (ids != null) {
                    assertThat(RememberedIds.decoded(ids.encoded()).encoded())
                        .isEqualTo(ids.encoded());
                    ids.plus(signals(), AT);
                  }
                }));
  }

  /** What is read; null if it is refused as it may be. */
  private static <T> T taken(Function<byte[], T> decode, byte[] input) {
    try {
      return decode.apply(input);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
