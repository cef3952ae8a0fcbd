package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TenthsTest {

  @Test
  void parts_add_up_to_what_is_shown_and_none_is_more_than_a_tenth_off() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double from = random.nextInt(1_000_000) / 1e4;
      double[] parts = new double[4];
      for (int p = 0; p < parts.length; p++) {
        parts[p] = random.nextInt(3) == 0 ? 0 : (random.nextInt(400_000) - 200_000) / 1e4;
      }
      long total = Tenths.tenths(from + Arrays.stream(parts).sum()) - Tenths.tenths(from);
      long[] split =
          Tenths.split(
              total,
              Arrays.stream(parts).mapToObj(OptionalDouble::of).toArray(OptionalDouble[]::new));
      assertThat(Arrays.stream(split).sum()).isEqualTo(total);
      for (int p = 0; p < parts.length; p++) {
        assertThat(Math.abs(split[p] - parts[p] * 10)).isLessThanOrEqualTo(1.0001);
      }
    }
  }

  @Test
  void one_tenth_less_than_nothing_is_shown_with_its_sign() {
    assertThat(Tenths.signed(-1)).isEqualTo("−0.1");
    assertThat(Tenths.signed(10)).isEqualTo("+1.0");
    assertThat(Tenths.points(10)).isEqualTo("1.0 point");
    assertThat(Tenths.shown(Tenths.tenths(49.95))).isEqualTo("50.0");
  }
}
