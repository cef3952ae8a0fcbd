package keepwell.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keepwell.TestNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen where the demo runs when somebody puts a new version of the scorecards. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringWatchTest {
  private static final int ACCOUNTS = 30;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  private static Object scorecards(int points) {
    return Map.of(
        "scorecards",
        List.of(
            Map.of(
                "key",
                "logins",
                "tiers",
                List.of(Map.of("key", "green", "from", 50), Map.of("key", "red", "from", 0)),
                "adjustments",
                List.of(
                    Map.of(
                        "key", "login", "signal", "login", "points", points, "window", "P7D")))));
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void it_tells_how_far_it_is_and_how_it_ended(@TempDir Path data) {
    try (TestNode node = TestNode.start(data)) {
      DemoClient client = new DemoClient(node.uri());
      client.put("/v1/scorecards", scorecards(90));
      await().until(() -> client.get("/v1/scorecards/rescoring").path("version").asInt() == 2);
      client.post(
          "/v1/signals",
          IntStream.range(0, ACCOUNTS)
              .mapToObj(i -> new DemoSignal("account-" + i, "login", 1, null, null, null, "i" + i))
              .toList());
      RescoringWatch watch = new RescoringWatch(out, client);
      watch.look();
      assertThat(written()).isEmpty();

      client.put("/v1/scorecards", scorecards(10));
      await()
          .untilAsserted(
              () -> {
                watch.look();
                assertThat(written()).endsWith(" and 30 of them changed tier\n");
              });
      assertThat(written())
          .contains("Rescoring by version 3 100 %", "Version 3: 30 accounts rescored in ");

      String before = written();
      watch.look();
      assertThat(written()).isEqualTo(before);
    }
  }
}
