package keepwell.comparison;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A keep-alive connection with one request under way at a time; another one once an answer has said
 * that it ends.
 */
final class HttpConnection implements AutoCloseable {
  private static final int ANSWER_BYTES = 256 << 10;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String END_OF_CONNECTION = "connection: close";
  private static final String CONTENT_LENGTH = "content-length: ";

  private final InetSocketAddress server;
  private final Selector selector;
  private SocketChannel channel;
  private SelectionKey key;
  private byte[] answer = new byte[ANSWER_BYTES];
  private ByteBuffer read = ByteBuffer.wrap(answer);
  private ByteBuffer request;
  private long due;
  private int bodyAt;

  HttpConnection(InetSocketAddress server, Selector selector) throws IOException {
    this.server = server;
    this.selector = selector;
    open();
  }

  private void open() throws IOException {
    this.channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * Begins a request.
   *
   * @param due when it should have begun, by {@link System#nanoTime()}
   */
  void send(ByteBuffer request, long due) throws IOException {
    if (!channel.isOpen()) {
      open();
    }
    this.request = request;
    this.due = due;
    read.clear();
    bodyAt = 0;
    write();
  }

  private void write() throws IOException {
    channel.write(request);
    key.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  /**
   * Goes on.
   *
   * @return whether the answer is there as a whole
   * @throws EOFException if the server has closed the connection
   */
  boolean go() throws IOException {
    if (key.isWritable()) {
      write();
    }
    if (!key.isReadable()) {
      return false;
    }
    if (!read.hasRemaining()) {
      answer = Arrays.copyOf(answer, 2 * answer.length);
      read = ByteBuffer.wrap(answer).position(read.position());
    }
    if (channel.read(read) < 0) {
      throw new EOFException("the server has closed a connection");
    }
    if (bodyAt == 0) {
      int end = text(0, read.position()).indexOf(END_OF_HEAD);
      bodyAt = end < 0 ? 0 : end + END_OF_HEAD.length();
    }
    boolean whole = bodyAt > 0 && read.position() == bodyAt + contentLength();
    if (whole && head().contains(END_OF_CONNECTION)) {
      channel.close();
    } else if (whole) {
      key.interestOps(0);
    }
    return whole;
  }

  private int contentLength() {
    String head = head();
    int at = head.indexOf(CONTENT_LENGTH) + CONTENT_LENGTH.length();
    return Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
  }

  private String head() {
    return text(0, bodyAt).toLowerCase(Locale.ROOT);
  }

  long due() {
    return due;
  }

  int status() {
    return Integer.parseInt(text("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  String body() {
    return text(bodyAt, read.position());
  }

  private String text(int from, int to) {
    return new String(answer, from, to - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
