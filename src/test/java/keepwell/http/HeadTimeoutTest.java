package keepwell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time to say what they want. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeadTimeoutTest {
  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node =
        TestNode.start(data, Map.of("keepwell.http.head-time-max", "1s"), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** Sends a byte now and then, until the node has closed the connection. */
  private static void dribbleUntilClosed(String begun) throws IOException {
    try (Socket socket = new Socket(node.uri().getHost(), node.uri().getPort())) {
      socket.getOutputStream().write(begun.getBytes(US_ASCII));
      await()
          .until(
              () -> {
                try {
                  socket.getOutputStream().write('x');
                  return false;
                } catch (IOException e) {
                  return true;
                }
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /",
        "GET /v1/accounts HTTP/1.1\r\nHost: localhost\r\nX-More: ",
        "GET /v1/accounts HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"
      })
  void a_connection_on_which_no_head_is_whole_in_time_is_closed_however_much_it_sends(String begun)
      throws IOException {
    dribbleUntilClosed(begun);
  }

  @Test
  void an_answer_that_goes_on_is_not_cut() throws IOException, InterruptedException {
    Api api = new Api(node.uri());
    try (EventStream stream = new EventStream(node.uri(), "")) {
      dribbleUntilClosed("GET /");
      dribbleUntilClosed("GET /");
      api.put("/v1/accounts/acme", "{\"name\": \"Acme\"}");
      api.send("DELETE", "/v1/accounts/acme", BodyPublishers.noBody());
      assertThat(stream.next(1)).hasSize(1);
    }
  }
}
