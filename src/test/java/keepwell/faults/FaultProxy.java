package keepwell.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Stands between a client and a server, and lets a {@link Wire} decide what passes, and when. */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Function<InetAddress, Wire> wires;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** One connection; each direction has a thread of its own, at whose end both are closed. */
  interface Wire {
    void toServer(InputStream in, OutputStream out) throws IOException, InterruptedException;

    void toClient(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  /** A direction of a wire. */
  private interface Direction {
    void run(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * @param wires makes the wire of a client by its address
   */
  FaultProxy(InetSocketAddress at, InetSocketAddress server, Function<InetAddress, Wire> wires)
      throws IOException {
    this.listening = new ServerSocket();
    this.listening.setReuseAddress(true);
    this.listening.bind(at);
    this.server = server;
    this.wires = wires;
    start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        start(() -> connect(client));
      }
    } catch (IOException e) {
      closeConnections(); // it was closed
    }
  }

  private void connect(Socket client) {
    Socket onward = new Socket();
    try {
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      onward.connect(server);
    } catch (IOException e) {
      close(client);
      close(onward);
      return;
    }
    open.add(client);
    open.add(onward);
    Wire wire = wires.apply(client.getInetAddress());
    start(() -> pass(client, onward, wire::toServer));
    start(() -> pass(onward, client, wire::toClient));
  }

  private void pass(Socket from, Socket to, Direction direction) {
    try {
      direction.run(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // One of them is gone; the other will learn it now.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void closeConnections() {
    open.forEach(this::close);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closeConnections();
  }
}
