package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Requests that no client would send, byte by byte. */
final class RawHttp {
  private RawHttp() {}

  /**
   * The status of the answer.
   *
   * @param host that is said to be asked
   */
  static int status(URI node, String host, String method, String path, String... headers) {
    return Integer.parseInt(head(node, host, method, path, headers).get(0).split(" ", 3)[1]);
  }

  /** The lines of the answer before its body. */
  static List<String> head(URI node, String host, String method, String path, String... headers) {
    String request =
        "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(method, path, host, lines(headers));
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }
}
