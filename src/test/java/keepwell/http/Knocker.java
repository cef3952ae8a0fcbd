package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Sends bytes to a node of this process, and minds what comes back and whether it logs errors. */
final class Knocker implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 40_000;
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final URI node;
  private final ListAppender<ILoggingEvent> logged =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            super.append(event);
          }
        }
      };

  Knocker(URI node) {
    this.node = node;
    logged.start();
    LOG.addAppender(logged);
  }

  static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }

  /** What comes back until the connection is closed, each held against what no answer may be. */
  List<Answer> answers(byte[] request) throws IOException {
    List<Answer> answers = new ArrayList<>();
    try (Socket connection = new Socket(node.getHost(), node.getPort())) {
      connection.setSoTimeout(PATIENCE_MILLIS);
      connection.getOutputStream().write(request);
      connection.shutdownOutput();
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Optional<Answer> next = Answer.next(in);
      while (next.isPresent()) {
        answers.add(next.get());
        Discretion.holds(text(request), next.get());
        next = next.get().isStream() ? Optional.empty() : Answer.next(in);
      }
    } catch (SocketException e) {
      // Closed before all was read: nothing more comes.
    }
    assertThat(logged.list).as("errors after %s", text(request)).isEmpty();
    return answers;
  }

  @Override
  public void close() {
    LOG.detachAppender(logged);
  }
}
