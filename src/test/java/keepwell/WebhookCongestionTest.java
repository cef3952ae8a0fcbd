package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import keepwell.outreach.Rude;
import keepwell.outreach.Subscriber;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers that hold up their own messages, and nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookCongestionTest {
  private static final int CHANGES = 1000;

  /** To one subscriber, in use. */
  private static final int CONNECTIONS_MAX = 16;

  /** One that is being closed makes room before the other side knows. */
  private static final int OPEN_MAX = 2 * CONNECTIONS_MAX;

  /** Of one subscriber: those that are under way and those that are read ahead. */
  private static final int HELD_MAX = CONNECTIONS_MAX + 256;

  @TempDir Path data;

  @Test
  void who_answers_is_told_while_others_never_come_to_an_end() throws Exception {
    Map<String, String> environment = Map.of("KEEPWELL_WEBHOOKS_ALLOW_PRIVATE", "true");
    try (Rude silent = Rude.silent();
        Rude dripping = Rude.dripping();
        Rude flooding = Rude.flooding();
        Subscriber subscriber = Subscriber.plain();
        NodeProcess node = NodeProcess.start(data, environment).untilReady()) {
      WebhookClient client = new WebhookClient(node).scoring();
      List<Rude> rude = List.of(silent, dripping, flooding);
      rude.forEach(one -> client.telling(one.uri().toString()));
      JsonNode webhook = client.telling(subscriber.uri().toString());
      client.moods(90, CHANGES);
      List<String> told = client.told(CHANGES);
      Awaitility.await().until(() -> new HashSet<>(subscriber.ids()).containsAll(told));
      client.awaitTaken(webhook);
      assertThat(subscriber.ids()).containsExactlyInAnyOrderElementsOf(told);
      Awaitility.await().until(() -> silent.connections() > CONNECTIONS_MAX);
      assertThat(rude)
          .allSatisfy(one -> assertThat(one.openMost()).isPositive().isLessThanOrEqualTo(OPEN_MAX));
      assertThat(live(node, "keepwell.outreach.Delivery"))
          .as("what all subscribers hold, and what is just read of one")
          .isLessThanOrEqualTo((rude.size() + 2L) * HELD_MAX);
    }
  }

  /** How many objects of a class a node has that are in use. */
  private static long live(NodeProcess node, String name) throws IOException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(node.pid()),
                "GC.class_histogram")
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(text).contains("java.lang.String");
    return text.lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(columns -> columns.length > 3 && columns[3].equals(name))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }
}
