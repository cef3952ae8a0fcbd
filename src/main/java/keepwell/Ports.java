package keepwell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a node will listen. */
final class Ports {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

  private Ports() {}

  /**
   * All at once: two of them may be the same.
   *
   * @throws StartFailure naming the settings of the first that is taken, or not of this host
   */
  static void requireFree(Settings settings) {
    try (ServerSocket http =
            listen(settings.httpHost(), settings.httpPort(), "http.host", "http.port");
        ServerSocket management =
            listen(
                settings.managementHost(),
                settings.managementPort(),
                "management.host",
                "management.port");
        ServerSocket remote =
            listen(settings.remoteHost(), settings.remotePort(), "remote.host", "remote.port")) {
      LOG.atDebug()
          .addKeyValue("http", http.getLocalPort())
          .addKeyValue("management", management.getLocalPort())
          .addKeyValue("remote", remote.getLocalPort())
          .log("Ports are free");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket listen(String host, int port, String... keys) {
    try {
      return new ServerSocket(port, 1, InetAddress.getByName(host));
    } catch (IOException e) {
      throw new StartFailure(
          "cannot listen on %s:%d, %s: %s"
              .formatted(
                  host,
                  port,
                  Arrays.stream(keys)
                      .map(SettingsReader::named)
                      .collect(Collectors.joining(" and ")),
                  e.getMessage()));
    }
  }
}
