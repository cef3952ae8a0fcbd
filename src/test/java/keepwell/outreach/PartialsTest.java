package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates share. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartialsTest {
  @TempDir Path conf;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectories(conf.resolve("templates/partials")).getParent();
    write("t.txt", "Subject: s\n");
    write("t.html", "<p>");
    write("t.slack.json", slack(""));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static String slack(String text) {
    return "{\"text\": \"%s\", \"blocks\": []}".formatted(text);
  }

  private Templates load() throws Templates.UnusableException {
    return Templates.load(folder, Map.of());
  }

  private void isRefused(String problem) {
    assertThatThrownBy(this::load)
        .isInstanceOf(Templates.UnusableException.class)
        .hasMessage(problem);
  }

  private Content.Mail mail(Map<String, ?> model) throws Templates.UnusableException {
    return load().mail("t", List.of(), model, Optional.empty());
  }

  @Test
  void values_in_them_are_escaped_as_where_they_are_named() throws Exception {
    write("partials/playbook.txt", "<i>\"{{playbook}}\"");
    write("t.txt", "Subject: {{>playbook.txt}}\n{{>playbook.txt}}");
    write("t.html", "{{> playbook.txt }}");
    write("t.slack.json", slack("{{>playbook.txt}}"));
    Map<String, String> model = Map.of("playbook", "<b>\",{{link}}&");
    Content.Mail mail = mail(model);
    assertThat(mail.subject()).isEqualTo("<i>\"<b>\",{{link}}&\"");
    assertThat(mail.text()).isEqualTo("<i>\"<b>\",{{link}}&\"");
    assertThat(mail.html()).isEqualTo("<i>\"&lt;b&gt;&quot;,{{link}}&amp;\"");
    assertThat(load().slack("t", model).text()).isEqualTo("<i>\"&lt;b&gt;\",{{link}}&amp;\"");
  }

  @Test
  void a_template_fills_the_blocks_of_one_or_leaves_them_as_they_are() throws Exception {
    write("partials/page.html", "<h1>{{$title}}{{playbook}}{{/title}}</h1>{{$by}}us{{/by}}");
    write("t.html", "{{<page.html}}\n{{$by}}{{link}}{{/by}}\n{{/page.html}}\n");
    assertThat(mail(Map.of("playbook", "P", "link", "&")).html()).isEqualTo("<h1>P</h1>&amp;\n");
  }

  @Test
  void they_are_no_templates() throws Exception {
    write("partials/p.txt", "Subject: s\n");
    write("partials/p.html", "");
    write("partials/p.slack.json", slack(""));
    assertThat(load().names()).containsExactly("t");
  }

  @ParameterizedTest
  @CsvSource({
    "t.txt, Subject: {{>nope.txt}}|",
    "t.txt, Subject: |{{#task}}{{>nope.txt}}{{/task}}",
    "t.html, {{<nope.txt}}{{/nope.txt}}",
    "t.html, {{^playbook}}{{>nope.txt}}{{/playbook}}",
    "t.html, {{>page.html}}",
    "t.html, {{<page.html}}{{$title}}{{>nope.txt}}{{/title}}{{/page.html}}",
    "t.slack.json, '{\"text\": \"{{>nope.txt}}\", \"blocks\": []}'"
  })
  void a_template_that_names_one_that_is_missing_is_named(String file, String text)
      throws IOException {
    write("partials/page.html", "{{#held}}{{$title}}{{>nope.txt}}{{/title}}{{/held}}");
    write(file, text.replace('|', '\n'));
    isRefused(file + " is not usable: there is no partials/nope.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../t.txt", "../../secret.txt", "more/p.txt", "./p.txt", "/etc/hosts"})
  void none_is_read_from_elsewhere(String name) throws IOException {
    write("partials/p.txt", "");
    write("../secret.txt", "");
    Files.createDirectory(folder.resolve("partials/more"));
    write("partials/more/p.txt", "");
    write("t.html", "{{>%s}}".formatted(name));
    isRefused("t.html is not usable: there is no partials/" + name);
  }

  @Test
  void one_that_is_not_usable_is_named_though_no_template_names_it() throws IOException {
    write("partials/p.html", "\n{{#task}}");
    isRefused("partials/p.html is not usable: Section missing close tag 'task' @ line 2");
  }

  @Test
  void one_that_uses_what_has_no_value_is_found_by_who_names_it() throws IOException {
    write("partials/p.html", "{{nope}}");
    write("t.html", "{{>p.html}}");
    isRefused("t.html uses nope, for which there is no value");
  }

  @Test
  void one_that_is_within_itself_is_refused() throws IOException {
    write("partials/p.html", "{{>q.html}}");
    write("partials/q.html", "{{#held}}{{>p.html}}{{/held}}{{>p.html}}");
    write("t.html", "{{>p.html}}");
    assertThatThrownBy(this::load)
        .isInstanceOf(Templates.UnusableException.class)
        .hasMessageMatching("t.html is not usable: partials/[pq].html has no end");
  }
}
