package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a query for accounts or sums is named. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountListFaultsTest {
  private static final String LONGEST = "😀".repeat(200);

  private static PortfolioNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PortfolioNode(data);
    node.signals("acme,mood,90", "globex,mood,60", "initech,mood,30");
    node.caughtUp();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "nope=1, nope",
    "Tier=red, Tier",
    "sort=size, sort",
    "sort=, sort",
    "'sort=score,', sort",
    "sort=--score, sort",
    "sort=Score, sort",
    "'sort=score,-score', sort",
    "'sort=arr,name,arr', sort",
    "limit=0, limit",
    "limit=1001, limit",
    "limit=-1, limit",
    "limit=abc, limit",
    "limit=, limit",
    "limit=99999999999, limit",
    "below=101, below",
    "below=-0.1, below",
    "below=NaN, below",
    "below=1e3, below",
    "below=, below",
    "below=5%2C5, below",
    "renewingWithin=30, renewingWithin",
    "renewingWithin=P0D, renewingWithin",
    "renewingWithin=P99999D, renewingWithin",
    "renewingWithin=P1M, renewingWithin",
    "renewingWithin=, renewingWithin",
    "closed=maybe, closed",
    "closed=, closed",
    "tier=, tier",
    "owner=, owner",
    "owner=a%00b, owner",
    "q=, q",
    "q=a&q=b, q",
    "cursor=, cursor",
    "cursor=garbage, cursor",
    "cursor=%25%25, cursor",
    "by=owner, by"
  })
  void a_parameter_that_is_wrong_is_named(String query, String field) {
    assertThat(node.refusedField("/v1/accounts?" + query)).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"by=tier, by", "by=, by", "by=Owner, by", "limit=5, limit", "by=owner&by=owner, by"})
  void a_parameter_of_the_sums_that_is_wrong_is_named(String query, String field) {
    assertThat(node.refusedField("/v1/portfolio?" + query)).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tier", "owner", "segment", "parent", "q"})
  void a_text_may_have_200_characters_and_no_more(String parameter) {
    String query = "/v1/accounts?" + parameter + "=";
    assertThat(node.got(query + Api.encoded(LONGEST)).get("items")).isEmpty();
    assertThat(node.refusedField(query + "x".repeat(201))).isEqualTo(parameter);
    assertThat(node.refusedField(query + Api.encoded(LONGEST) + "x")).isEqualTo(parameter);
  }

  private static String cursor(PortfolioNode of, String query) {
    return of.got("/v1/accounts?limit=1" + query).get("next").asText();
  }

  @Test
  void a_cursor_that_is_changed_in_any_character_is_refused() {
    String cursor = cursor(node, "");
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(node.refusedField("/v1/accounts?limit=1&cursor=" + changed)).isEqualTo("cursor");
    }
    for (String changed : new String[] {cursor + "A", cursor.substring(1), cursor + cursor}) {
      assertThat(node.refusedField("/v1/accounts?limit=1&cursor=" + changed)).isEqualTo("cursor");
    }
  }

  @Test
  void a_cursor_is_one_text_and_no_other_that_decodes_to_the_same() {
    String cursor = cursor(node, "");
    byte[] sealed = Base64.getUrlDecoder().decode(cursor);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int last : alphabet.chars().toArray()) {
      String other = cursor.substring(0, cursor.length() - 1) + (char) last;
      if (!other.equals(cursor) && Arrays.equals(Base64.getUrlDecoder().decode(other), sealed)) {
        assertThat(node.refusedField("/v1/accounts?limit=1&cursor=" + other)).isEqualTo("cursor");
      }
    }
  }

  @Test
  void a_cursor_of_another_query_is_refused_but_not_one_of_another_limit() {
    String cursor = "&cursor=" + cursor(node, "&sort=score,name&below=95");
    String path = "/v1/accounts?sort=score,name&below=95";
    assertThat(node.got(path + "&limit=2" + cursor).get("items")).hasSize(2);
    for (String other :
        new String[] {
          "?sort=score,name&below=96",
          "?sort=name,score&below=95",
          "?sort=-score,name&below=95",
          "?sort=score,name",
          "?sort=score,name&below=95&tier=red",
          "?sort=score,name&below=95&closed=true"
        }) {
      assertThat(node.refusedField("/v1/accounts" + other + cursor)).as(other).isEqualTo("cursor");
    }
  }

  @Test
  void a_cursor_of_another_installation_is_refused(@TempDir Path elsewhere) {
    try (PortfolioNode other = new PortfolioNode(elsewhere)) {
      other.signals("acme,mood,90", "globex,mood,60", "initech,mood,30");
      other.caughtUp();
      String cursor = cursor(other, "");
      assertThat(other.got("/v1/accounts?cursor=" + cursor).get("items")).hasSize(2);
      assertThat(node.refusedField("/v1/accounts?cursor=" + cursor)).isEqualTo("cursor");
    }
  }

  @Test
  void a_cursor_of_the_longest_texts_goes_on() {
    String path = "/v1/accounts?sort=name&limit=1&owner=" + Api.encoded(LONGEST);
    for (String end : new String[] {"a", "b"}) {
      String text = "😀".repeat(199) + end;
      node.labels(text, "{\"name\": \"%s\", \"owner\": \"%s\"}".formatted(text, LONGEST));
    }
    node.caughtUp();
    String next = node.got(path).get("next").asText();
    assertThat(node.got(path + "&cursor=" + next).get("items")).hasSize(1);
  }
}
