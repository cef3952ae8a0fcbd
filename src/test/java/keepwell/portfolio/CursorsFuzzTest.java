package keepwell.portfolio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.fuzz.Fuzz;
import keepwell.journal.Seal;
import keepwell.portfolio.AccountQuery.Sort;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What was sealed and given out, when it does not come back as it was. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CursorsFuzzTest {
  private static final int ROUNDS = 5_000;
  private static final Seal SEAL = new Seal(new byte[32]);
  private static final AccountQuery QUERY =
      new AccountQuery(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          List.of(new Sort(AccountQuery.Key.NAME, false), new Sort(AccountQuery.Key.ARR, true)),
          10,
          Optional.empty());

  @Test
  void only_what_was_sealed_is_opened() throws Exception {
    byte[] secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".getBytes(UTF_8);
    List<byte[]> samples = List.of(SEAL.close(secret), SEAL.close(new byte[0]));
    new Fuzz("sealed", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input ->
                    assertThat(SEAL.open(input).isPresent())
                        .isEqualTo(samples.stream().anyMatch(each -> Arrays.equals(each, input)))));
  }

  @Test
  void only_a_cursor_that_was_given_out_is_a_place() throws Exception {
    Cursors cursors = new Cursors(SEAL);
    String cursor = cursors.cursor(QUERY, Listed.opened("acme"));
    new Fuzz("cursors", ROUNDS)
        .mutations(
            List.of(cursor.getBytes(ISO_8859_1)),
            Fuzz.frugally(
                input -> {
                  String text = new String(input, ISO_8859_1);
                  assertThat(cursors.place(QUERY, text).isPresent()).isEqualTo(text.equals(cursor));
                }));
  }
}
