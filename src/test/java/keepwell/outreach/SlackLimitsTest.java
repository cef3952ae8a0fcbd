package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SlackLimitsTest {
  private static final String LONG = "x".repeat(50_000);

  private static Map<String, Object> text(String text) {
    return Map.of("type", "mrkdwn", "text", text);
  }

  private static Object first(Map<String, Object> block) {
    return new Content.Slack("", List.of(block)).blocks().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdefg, 6, abcde…",
    "abc&amp;, 8, abc&amp;",
    "abc&amp;def, 9, abc&amp;…",
    "abc&amp;def, 8, abc…",
    "abc&amp;def, 5, abc…",
    "a & b c d e, 7, a & b …",
    "see <https://a.example|A> now, 20, see …",
    "<https://a.example|A> is long, 24, <https://a.example|A> i…",
    "ab🎉cd, 4, ab…",
    "ab🎉cd, 5, ab🎉…"
  })
  void a_text_is_cut_neither_within_a_character_nor_an_escape_nor_a_link(
      String text, int max, String cut) {
    assertThat(SlackLimits.cut(text, max)).isEqualTo(cut);
  }

  @Test
  void each_part_is_as_long_as_slack_takes() {
    assertThat(new Content.Slack(LONG, List.of()).text()).hasSize(40_000);
    assertThat(first(Map.of("type", "header", "text", text(LONG))))
        .isEqualTo(Map.of("type", "header", "text", text("x".repeat(149) + "…")));
    assertThat(first(Map.of("type", "section", "text", text(LONG))))
        .isEqualTo(Map.of("type", "section", "text", text("x".repeat(2999) + "…")));
    assertThat(first(Map.of("type", "section", "fields", Collections.nCopies(11, text(LONG)))))
        .isEqualTo(
            Map.of(
                "type",
                "section",
                "fields",
                Collections.nCopies(10, text("x".repeat(1999) + "…"))));
    assertThat(first(Map.of("type", "context", "elements", Collections.nCopies(11, text(LONG)))))
        .isEqualTo(
            Map.of(
                "type",
                "context",
                "elements",
                Collections.nCopies(10, text("x".repeat(2999) + "…"))));
    Map<String, Object> button = Map.of("type", "button", "text", text(LONG));
    Map<String, Object> cut = Map.of("type", "button", "text", text("x".repeat(74) + "…"));
    assertThat(first(Map.of("type", "actions", "elements", Collections.nCopies(26, button))))
        .isEqualTo(Map.of("type", "actions", "elements", Collections.nCopies(25, cut)));
    assertThat(first(Map.of("type", "section", "accessory", button)))
        .isEqualTo(Map.of("type", "section", "accessory", cut));
  }

  @Test
  void blocks_beyond_what_slack_takes_are_left_out() {
    List<Object> many = Collections.nCopies(51, Map.of("type", "divider"));
    assertThat(new Content.Slack("", many).blocks()).hasSize(50);
  }

  @Test
  void a_button_that_leads_too_far_is_left_out() {
    Map<String, Object> far = Map.of("type", "button", "url", "https://a.example/" + LONG);
    assertThat(first(Map.of("type", "section", "text", text("t"), "accessory", far)))
        .isEqualTo(Map.of("type", "section", "text", text("t")));
    assertThat(first(Map.of("type", "actions", "elements", List.of(far, text("t")))))
        .isEqualTo(Map.of("type", "actions", "elements", List.of(text("t"))));
    assertThat(
            new Content.Slack("", List.of(Map.of("type", "actions", "elements", List.of(far))))
                .blocks())
        .isEmpty();
  }
}
