package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a validation says of the accounts in red for which something was done. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterventionsTest {
  private static final String RED =
      """
      {'key': 'red', 'name': 'Act', 'trigger': {'to': 'red'}, 'steps': [
        {'task': 'Call', 'due': 'P1D'}]}
      """;
  private static final String GREEN =
      """
      {'key': 'green', 'name': 'Grow', 'trigger': {'to': 'green'}, 'steps': [
        {'task': 'Talk about growth', 'due': 'P1D'}]}
      """;

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void those_with_a_playbook_are_told_apart_from_those_without(TestDatabase kind) {
    try (PlaybookNode node = new PlaybookNode(data, kind, RED, GREEN)) {
      node.portfolio().signals("?quiet=true", List.of("alone,mood,30,2026-02-10"));
      node.moods("saved", 90, 30);
      node.moods("lost", 90, 30);
      node.moods("green", 90);
      node.moods("back", 90, 30, 90);
      node.moods("talked", 30, 90); // about growth, which is no help
      node.runs("red", 3);
      node.runs("green", 2);
      node.portfolio().signals("?quiet=true", List.of("talked,mood,20"));
      node.days(3);
      Fates fates = new Fates(node.portfolio());
      fates.outcomes(
          "alone,churned,2026-03-04",
          "saved,renewed,2026-03-04",
          "lost,churned,2026-03-04",
          "talked,churned,2026-03-04",
          "green,renewed,2026-03-04",
          "back,renewed,2026-03-04");
      assertThat(fates.validation("?horizon=P2D").get("interventions").toString())
          .isEqualTo(
              "{\"successRate\":0.5,"
                  + "\"withPlaybook\":{\"accounts\":2,\"renewed\":1,\"renewalRate\":0.5},"
                  + "\"withoutPlaybook\":{\"accounts\":2,\"renewed\":0,\"renewalRate\":0.0}}");
      assertThat(fates.validation("?horizon=P10D").get("interventions").toString())
          .isEqualTo(
              "{\"successRate\":null,"
                  + "\"withPlaybook\":{\"accounts\":0,\"renewed\":0,\"renewalRate\":null},"
                  + "\"withoutPlaybook\":{\"accounts\":1,\"renewed\":0,\"renewalRate\":0.0}}");
    }
  }
}
