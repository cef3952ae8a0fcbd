package keepwell.outreach;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A mail server on a loopback port of its own, that answers each command as it is told to. It
 * remembers every message before it answers.
 */
public final class MailHost implements AutoCloseable {
  /** An answer by which the connection ends without any. */
  public static final String NONE = "";

  /** How the end of a message is asked for, among commands. */
  public static final String END = ".";

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private volatile UnaryOperator<String> answers = MailHost::taking;

  public MailHost() {
    try {
      listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Answers so that everything is taken. */
  public static String taking(String command) {
    return switch (command.split(" ", 2)[0]) {
      case "EHLO" -> "250-localhost\r\n250 AUTH PLAIN";
      case "AUTH" -> "235 Welcome";
      case "DATA" -> "354 Go on";
      case "QUIT" -> "221 Bye";
      default -> "250 OK";
    };
  }

  /** How it answers from now on. */
  public MailHost answering(UnaryOperator<String> how) {
    answers = how;
    return this;
  }

  /** All that came, in that order, with their headers. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** A header of each message that came, in that order. */
  public List<String> all(String header) {
    return messages.stream()
        .map(
            message ->
                message
                    .lines()
                    .filter(line -> line.startsWith(header + ": "))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /** For {@code KEEPWELL_SMTP_URL}. */
  public String url() {
    return "smtp://keepwell:canary-password@127.0.0.1:%d?from=Keepwell%%20<keepwell@example.com>"
        .formatted(listening.getLocalPort());
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // it is closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      say(socket, "220 localhost");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = answers.apply(line);
        if (answer.equals(NONE)) {
          return;
        }
        say(socket, answer);
        if (answer.startsWith("354") && !receive(socket, in)) {
          return;
        }
      }
    } catch (IOException e) {
      // Whoever sends is gone.
    }
  }

  /** Whether the connection goes on. */
  private boolean receive(Socket socket, BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); !END.equals(line); line = in.readLine()) {
      if (line == null) {
        return false;
      }
      message.append(line).append('\n');
    }
    messages.add(message.toString());
    String answer = answers.apply(END);
    if (!answer.equals(NONE)) {
      say(socket, answer);
    }
    return !answer.equals(NONE);
  }

  private static void say(Socket socket, String answer) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
