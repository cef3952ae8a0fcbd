package keepwell;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import keepwell.playbook.PlaybookReader;

/**
 * Reads settings by their keys under {@code keepwell}, each checked by itself. All throw {@link
 * StartFailure} that names a setting which is not usable.
 */
final class SettingsReader {
  /** Those that have an environment variable. */
  static final Set<String> OF_ENVIRONMENT =
      Set.of(
          "http.host",
          "http.port",
          "http.tls.certificate",
          "http.tls.key",
          "api-keys",
          "management.host",
          "management.port",
          "remote.host",
          "remote.port",
          "jdbc.url",
          "jdbc.user",
          "jdbc.password",
          "jdbc.password-file",
          "log.format",
          "data-dir",
          "zone",
          "clock.start",
          "clock.speed",
          "webhooks.allow-private",
          "public-url",
          "slack.url",
          "slack.url-file",
          "smtp.url",
          "smtp.url-file");

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[1-9][0-9]{0,4})?");

  private static final Pattern URL = Pattern.compile("https?://[^\\s?#]+");

  private final Config keepwell;

  SettingsReader(Config config) {
    this.keepwell = config.getConfig("keepwell");
  }

  /** How a setting is called where it can be set. */
  static String named(String key) {
    return OF_ENVIRONMENT.contains(key)
        ? "keepwell.%s (%s)".formatted(key, variable(key))
        : "keepwell." + key;
  }

  static String variable(String key) {
    return "KEEPWELL_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static StartFailure failure(String key, String problem) {
    return new StartFailure(named(key) + " " + problem);
  }

  String text(String key) {
    return keepwell.getString(key);
  }

  /** A secret, or what the file has that is set instead of it; empty if neither is set. */
  String secret(String key) {
    String secret = text(key);
    Optional<Path> file = file(key + "-file");
    if (file.isPresent() && !secret.isEmpty()) {
      throw failure(key + "-file", "is of no use beside " + named(key));
    }
    try {
      return file.isPresent() ? Files.readString(file.get()).strip() : secret;
    } catch (IOException e) {
      throw failure(key + "-file", "cannot be read: " + file.get());
    }
  }

  /** Options of the virtual machine can be seen by everybody on the host. */
  static void requireUntold(String key, String secret) {
    String option = System.getProperty("keepwell." + key);
    if (option != null && option.contains(secret)) {
      throw failure(
          key, "has a secret: it belongs into the environment or a file, not into JAVA_OPTS");
    }
  }

  /** Where this node listens. */
  InetAddress host(String key) {
    String host = text(key);
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw failure(key, "is no host that is known: " + host);
    }
  }

  /** Empty if the setting is. */
  Optional<Path> file(String key) {
    return Optional.of(text(key)).filter(file -> !file.isEmpty()).map(Path::of);
  }

  /** Origins, as browsers write them. */
  Set<String> origins(String key) {
    List<String> origins = keepwell.getStringList(key);
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw failure(key, "has what is no origin such as https://app.example: " + origin);
      }
    }
    return Set.copyOf(origins);
  }

  /** Where something is found by a browser, without a slash at its end; empty if it is not set. */
  String url(String key) {
    String url = text(key);
    if (!url.isEmpty() && !URL.matcher(url).matches()) {
      throw failure(key, "is no URL such as https://keepwell.example: " + url);
    }
    return url.replaceAll("/+$", "");
  }

  /** Where e-mails go to. */
  List<String> addresses(String key) {
    List<String> addresses = keepwell.getStringList(key);
    for (String address : addresses) {
      if (!PlaybookReader.isAddress(address)) {
        throw failure(key, "has what is no e-mail address: " + address);
      }
    }
    return addresses;
  }

  DayOfWeek day(String key) {
    List<String> all =
        Stream.of(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();
    return DayOfWeek.of(all.indexOf(oneOf(key, all)) + 1);
  }

  int hour(String key) {
    return whole(key, 0, 23);
  }

  int port(String key) {
    return whole(key, 0, 65535);
  }

  int count(String key) {
    return count(key, Integer.MAX_VALUE);
  }

  int count(String key, int max) {
    return whole(key, 1, max);
  }

  private int whole(String key, int min, int max) {
    double number = number(key);
    if (number >= min && number <= max && number == Math.rint(number)) {
      return (int) number;
    }
    throw failure(key, "must be a whole number from " + min + " to " + max);
  }

  double number(String key, double min, double max) {
    double number = number(key);
    if (number >= min && number <= max) {
      return number;
    }
    throw failure(key, String.format(Locale.ROOT, "must be a number from %s to %.0f", min, max));
  }

  /** NaN if it is none. */
  private double number(String key) {
    try {
      return keepwell.getDouble(key);
    } catch (ConfigException.WrongType e) {
      return Double.NaN;
    }
  }

  boolean flag(String key) {
    String flag = text(key);
    if (flag.equals("true") || flag.equals("false")) {
      return flag.equals("true");
    }
    throw failure(key, "must be true or false");
  }

  String oneOf(String key, List<String> all) {
    if (all.contains(text(key))) {
      return text(key);
    }
    throw failure(key, "must be one of " + String.join(", ", all));
  }

  int bytes(String key) {
    try {
      long bytes = keepwell.getBytes(key);
      if (bytes >= 1 && bytes <= Integer.MAX_VALUE) {
        return (int) bytes;
      }
    } catch (ConfigException.BadValue | ConfigException.WrongType e) {
      // Neither is a size of 2 GiB.
    }
    throw failure(key, "must be from 1 byte to 2 GiB, such as 64 KiB");
  }

  Duration duration(String key) {
    try {
      Duration duration = keepwell.getDuration(key);
      if (!duration.isZero() && !duration.isNegative()) {
        return duration;
      }
    } catch (ConfigException.BadValue | ConfigException.WrongType e) {
      // Neither is no time at all.
    }
    throw failure(key, "must be a duration above 0, such as 10s");
  }

  ZoneId zone(String key) {
    String id = text(key);
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw failure(key, "is no time zone: " + id);
    }
  }

  /** Empty if the setting is. */
  Optional<Instant> instant(String key, ZoneId zone) {
    String instant = text(key);
    if (instant.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          instant.indexOf('T') < 0
              ? LocalDate.parse(instant).atStartOfDay(zone).toInstant()
              : OffsetDateTime.parse(instant).toInstant());
    } catch (DateTimeException e) {
      throw failure(key, "is neither a date nor an RFC 3339 instant: " + instant);
    }
  }
}
