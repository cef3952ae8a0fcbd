package keepwell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be cut, or held so that nothing passes any more. */
public final class Cable implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private boolean held;
  private boolean cut;

  public Cable(int serverPort) {
    try {
      this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Where the server is, seen through this. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Ends all connections, and every new one. */
  public synchronized void cut() {
    cut = true;
    notifyAll();
    open.forEach(Cable::end);
  }

  /** Whatever is sent from now on waits. */
  public synchronized void hold() {
    held = true;
  }

  /** Makes it whole again. */
  public synchronized void mend() {
    cut = false;
    held = false;
    notifyAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        start(() -> connect(client));
      }
    } catch (IOException e) {
      cut(); // it was closed
    }
  }

  private void connect(Socket client) {
    Socket onward = new Socket();
    try {
      onward.connect(server);
      open.add(client);
      open.add(onward);
      passing();
      start(() -> pass(client, onward));
      pass(onward, client);
    } catch (IOException e) {
      end(client);
      end(onward);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] part = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(part); length > 0; length = in.read(part)) {
        passing();
        out.write(part, 0, length);
      }
    } catch (IOException e) {
      // One end is gone; the other learns it by this.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Waits while it is held. */
  private synchronized void passing() throws IOException {
    try {
      while (held && !cut) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (cut) {
      throw new IOException("cut");
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
