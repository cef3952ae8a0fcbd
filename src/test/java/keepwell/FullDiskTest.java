package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose embedded database cannot grow any more, and then can again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MORE_BYTES = 300_000;

  @TempDir Path data;

  @Test
  void it_refuses_what_it_cannot_store_and_goes_on_when_it_can_without_having_lost_anything()
      throws Exception {
    try (NodeProcess node = NodeProcess.start(data, Map.of()).untilReady()) {
      limitFiles(node, Files.size(data.resolve("keepwell.mv.db")) + MORE_BYTES);
      List<String> stored = new ArrayList<>();
      int refused = 0;
      Instant deadline = Instant.now().plus(PATIENCE);
      // What closes the file may be a write beside the journal, which a pulse is the first to tell.
      for (int i = 0; refused < 20 || node.status("/ready") != 503; i++) {
        assertThat(Instant.now()).isBefore(deadline);
        String signal = "{\"account\":\"a-%d\",\"signal\":\"login\",\"id\":\"%d\"}".formatted(i, i);
        HttpResponse<String> answer = node.post("/v1/signals", "application/json", signal);
        if (answer.statusCode() == 200) {
          stored.add(signal);
        } else {
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          refused++;
        }
      }
      assertThat(node.status("/alive")).isEqualTo(200);
      unlimitFiles(node);
      node.untilReady();
      String last = "{\"account\":\"last\",\"signal\":\"login\",\"id\":\"last\"}";
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> node.post("/v1/signals", "application/json", last).statusCode() == 200);
      stored.add(last);
      HttpResponse<String> again =
          node.post("/v1/signals", "application/x-ndjson", String.join("\n", stored));
      assertThat(new ObjectMapper().readTree(again.body()).get("duplicates").asInt())
          .isEqualTo(stored.size());
    }
  }

  private static void limitFiles(NodeProcess node, long bytes) throws Exception {
    prlimit(node, "--fsize=" + bytes + ":");
  }

  private static void unlimitFiles(NodeProcess node) throws Exception {
    prlimit(node, "--fsize=unlimited:");
  }

  private static void prlimit(NodeProcess node, String limit) throws Exception {
    Process prlimit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(node.pid()), limit)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
