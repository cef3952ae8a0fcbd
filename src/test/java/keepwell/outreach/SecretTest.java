package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretTest {
  private static String written(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void it_has_from_24_to_64_bytes_and_is_written_as_it_was_read(int bytes) {
    assertThat(Secret.read(written(bytes)).map(Secret::text)).hasValue(written(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65})
  void another_length_is_refused_and_named(int bytes) {
    assertThat(Secret.read(written(bytes))).isEmpty();
    assertThat(Secret.fault(written(bytes)))
        .isEqualTo("has %d bytes; it must have from 24 to 64".formatted(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void what_is_not_written_as_one_is_refused(String text) {
    assertThat(Secret.read(text)).isEmpty();
    assertThat(Secret.fault(text)).startsWith("must be whsec_");
  }

  @Test
  void those_that_are_made_differ() {
    assertThat(Secret.generated().text())
        .startsWith("whsec_")
        .isNotEqualTo(Secret.generated().text());
  }

  /** Made by HMAC-SHA256 of {@code id.timestamp.body} with another tool. */
  @Test
  void it_signs_as_the_specification_says() {
    Secret secret = Secret.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
    assertThat(
            secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void it_is_not_told_by_accident() {
    assertThat(Secret.generated().toString()).isEqualTo("Secret");
  }
}
