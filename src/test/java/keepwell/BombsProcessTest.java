package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed bodies that are made to fill the memory of a node that has little of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BombsProcessTest {
  private static final int AT_ONCE = 4;
  private static final int MEBIBYTES = 64;
  private static final int BROKEN_OFF = 0;

  @TempDir Path data;

  private static byte[] bomb(char filling) throws IOException {
    byte[] mebibyte = new byte[1 << 20];
    Arrays.fill(mebibyte, (byte) filling);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < MEBIBYTES; i++) {
        gzip.write(mebibyte);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void many_at_once_cost_no_more_than_their_limits() throws Exception {
    Map<String, byte[]> bombs =
        Map.of(
            "application/json", bomb('['),
            "application/x-ndjson", bomb('\n'),
            "text/csv", bomb('x'));
    try (NodeProcess node = NodeProcess.start(data, Map.of(), "-Xmx160m").untilReady()) {
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        bombs.forEach(
            (type, bomb) -> {
              HttpRequest request =
                  HttpRequest.newBuilder(node.uri("/v1/signals"))
                      .header("Content-Type", type)
                      .header("Content-Encoding", "gzip")
                      .POST(BodyPublishers.ofByteArray(bomb))
                      .build();
              answers.add(
                  client
                      .sendAsync(request, BodyHandlers.discarding())
                      .thenApply(HttpResponse::statusCode)
                      .exceptionally(failure -> BROKEN_OFF)); // it was still sending
            });
      }
      List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
      assertThat(statuses).contains(413).isSubsetOf(413, 429, BROKEN_OFF);
      assertThat(
              node.post(
                      "/v1/signals",
                      "application/json",
                      "{\"account\": \"acme\", \"signal\": \"login\"}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(node.output()).doesNotContain("OutOfMemoryError", " ERROR ");
    }
  }
}
