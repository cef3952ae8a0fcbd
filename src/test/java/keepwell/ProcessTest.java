package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node as a process: how it starts, refuses to, and what is left when it is killed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;

  @Test
  void killed_in_the_middle_of_a_stream_of_posts_it_loses_no_answered_signal() throws Exception {
    ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    try (NodeProcess node = NodeProcess.start(data, Map.of()).untilReady()) {
      CountDownLatch enough = new CountDownLatch(400);
      List<CompletableFuture<Void>> clients =
          IntStream.range(0, 4)
              .mapToObj(
                  client ->
                      CompletableFuture.runAsync(
                          () -> sendUntilGone(node, client, answered, enough)))
              .toList();
      enough.await();
      node.kill();
      clients.forEach(CompletableFuture::join);
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(400);
    try (NodeProcess node = NodeProcess.start(data, Map.of()).untilReady()) {
      JsonNode again =
          JSON.readTree(
              node.post("/v1/signals", "application/x-ndjson", String.join("\n", answered)).body());
      assertThat(again.get("duplicates").asInt()).isEqualTo(answered.size());
      assertThat(again.get("accepted").asInt()).isZero();
    }
  }

  private static void sendUntilGone(
      NodeProcess node, int client, ConcurrentLinkedQueue<String> answered, CountDownLatch enough) {
    for (int i = 0; ; i++) {
      String signal =
          "{\"account\":\"account-%d\",\"signal\":\"login\",\"id\":\"%d-%d\"}"
              .formatted(i % 7, client, i);
      try {
        if (node.post("/v1/signals", "application/json", signal).statusCode() == 200) {
          answered.add(signal);
          enough.countDown();
        }
      } catch (IOException e) {
        return;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void product_time_runs_on_from_the_first_start_whatever_later_starts_ask_for() throws Exception {
    Map<String, String> fast =
        Map.of("KEEPWELL_CLOCK_START", "2020-01-01", "KEEPWELL_CLOCK_SPEED", "86400");
    LocalDate then;
    try (NodeProcess node = NodeProcess.start(data, fast).untilReady()) {
      String signal = "{\"account\":\"a\",\"signal\":\"login\"}";
      Awaitility.await()
          .until(() -> node.post("/v1/signals", "application/json", signal).statusCode() == 200);
      Awaitility.await().until(() -> today(node).isAfter(LocalDate.of(2020, 1, 3)));
      then = today(node);
      assertThat(then).isBefore(LocalDate.of(2020, 12, 31));
      assertThat(node.stop()).isEqualTo(143);
    }
    Map<String, String> other = Map.of("KEEPWELL_ZONE", "Asia/Tokyo", "KEEPWELL_CLOCK_SPEED", "2");
    try (NodeProcess node = NodeProcess.start(data, other).untilReady()) {
      assertThat(today(node)).isAfterOrEqualTo(then).isBefore(LocalDate.of(2020, 12, 31));
      assertThat(node.output()).contains("Zone and clock stay as they were at the first start");
    }
  }

  private static LocalDate today(NodeProcess node) throws IOException, InterruptedException {
    return LocalDate.parse(JSON.readTree(node.get("/v1/accounts/a").body()).get("asOf").asText());
  }

  @Test
  void a_taken_port_ends_the_start_with_one_clear_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String variable :
          List.of("KEEPWELL_HTTP_PORT", "KEEPWELL_MANAGEMENT_PORT", "KEEPWELL_REMOTE_PORT")) {
        refused(Map.of(variable, port), "cannot listen on 127.0.0.1:" + port, variable);
      }
    }
  }

  @Test
  void a_database_that_cannot_be_reached_ends_the_start_with_one_clear_line() throws Exception {
    refused(
        Map.of(
            "KEEPWELL_JDBC_URL",
            "jdbc:postgresql://127.0.0.1:%d/keepwell?password=secret"
                .formatted(NodeProcess.freePort())),
        "KEEPWELL_JDBC_URL",
        "cannot open the database jdbc:postgresql://127.0.0.1:");
  }

  @Test
  void a_second_process_on_an_embedded_database_is_refused_with_one_clear_line() throws Exception {
    try (NodeProcess node = NodeProcess.start(data, Map.of()).untilReady()) {
      refused(Map.of(), "KEEPWELL_DATA_DIR", "cannot open the database jdbc:h2:file:");
      assertThat(node.get("/v1/scorecards").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void settings_that_are_not_usable_end_the_start_with_one_clear_line() throws Exception {
    refused(Map.of("KEEPWELL_HTTP_HOST", "0.0.0.0"), "KEEPWELL_HTTP_HOST");
    refused(Map.of("KEEPWELL_CLOCK_SPEED", "1e300"), "KEEPWELL_CLOCK_SPEED");
  }

  @Test
  void two_doors_at_one_port_end_the_start_with_one_clear_line() throws Exception {
    String port = Integer.toString(NodeProcess.freePort());
    refused(
        Map.of("KEEPWELL_HTTP_PORT", port, "KEEPWELL_MANAGEMENT_PORT", port),
        "cannot listen on 127.0.0.1:" + port,
        "KEEPWELL_MANAGEMENT_PORT");
  }

  private void refused(Map<String, String> environment, String... parts) throws Exception {
    try (NodeProcess node = NodeProcess.start(data, environment)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.output().strip()).startsWith("keepwell: ").contains(parts).hasLineCount(1);
      assertThat(node.output()).doesNotContain("secret");
    }
  }
}
