package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;

/** To a node that has to answer what no client would send, and to close it. */
final class RawConnection implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  RawConnection(URI node) throws IOException {
    this.socket = new Socket(node.getHost(), node.getPort());
    socket.setSoTimeout(60_000);
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** Sends a chunk, which is no answer. */
  boolean chunk(String text) throws IOException {
    send("%x\r\n%s\r\n".formatted(text.length(), text));
    return false;
  }

  boolean hasAnswer() throws IOException {
    return in.ready();
  }

  String line() throws IOException {
    return in.readLine();
  }

  /** All that comes until the node closes the connection. */
  String answer() throws IOException {
    StringWriter all = new StringWriter();
    in.transferTo(all);
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
