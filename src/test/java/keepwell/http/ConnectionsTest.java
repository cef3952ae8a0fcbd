package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import keepwell.TestNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep their connections. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectionsTest {
  private static final int CONNECTIONS = 1_500;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final byte[] REQUEST =
      "GET /v1/accounts/nobody HTTP/1.1\r\nHost: keepwell\r\n\r\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void many_are_served_that_stay_open(@TempDir Path data) throws IOException {
    Deque<Socket> open = new ArrayDeque<>();
    try (TestNode node = TestNode.start(data, Map.of(), InstantSource.system())) {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(connection(node.uri()));
      }
      for (Socket connection : open) {
        connection.getOutputStream().write(REQUEST);
        assertThat(answered(connection)).isEqualTo("HTTP/1.1 404 Not Found");
      }
    } finally {
      for (Socket connection : open) {
        connection.close();
      }
    }
  }

  @Test
  void who_asks_on_one_too_many_is_told_so_until_another_is_closed(@TempDir Path data)
      throws IOException {
    Map<String, Object> settings = Map.of("keepwell.http.connections-max", 1);
    try (TestNode node = TestNode.start(data, settings, InstantSource.system())) {
      try (Socket open = connection(node.uri())) {
        open.getOutputStream().write(REQUEST);
        assertThat(answered(open)).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(answers(node.uri()))
            .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
            .contains("\r\nRetry-After: ", "\r\nConnection: close\r\n")
            .contains(":connections-too-many\"", "no place for more than 1 connections.");
      }
      await().until(() -> answers(node.uri()).startsWith("HTTP/1.1 404 "));
    }
  }

  /** All that comes to one request on a connection of its own. */
  private static String answers(URI node) throws IOException {
    try (Socket connection = connection(node)) {
      connection.getOutputStream().write(REQUEST);
      connection.shutdownOutput();
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket connection(URI node) throws IOException {
    Socket connection = new Socket(node.getHost(), node.getPort());
    connection.setSoTimeout(PATIENCE_MILLIS);
    return connection;
  }

  private static String answered(Socket connection) throws IOException {
    return new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }
}
