package keepwell.outreach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A subscriber that takes connections and never comes to an end with them. It counts those that are
 * open.
 */
public final class Rude implements AutoCloseable {
  private static final int BEAT_MILLIS = 20;
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000000\r\n\r\n";

  private final ServerSocket door;
  private final byte[] head;
  private final byte[] more;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger openMost = new AtomicInteger();

  private Rude(String head, int bytesPerBeat) {
    this.head = head.getBytes(StandardCharsets.US_ASCII);
    this.more = new byte[bytesPerBeat];
    try {
      door = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::welcome);
  }

  /** Never answers. */
  public static Rude silent() {
    return new Rude("", 0);
  }

  /** Answers by a body without end, of which a byte comes now and then. */
  public static Rude dripping() {
    return new Rude(HEAD, 1);
  }

  /** Answers by a body without end, as fast as it is read. */
  public static Rude flooding() {
    return new Rude(HEAD, 1 << 20);
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket connection = door.accept();
        connections.incrementAndGet();
        openMost.accumulateAndGet(open.incrementAndGet(), Math::max);
        threads.execute(() -> keep(connection));
      } catch (IOException e) {
        return; // it is closed
      }
    }
  }

  private void keep(Socket connection) {
    try (connection) {
      connection.setSoTimeout(BEAT_MILLIS);
      boolean begun = false;
      while (!door.isClosed() && !isClosed(connection)) {
        connection.getOutputStream().write(begun ? more : head);
        begun = true;
      }
    } catch (IOException e) {
      // the other side has had enough
    } finally {
      open.decrementAndGet();
    }
  }

  /** Reads for a beat what is sent. */
  private static boolean isClosed(Socket connection) throws IOException {
    try {
      return connection.getInputStream().read(new byte[1 << 16]) < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:%d/hook".formatted(port()));
  }

  public int port() {
    return door.getLocalPort();
  }

  /** How many connections there ever were. */
  public int connections() {
    return connections.get();
  }

  /** How many connections were open at a time, at most. */
  public int openMost() {
    return openMost.get();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdown();
  }
}
