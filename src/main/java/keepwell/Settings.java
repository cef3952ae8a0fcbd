package keepwell;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import keepwell.account.Accounts;
import keepwell.http.Server;
import keepwell.journal.Database;

/**
 * What can be set, read once and checked. The only reader of configuration.
 *
 * @param clockStart product time at the first start; empty: real time
 * @param clockSpeed product seconds for each real second
 * @param residentMax accounts in memory
 */
record Settings(
    String httpHost,
    int httpPort,
    Server.Limits limits,
    int managementPort,
    String remoteHost,
    int remotePort,
    Jdbc jdbc,
    ZoneId zone,
    Optional<Instant> clockStart,
    double clockSpeed,
    Accounts.Limits accounts,
    int residentMax) {
  /** All told, of a typical one. */
  private static final int RESIDENT_BYTES = 8192;

  /** Where the database is. */
  record Jdbc(String url, String user, String password, int connectionsMax) {
    @Override
    public String toString() {
      return "Jdbc"; // neither URL nor password belongs in a log
    }
  }

  Settings {
    if (!isLoopback(httpHost)) {
      throw new StartFailure(
          "keepwell.http.host (KEEPWELL_HTTP_HOST) must be a loopback address, as there are no API keys");
    }
    if (!(clockSpeed > 0) || Double.isInfinite(clockSpeed)) {
      throw new StartFailure("keepwell.clock.speed (KEEPWELL_CLOCK_SPEED) must be above 0");
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @throws StartFailure naming the first that is not usable
   */
  static Settings of(Config config) {
    try {
      Config keepwell = config.getConfig("keepwell");
      if (!keepwell.getString("api-keys").isEmpty()) {
        throw new StartFailure(
            "keepwell.api-keys (KEEPWELL_API_KEYS) is set, but there are no API keys yet");
      }
      ZoneId zone = zone(keepwell.getString("zone"));
      return new Settings(
          keepwell.getString("http.host"),
          port(keepwell, "http.port"),
          new Server.Limits(
              bytes(keepwell, "http.body-bytes-max"),
              bytes(keepwell, "http.line-bytes-max"),
              count(keepwell, "http.records-in-flight-max"),
              count(keepwell, "http.accounts-in-flight-max")),
          port(keepwell, "management.port"),
          keepwell.getString("remote.host"),
          port(keepwell, "remote.port"),
          jdbc(keepwell),
          zone,
          clockStart(keepwell.getString("clock.start"), zone),
          keepwell.getDouble("clock.speed"),
          accounts(keepwell),
          residentMax(keepwell));
    } catch (ConfigException e) {
      throw new StartFailure("a setting is not usable: " + e.getMessage());
    }
  }

  private static Jdbc jdbc(Config keepwell) {
    String url = keepwell.getString("jdbc.url");
    return new Jdbc(
        url.isEmpty() ? Database.embeddedUrl(Path.of(keepwell.getString("data-dir"))) : url,
        keepwell.getString("jdbc.user"),
        keepwell.getString("jdbc.password"),
        count(keepwell, "jdbc.connections-max"));
  }

  private static Accounts.Limits accounts(Config keepwell) {
    Duration answerTimeout = keepwell.getDuration("accounts.answer-timeout");
    if (answerTimeout.isZero() || answerTimeout.isNegative()) {
      throw new StartFailure("keepwell.accounts.answer-timeout must be above 0");
    }
    return new Accounts.Limits(
        count(keepwell, "accounts.in-flight-max"),
        answerTimeout,
        count(keepwell, "accounts.snapshot-every"));
  }

  /** As set; otherwise so many that they take half of the heap. */
  private static int residentMax(Config keepwell) {
    return keepwell.getString("accounts.resident-max").isEmpty()
        ? Math.toIntExact(Runtime.getRuntime().maxMemory() / 2 / RESIDENT_BYTES)
        : count(keepwell, "accounts.resident-max");
  }

  private static int count(Config keepwell, String path) {
    int count = keepwell.getInt(path);
    if (count < 1) {
      throw new StartFailure("keepwell." + path + " must be at least 1");
    }
    return count;
  }

  private static int bytes(Config keepwell, String path) {
    long bytes = keepwell.getBytes(path);
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new StartFailure("keepwell." + path + " must be from 1 byte to 2 GiB");
    }
    return (int) bytes;
  }

  private static int port(Config keepwell, String path) {
    int port = keepwell.getInt(path);
    if (port < 0 || port > 65535) {
      throw new StartFailure("keepwell." + path + " must be from 0 to 65535");
    }
    return port;
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new StartFailure("keepwell.zone (KEEPWELL_ZONE) is no time zone: " + id);
    }
  }

  private static Optional<Instant> clockStart(String start, ZoneId zone) {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          start.indexOf('T') < 0
              ? LocalDate.parse(start).atStartOfDay(zone).toInstant()
              : OffsetDateTime.parse(start).toInstant());
    } catch (DateTimeException e) {
      throw new StartFailure(
          "keepwell.clock.start (KEEPWELL_CLOCK_START) is neither a date nor an RFC 3339 instant: "
              + start);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
