package keepwell.comparison;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import keepwell.node.Node;

/**
 * What keys and TLS take from ingestion by HTTP: the same requests in turns to a node with neither,
 * and to ones with either or both, which are all as warm. Each connection is a thread's, which
 * waits for its answer; the client encrypts on the same cores.
 */
final class Entrances {
  private static final int WARM_SECONDS = 60;

  /** In which the node before ends what it has begun: all are on one machine. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private static final int LONGEST_HEAD_BYTES = 4096;

  private final List<Entrance> entrances;

  /**
   * A way in.
   *
   * @param key that is sent; empty for none
   */
  record Entrance(String name, Node node, String key, boolean tls) {}

  /**
   * @param entrances the first is what the others are compared with
   */
  Entrances(List<Entrance> entrances) {
    this.entrances = entrances;
  }

  void measure(int rounds, int seconds) throws Exception {
    System.out.printf("%nSignals a second by HTTP, with keys and TLS%n");
    for (Entrance entrance : entrances) {
      for (Door door : Door.ALL) {
        load(entrance, door, WARM_SECONDS);
      }
    }
    Figures figures = new Figures();
    Map<Entrance, Double> answered = new HashMap<>();
    Random order = new Random(rounds);
    for (int round = 0; round < rounds; round++) {
      for (Door door : Door.ALL) {
        List<Entrance> turns = new ArrayList<>(entrances);
        Collections.shuffle(turns, order);
        for (Entrance entrance : turns) {
          Thread.sleep(SETTLING.toMillis());
          answered.put(entrance, load(entrance, door, seconds));
        }
        tell(door, answered, figures);
      }
    }
    figures.print();
  }

  private void tell(Door door, Map<Entrance, Double> answered, Figures figures) {
    Entrance plain = entrances.get(0);
    String yardstick = door.name() + ", " + plain.name();
    figures.note(yardstick, answered.get(plain));
    for (Entrance entrance : entrances.subList(1, entrances.size())) {
      String name = door.name() + ", " + entrance.name();
      figures.compare(name, answered.get(entrance), yardstick, answered.get(plain));
    }
  }

  /** Signals a second. */
  private static double load(Entrance entrance, Door door, int seconds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(door.connections());
    try {
      long start = System.nanoTime();
      long end = start + Duration.ofSeconds(seconds).toNanos();
      List<Callable<Long>> clients = new ArrayList<>();
      for (int i = 0; i < door.connections(); i++) {
        clients.add(() -> answered(entrance, door, end));
      }
      long answered = 0;
      for (Future<Long> each : threads.invokeAll(clients)) {
        answered += each.get();
      }
      return answered * door.signals() * 1e9 / (System.nanoTime() - start);
    } finally {
      threads.shutdown();
    }
  }

  /** How many requests are answered on one connection until then. */
  private static long answered(Entrance entrance, Door door, long end)
      throws IOException, GeneralSecurityException {
    try (Socket socket = socket(entrance)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      long answered = 0;
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request(door, entrance.key()));
        String answer = answer(in);
        if (answer.contains("\"accepted\":" + door.signals() + ",")) {
          answered++;
        } else if (!answer.contains(":overloaded\"")) { // as a node is that has just begun
          throw new IOException("answered " + answer);
        }
      }
      return answered;
    }
  }

  private static byte[] request(Door door, String key) {
    ByteBuffer written;
    synchronized (door) {
      written = door.requests().get();
    }
    if (key.isEmpty()) {
      return written.array();
    }
    String request = new String(written.array(), StandardCharsets.UTF_8);
    return request
        .replaceFirst("\r\n", "\r\nAuthorization: Bearer " + key + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD_BYTES) {
        throw new EOFException("no answer: " + head);
      }
      head.append((char) next);
    }
    String length = head.substring(head.indexOf("Content-Length: ") + "Content-Length: ".length());
    int bytes = Integer.parseInt(length.substring(0, length.indexOf('\r')));
    return head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static Socket socket(Entrance entrance) throws IOException, GeneralSecurityException {
    InetSocketAddress address = entrance.node().address();
    Socket socket =
        entrance.tls()
            ? trusting().getSocketFactory().createSocket(address.getAddress(), address.getPort())
            : new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    if (socket instanceof SSLSocket secure) {
      secure.startHandshake();
    }
    return socket;
  }

  /** Whoever is there: what is measured is what encrypting costs. */
  private static SSLContext trusting() throws GeneralSecurityException {
    X509TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String kind) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String kind) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {anybody}, new SecureRandom());
    return context;
  }
}
