package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import keepwell.report.Reports;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How messages are worded. What must come of the templates is in {@code
 * src/test/resources/outreach}; what has come of them is in {@code target/outreach}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEFAULTS = Path.of("conf/templates");
  private static final Path GOLDEN = Path.of("src/test/resources/outreach");
  private static final List<String> NAMES =
      List.of(
          "alert",
          "check-in",
          "digest",
          "escalation",
          "expansion",
          "follow-up",
          "invitation",
          "renewal");

  /** What nobody would call an account, and somebody does. */
  private static final String HOSTILE =
      "<script>alert(1)</script> *bold* <!channel> & \"é\" {{link}}\r\n\u2028Bcc: x\u0000\u202e 🎉";

  static List<String> names() {
    return NAMES;
  }

  private static Templates defaults() throws Templates.UnusableException {
    return Templates.load(DEFAULTS, Reports.samples());
  }

  private static Map<String, Object> named(String name) {
    Map<String, Object> account = new HashMap<>(account());
    account.put("name", name);
    Map<String, Object> model = new HashMap<>(SampleModel.MESSAGE.full());
    model.put("account", account);
    return model;
  }

  @SuppressWarnings("unchecked") // the sample's account is one
  private static Map<String, Object> account() {
    return (Map<String, Object>) SampleModel.MESSAGE.full().get("account");
  }

  private static void areGolden(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path made = Path.of("target/outreach").resolve(file.getKey());
      Files.createDirectories(made.getParent());
      Files.writeString(made, file.getValue());
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path golden = GOLDEN.resolve(file.getKey());
      assertThat(golden).exists();
      assertThat(file.getValue()).isEqualTo(Files.readString(golden));
    }
  }

  private static String text(Content.Mail mail) {
    return "Subject: " + mail.subject() + "\n\n" + mail.text();
  }

  private static String pretty(Content.Slack slack) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(JSON.readTree(ContentJson.text(slack)))
        + "\n";
  }

  @Test
  void there_is_one_for_each_occasion() throws Exception {
    assertThat(defaults().names()).isEqualTo(NAMES);
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_says_all_that_it_is_given_and_nothing_but_text(String name) throws Exception {
    Content.Mail mail =
        defaults().mail(name, List.of("dana@example.com"), named(HOSTILE), Optional.empty());
    areGolden(
        Map.of(
            name + ".txt",
            text(mail),
            name + ".html",
            mail.html(),
            name + ".slack.json",
            pretty(defaults().slack(name, named(HOSTILE)))));
    assertThat(mail.html()).doesNotContain("<script", "http-equiv", "src=", "@import", "url(");
    assertThat(mail.subject()).doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_does_without_what_may_be_missing(String name) throws Exception {
    Content.Mail mail =
        defaults().mail(name, List.of(), SampleModel.MESSAGE.least(), Optional.empty());
    areGolden(
        Map.of(
            "least/" + name + ".txt",
            text(mail),
            "least/" + name + ".slack.json",
            pretty(defaults().slack(name, SampleModel.MESSAGE.least()))));
    assertThat(defaults().mail(name, List.of(), Map.of(), Optional.empty()).text()).isNotNull();
  }

  @Test
  void what_is_very_long_is_cut_where_it_has_to_be() throws Exception {
    String name = "n&".repeat(5000);
    Content.Slack slack = defaults().slack("alert", named(name));
    assertThat(slack.blocks().get(0).toString()).contains("…").hasSizeLessThan(250);
    String section = JSON.readTree(ContentJson.text(slack)).at("/blocks/1/text/text").asText();
    assertThat(section).hasSizeLessThanOrEqualTo(3000).endsWith("&amp;n…");
    Content.Mail mail = defaults().mail("alert", List.of(), named(name), Optional.empty());
    assertThat(mail.subject()).hasSizeBetween(190, 200).endsWith("…");
    assertThat(mail.text()).contains(name);
  }

  @Test
  void numbers_are_shown_to_a_tenth() throws Exception {
    Words words =
        new Words(
            new TemplateFile(
                "",
                "{{score}} {{account.arr}} {{#held}}{{held.accounts}}{{/held}}",
                new Partials()),
            Words.Escaping.NONE,
            SampleModel.MESSAGE);
    assertThat(
            words.with(
                Map.of(
                    "score",
                    66.04,
                    "account",
                    Map.of("arr", 1234567.25),
                    "held",
                    Map.of("accounts", 1000))))
        .isEqualTo("66 1,234,567.3 1,000");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Hello, t.txt must begin with a line “Subject: …”
          'Subject: {{nope}}|', 't.txt uses nope, for which there is no value'
          'Subject: |{{account.nope}}', 't.txt uses account.nope, for which there is no value'
          'Subject: |{{#nope}}{{/nope}}', 't.txt uses nope, for which there is no value'
          'Subject: |{{^task}}{{nope}}{{/task}}', 't.txt uses nope, for which there is no value'
          'Subject: |{{task.title}}', 't.txt uses task, for which there is no value'
          """)
  void one_that_is_not_usable_is_named(String text, String problem, @TempDir Path folder)
      throws IOException {
    write(folder, text.replace('|', '\n'), "{\"text\": \"\", \"blocks\": []}");
    assertThatThrownBy(() -> Templates.load(folder, Map.of()))
        .isInstanceOf(Templates.UnusableException.class)
        .hasMessage(problem);
  }

  @Test
  void one_that_is_not_closed_is_named(@TempDir Path folder) throws IOException {
    write(folder, "Subject: s\n{{#task}}", "{\"text\": \"\", \"blocks\": []}");
    assertThatThrownBy(() -> Templates.load(folder, Map.of()))
        .hasMessageStartingWith("t.txt is not usable:");
  }

  static Stream<String> documents() {
    return Stream.of(
        "[]",
        "{}",
        "{\"text\": \"\"}",
        "{\"text\": 1, \"blocks\": []}",
        "{\"text\": \"\", \"blocks\": {}}");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void a_document_for_slack_is_a_text_and_blocks(String document, @TempDir Path folder)
      throws IOException {
    write(folder, "Subject: s\n", document);
    assertThatThrownBy(() -> Templates.load(folder, Map.of()))
        .hasMessage("t.slack.json must be an object of a text and a list of blocks");
  }

  @Test
  void all_three_files_have_to_be_there(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("t.txt"), "Subject: s\n");
    assertThatThrownBy(() -> Templates.load(folder, Map.of())).hasMessage("t.html cannot be read");
  }

  @Test
  void a_report_has_to_be_there_with_all_files_that_it_has(@TempDir Path folder)
      throws IOException {
    SampleModel mail = new SampleModel(Map.of(), Map.of(), false);
    SampleModel slack = new SampleModel(Map.of(), Map.of(), true);
    assertThatThrownBy(() -> Templates.load(folder, Map.of("t", mail)))
        .hasMessage("t.txt cannot be read");
    Files.writeString(folder.resolve("t.txt"), "Subject: s\n");
    Files.writeString(folder.resolve("t.html"), "<p>");
    assertThatCode(() -> Templates.load(folder, Map.of("t", mail))).doesNotThrowAnyException();
    assertThatThrownBy(() -> Templates.load(folder, Map.of("t", slack)))
        .hasMessage("t.slack.json cannot be read");
  }

  private static void write(Path folder, String text, String slack) throws IOException {
    Files.writeString(folder.resolve("t.txt"), text);
    Files.writeString(folder.resolve("t.html"), "<p>");
    Files.writeString(folder.resolve("t.slack.json"), slack);
  }
}
