package keepwell.http;

import static keepwell.http.SignalsNode.JSON;
import static keepwell.http.SignalsNode.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that send all of a body before they read the answer, though it is refused at once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeftoverTest {
  private static final int BODY_BYTES = 16 << 20; // more than is under way on a connection
  private static final String PIECE = "x".repeat(1 << 16);

  @TempDir static Path data;
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start(data, Map.of(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v1/signals, text/plain, X-A: a, 415",
    "POST /v1/signals, " + JSON + ", X-A: a, 413",
    "POST /v1/signals, " + NDJSON + ", Content-Encoding: gzip, 400",
    "PUT /v1/scorecards, " + JSON + ", X-A: a, 413",
    "PUT /v1/scorecards, text/plain, X-A: a, 415",
    "POST /v1/nowhere, " + JSON + ", X-A: a, 404"
  })
  void they_read_why_and_may_send_the_next_request_on_the_same_connection(
      String target, String type, String header, String status) throws IOException {
    try (RawConnection client = new RawConnection(node.uri())) {
      for (int i = 0; i < 2; i++) {
        client.send(head(target, type, header, "Content-Length: " + BODY_BYTES));
        for (int sent = 0; sent < BODY_BYTES; sent += PIECE.length()) {
          client.send(PIECE);
        }
      }
      client.send("GET /v1/accounts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.answer().split("HTTP/1.1 "))
          .extracting(answer -> answer.split(" ", 2)[0])
          .containsExactly("", status, status, "200");
    }
  }

  @Test
  void one_who_never_comes_to_an_end_is_answered_all_the_same() throws IOException {
    try (RawConnection client = new RawConnection(node.uri())) {
      client.send(head("POST /v1/signals", "text/plain", "Transfer-Encoding: chunked"));
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(
                          () -> {
                            while (true) {
                              client.chunk("x");
                            }
                          })
                      .isInstanceOf(IOException.class));
      assertThat(client.line()).isEqualTo("HTTP/1.1 415 Unsupported Media Type");
      sending.join();
    }
  }

  @Test
  void one_who_asks_whether_to_send_is_told_why_not() throws IOException {
    try (RawConnection client = new RawConnection(node.uri())) {
      client.send(
          head("POST /v1/signals", "text/plain", "Expect: 100-continue", "Content-Length: 9"));
      assertThat(client.answer())
          .startsWith("HTTP/1.1 415 Unsupported Media Type\r\n")
          .contains("\r\nConnection: close\r\n");
    }
  }

  private static String head(String target, String type, String... headers) {
    return "%s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n%s\r\n\r\n"
        .formatted(target, type, String.join("\r\n", headers));
  }
}
