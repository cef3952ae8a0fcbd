package keepwell.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Stands between clients and a server, and lets a {@link Wire} decide what passes, and when. Where
 * nobody listens behind it, it does not listen either.
 */
final class FaultProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1000;
  private static final int PROBE_MILLIS = 20;

  private final InetSocketAddress at;
  private final InetSocketAddress server;
  private final Function<InetAddress, Wire> wires;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** One connection; each direction has a thread of its own, at whose end both are closed. */
  interface Wire {
    void toServer(InputStream in, OutputStream out) throws IOException, InterruptedException;

    void toClient(InputStream in, OutputStream out) throws IOException, InterruptedException;

    /** Each part waits at the gate before it passes. */
    static Wire waiting(Gate gate) {
      return new Wire() {
        @Override
        public void toServer(InputStream in, OutputStream out)
            throws IOException, InterruptedException {
          byte[] buffer = new byte[1 << 16];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            gate.pass();
            out.write(buffer, 0, read);
          }
        }

        @Override
        public void toClient(InputStream in, OutputStream out)
            throws IOException, InterruptedException {
          toServer(in, out);
        }
      };
    }
  }

  /** What a part waits at. */
  interface Gate {
    void pass() throws InterruptedException;
  }

  /** A direction of a wire. */
  private interface Direction {
    void run(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * @param wires makes the wire of a client by its address
   */
  FaultProxy(InetSocketAddress at, InetSocketAddress server, Function<InetAddress, Wire> wires) {
    this.at = at;
    this.server = server;
    this.wires = wires;
    start(this::listen);
  }

  private void listen() {
    while (!closed) {
      try (Socket probe = connect()) {
        close(probe);
        accept();
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS));
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(server, CONNECT_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private void accept() throws IOException {
    try (ServerSocket listening = new ServerSocket()) {
      listening.setReuseAddress(true);
      listening.bind(at);
      open.add(listening);
      while (!closed) {
        Socket client = listening.accept();
        start(() -> connect(client, listening));
      }
    }
  }

  private void connect(Socket client, ServerSocket listening) {
    try {
      client.setTcpNoDelay(true);
      Socket onward = connect();
      open.addAll(Set.of(client, onward));
      if (closed) {
        close(); // these too
        return;
      }
      Wire wire = wires.apply(client.getInetAddress());
      start(() -> pass(client, onward, wire::toServer));
      start(() -> pass(onward, client, wire::toClient));
    } catch (ConnectException e) {
      close(client);
      close(listening);
    } catch (IOException e) {
      close(client);
    }
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

  private void close(Closeable socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(this::close);
  }
}
