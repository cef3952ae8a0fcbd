package keepwell.outreach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A subscriber that takes connections and never comes to an end with them. It counts them. */
public final class Rude implements AutoCloseable {
  private static final int BEAT_MILLIS = 20;
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final ServerSocket door;
  private final byte[] head;
  private final byte[] more;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Stay> stays = new CopyOnWriteArrayList<>();

  /** A connection, by {@link System#nanoTime()}: from when and until when it was surely open. */
  private static final class Stay {
    private final long since = System.nanoTime();
    private volatile long until = since;

    boolean lasts(long nanos) {
      return since <= nanos && nanos <= until;
    }
  }

  private Rude(String head, String more) {
    this.head = head.getBytes(StandardCharsets.US_ASCII);
    this.more = more.getBytes(StandardCharsets.US_ASCII);
    try {
      door = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::welcome);
  }

  /** Never answers. */
  public static Rude silent() {
    return new Rude("", "");
  }

  /** Answers by a body without end, of which a byte comes now and then. */
  public static Rude dripping() {
    return new Rude(HEAD, chunk(1));
  }

  /** Answers by a body without end, as fast as it is read. */
  public static Rude flooding() {
    return new Rude(HEAD, chunk(1 << 20));
  }

  private static String chunk(int size) {
    return "%x\r\n%s\r\n".formatted(size, "x".repeat(size));
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket connection = door.accept();
        Stay stay = new Stay();
        stays.add(stay);
        threads.execute(() -> keep(connection, stay));
      } catch (IOException e) {
        return; // it is closed
      }
    }
  }

  private void keep(Socket connection, Stay stay) {
    try (connection) {
      connection.setSoTimeout(BEAT_MILLIS);
      boolean begun = false;
      for (long beat = System.nanoTime(); !isClosed(connection); beat = System.nanoTime()) {
        stay.until = beat;
        if (door.isClosed()) {
          return;
        }
        connection.getOutputStream().write(begun ? more : head);
        begun = true;
      }
    } catch (IOException e) {
      // the other side has had enough
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
    return stays.size();
  }

  /** How many connections were open at a time, at most; the other side closes some unnoticed. */
  public long openMost() {
    return stays.stream()
        .mapToLong(one -> stays.stream().filter(other -> other.lasts(one.since)).count())
        .max()
        .orElse(0);
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
