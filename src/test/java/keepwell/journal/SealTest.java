package keepwell.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SealTest {
  private final Seal seal = new Seal(new byte[32]);
  private final Seal other = new Seal("another secret of thirty-two byte".getBytes(UTF_8));

  @Test
  void what_is_sealed_is_read_by_its_installation_alone() {
    byte[] closed = seal.close("acme".getBytes(UTF_8));
    assertThat(new String(closed, UTF_8)).doesNotContain("acme");
    assertThat(seal.open(closed)).hasValue("acme".getBytes(UTF_8));
    assertThat(new Seal(new byte[32]).open(closed)).isPresent();
    assertThat(other.open(closed)).isEmpty();
    assertThat(seal.close("acme".getBytes(UTF_8))).isNotEqualTo(closed);
  }

  @Test
  void whatever_is_changed_in_it_is_noticed() {
    byte[] closed = seal.close("acme".getBytes(UTF_8));
    for (int i = 0; i < closed.length; i++) {
      byte[] changed = closed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(changed)).isEmpty();
    }
    assertThat(seal.open(new byte[0])).isEmpty();
    assertThat(seal.open("acme".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void keys_and_numbers_are_the_same_each_time_and_others_elsewhere() {
    assertThat(seal.key("owner/dana"))
        .isEqualTo(new Seal(new byte[32]).key("owner/dana"))
        .hasSize(11)
        .isNotEqualTo(seal.key("owner/kim"))
        .isNotEqualTo(other.key("owner/dana"));
    assertThat(seal.number(2047)).isBetween(0, 2046).isNotEqualTo(other.number(2047));
  }
}
