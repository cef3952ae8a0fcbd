package keepwell.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import keepwell.NodeProcess;
import org.awaitility.Awaitility;

/** The way to a server, which can be cut, or held so that nothing passes any more. */
public final class Cable implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InetSocketAddress at = onLoopback(NodeProcess.freePort());
  private final InetSocketAddress server;
  private FaultProxy proxy;
  private boolean cut = true;
  private boolean held;

  public Cable(int serverPort) {
    this.server = onLoopback(serverPort);
    mend();
  }

  private static InetSocketAddress onLoopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where the server is, seen through this. */
  public int port() {
    return at.getPort();
  }

  /** Ends all connections, and every new one is refused. */
  public synchronized void cut() {
    proxy.close();
    cut = true;
  }

  /** Whatever is sent from now on waits. */
  public synchronized void hold() {
    held = true;
  }

  /** Makes it whole again. */
  public synchronized void mend() {
    if (cut) {
      cut = false;
      proxy = new FaultProxy(at, server, client -> FaultProxy.Wire.waiting(this::untilFree));
      Awaitility.await().atMost(PATIENCE).until(this::isWhole);
    }
    held = false;
    notifyAll();
  }

  private synchronized void untilFree() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  private boolean isWhole() {
    try (Socket socket = new Socket()) {
      socket.connect(at);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    proxy.close();
  }
}
