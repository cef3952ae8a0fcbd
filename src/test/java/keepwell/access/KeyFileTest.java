package keepwell.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.access.ApiKey.Hash;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyFileTest {
  /** As {@code printf secret | sha256sum} says. */
  private static final String SECRET =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  private static final String OTHER = "0".repeat(64);

  @Test
  void a_line_has_name_scopes_hash_and_maybe_a_limit() throws UnusableException {
    String text =
        """
        # who has keys

        crm ingest sha256:%s
        \tkim@acme.example   read,ingest  sha256:%s 500/s   # until March
        """
            .formatted(SECRET, OTHER);
    assertThat(KeyFile.read(text))
        .containsExactly(
            new ApiKey("crm", Set.of(Scope.INGEST), Hash.of("secret"), OptionalInt.empty()),
            new ApiKey(
                "kim@acme.example",
                Set.of(Scope.READ, Scope.INGEST),
                new Hash(OTHER),
                OptionalInt.of(500)));
  }

  @Test
  void a_file_may_have_none() throws UnusableException {
    assertThat(KeyFile.read("")).isEmpty();
    assertThat(KeyFile.read("# none yet\r\n")).isEmpty();
  }

  @Test
  void a_line_that_is_written_is_read_as_it_was() throws UnusableException {
    ApiKey key =
        new ApiKey("a.b_c-1", Set.of(Scope.values()), Hash.of("x"), OptionalInt.of(1_000_000));
    assertThat(KeyFile.read(KeyFile.line(key))).isEqualTo(List.of(key));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          kw_secret, 'has 1 words instead of a name, scopes, a hash and maybe a limit'
          crm ingest sha256:% 5/s kw_secret, 'has 5 words instead of a name, scopes, a hash and maybe a limit'
          kw/secret ingest sha256:%, 'its name has other characters than letters, digits and ._@-'
          crm kw_secret sha256:%, 'its scopes are not some of ingest,read,admin'
          'crm ingest, sha256:%', 'its scopes are not some of ingest,read,admin'
          crm INGEST sha256:%, 'its scopes are not some of ingest,read,admin'
          crm ingest kw_secret, its hash is not sha256: and 64 of the digits 0-9a-f
          crm ingest %, its hash is not sha256: and 64 of the digits 0-9a-f
          crm ingest sha256:%0, its hash is not sha256: and 64 of the digits 0-9a-f
          crm ingest sha256:% kw_secret, its limit is not a number from 1 to 1000000 and /s
          crm ingest sha256:% 0/s, its limit is not a number from 1 to 1000000 and /s
          crm ingest sha256:% 1000001/s, its limit is not a number from 1 to 1000000 and /s
          crm ingest sha256:% 5/m, its limit is not a number from 1 to 1000000 and /s
          crm ingest sha256:!, its key is that of line 1
          """)
  void what_is_wrong_is_told_by_its_line_and_not_quoted(String line, String problem) {
    String text =
        "first read sha256:%s\n\n%s\n"
            .formatted(OTHER, line.replace("%", SECRET).replace("!", OTHER));
    assertThatThrownBy(() -> KeyFile.read(text))
        .isInstanceOf(UnusableException.class)
        .hasMessage("line 3: " + problem)
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_random_key_is_known_by_its_beginning_and_has_256_bits() {
    assertThat(ApiKey.random()).matches("kw_[A-Za-z0-9_-]{43}").isNotEqualTo(ApiKey.random());
  }

  @Test
  void admin_covers_all_scopes_and_the_others_only_themselves() {
    for (Scope scope : Scope.values()) {
      assertThat(Scope.ADMIN.covers(scope)).isTrue();
    }
    assertThat(Scope.READ.covers(Scope.INGEST)).isFalse();
    assertThat(Scope.INGEST.covers(Scope.READ)).isFalse();
    assertThat(Scope.READ.covers(Scope.ADMIN)).isFalse();
    assertThat(Scope.READ.covers(Scope.READ)).isTrue();
  }
}
