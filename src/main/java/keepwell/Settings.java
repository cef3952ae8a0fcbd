package keepwell;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.access.KeyFile;
import keepwell.account.Accounts;
import keepwell.health.Capacity;
import keepwell.http.Server;
import keepwell.journal.Database;
import keepwell.outreach.Outreach;
import keepwell.playbook.Playbooks;
import keepwell.playbook.Storms;
import keepwell.report.Reports;
import keepwell.report.Weekly;

/**
 * What can be set, read once and checked. The only reader of configuration.
 *
 * @param isLocal whether the HTTP interface is reached from this host alone
 * @param apiKeys a file
 * @param requestsPerSecondMax of a key that has no limit of its own
 * @param clockStart product time at the first start; empty: real time
 * @param clockSpeed product seconds for each real second
 * @param residentMax accounts in memory
 */
record Settings(
    String httpHost,
    boolean isLocal,
    int httpPort,
    Optional<Path> apiKeys,
    int requestsPerSecondMax,
    Duration auditKept,
    Set<String> corsOrigins,
    Optional<TlsFiles> tls,
    Server.Limits limits,
    String managementHost,
    int managementPort,
    String remoteHost,
    int remotePort,
    Jdbc jdbc,
    ZoneId zone,
    Optional<Instant> clockStart,
    double clockSpeed,
    Accounts.Limits accounts,
    int residentMax,
    int reviewsPerSecondMax,
    int rescoringPerSecondMax,
    Outreach.Settings outreach,
    Playbooks.Settings playbooks,
    Reports.Settings reports) {
  /** The first is the default. */
  static final List<String> LOG_FORMATS = List.of("text", "json");

  /** All told, of a typical one. */
  private static final int RESIDENT_BYTES = 8192;

  /** At the slowest a day takes three years, at the fastest a year half a minute. */
  private static final double CLOCK_SPEED_MIN = 0.001;

  private static final double CLOCK_SPEED_MAX = 1_000_000;

  /** A certificate and its key. */
  record TlsFiles(Path certificate, Path key) {}

  /**
   * Where the database is.
   *
   * @param setting that tells so
   */
  record Jdbc(String setting, String url, String user, String password, int connectionsMax) {
    @Override
    public String toString() {
      return "Jdbc"; // neither URL nor password belongs in a log
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @throws StartFailure naming the first that is not usable
   */
  static Settings of(Config config) {
    try {
      SettingsReader keepwell = new SettingsReader(config);
      keepwell.oneOf("log.format", LOG_FORMATS);
      SettingsReader.requireUntold("jdbc.password", "");
      SettingsReader.requireUntold("jdbc.url", "password=");
      ZoneId zone = keepwell.zone("zone");
      return new Settings(
          httpHost(keepwell),
          keepwell.host("http.host").isLoopbackAddress(),
          keepwell.port("http.port"),
          keepwell.file("api-keys"),
          keepwell.count("http.requests-per-second-max", KeyFile.PER_SECOND_MAX),
          keepwell.duration("audit.kept"),
          keepwell.origins("http.cors-origins"),
          tls(keepwell),
          limits(keepwell),
          managementHost(keepwell),
          keepwell.port("management.port"),
          remoteHost(keepwell),
          keepwell.port("remote.port"),
          jdbc(keepwell),
          zone,
          keepwell.instant("clock.start", zone),
          keepwell.number("clock.speed", CLOCK_SPEED_MIN, CLOCK_SPEED_MAX),
          accounts(keepwell),
          residentMax(keepwell),
          keepwell.count("reviews.per-second-max"),
          keepwell.count("rescoring.per-second-max"),
          new Outreach.Settings(
              keepwell.flag("webhooks.allow-private"),
              keepwell.duration("webhooks.deliveries-kept"),
              ChannelSettings.slack(keepwell),
              ChannelSettings.mail(keepwell)),
          new Playbooks.Settings(
              new Storms.Limits(
                  keepwell.count("playbooks.storm-accounts-min"),
                  keepwell.number("playbooks.storm-share", 0, 1)),
              keepwell.url("public-url")),
          new Reports.Settings(weekly(keepwell), keepwell.url("public-url")));
    } catch (ConfigException e) {
      throw new StartFailure("a setting is not usable: " + e.getMessage());
    }
  }

  /** The file of API keys, whatever else is set. */
  static Optional<Path> apiKeys(Config config) {
    return new SettingsReader(config).file("api-keys");
  }

  /** One of {@link #LOG_FORMATS}. */
  static String logFormat(Config config) {
    return new SettingsReader(config).oneOf("log.format", LOG_FORMATS);
  }

  private static String httpHost(SettingsReader keepwell) {
    if (!keepwell.host("http.host").isLoopbackAddress() && keepwell.file("api-keys").isEmpty()) {
      throw SettingsReader.failure(
          "http.host",
          "must be a loopback address, as there are no API keys: "
              + SettingsReader.named("api-keys"));
    }
    return keepwell.text("http.host");
  }

  private static Optional<TlsFiles> tls(SettingsReader keepwell) {
    Optional<Path> certificate = keepwell.file("http.tls.certificate");
    Optional<Path> key = keepwell.file("http.tls.key");
    if (certificate.isPresent() && key.isEmpty()) {
      throw SettingsReader.failure(
          "http.tls.certificate", "goes with its key: " + SettingsReader.named("http.tls.key"));
    }
    if (key.isPresent() && certificate.isEmpty()) {
      throw SettingsReader.failure(
          "http.tls.key",
          "goes with a certificate: " + SettingsReader.named("http.tls.certificate"));
    }
    return certificate.map(file -> new TlsFiles(file, key.orElseThrow()));
  }

  private static Server.Limits limits(SettingsReader keepwell) {
    // Akka reads these, by http.conf. They are read here to be refused by their own names.
    keepwell.bytes("http.uri-bytes-max");
    keepwell.bytes("http.header-bytes-max");
    keepwell.count("http.headers-max");
    return new Server.Limits(
        keepwell.bytes("http.body-bytes-max"),
        keepwell.bytes("http.line-bytes-max"),
        keepwell.count("http.json-depth-max"),
        keepwell.count("http.inflation-max"),
        keepwell.duration("http.head-time-max"),
        keepwell.duration("http.body-time-max"),
        keepwell.duration("http.line-time-max"),
        keepwell.count("http.connections-max"),
        keepwell.count("http.event-streams-max"));
  }

  /** Akka takes an empty one for an address that others reach. */
  private static String managementHost(SettingsReader keepwell) {
    String host = keepwell.text("management.host");
    if (host.isEmpty()) {
      throw SettingsReader.failure("management.host", "must be an address of this host");
    }
    keepwell.host("management.host");
    return host;
  }

  /** What the other nodes are told. */
  private static String remoteHost(SettingsReader keepwell) {
    String host = keepwell.text("remote.host");
    if (host.isEmpty() || keepwell.host("remote.host").isAnyLocalAddress()) {
      throw SettingsReader.failure(
          "remote.host", "must be an address at which the other nodes reach this one");
    }
    return host;
  }

  private static Jdbc jdbc(SettingsReader keepwell) {
    String url = keepwell.text("jdbc.url");
    boolean embedded = url.isEmpty();
    return new Jdbc(
        SettingsReader.named(embedded ? "data-dir" : "jdbc.url"),
        embedded ? Database.embeddedUrl(Path.of(keepwell.text("data-dir"))) : url,
        keepwell.text("jdbc.user"),
        keepwell.secret("jdbc.password"),
        keepwell.count("jdbc.connections-max"));
  }

  private static Weekly weekly(SettingsReader keepwell) {
    List<String> to = keepwell.addresses("weekly-report.to");
    if (!to.isEmpty() && ChannelSettings.mail(keepwell).isEmpty()) {
      throw SettingsReader.failure(
          "weekly-report.to", "takes e-mail: " + SettingsReader.named("smtp.url"));
    }
    return new Weekly(to, keepwell.day("weekly-report.day"), keepwell.hour("weekly-report.hour"));
  }

  private static Accounts.Limits accounts(SettingsReader keepwell) {
    return new Accounts.Limits(
        keepwell.count("accounts.in-flight-max"),
        keepwell.duration("accounts.answer-timeout"),
        keepwell.count("accounts.snapshot-every"),
        new Capacity(
            keepwell.count("accounts.signal-keys-max"), keepwell.count("accounts.labels-max")));
  }

  /** As set; otherwise so many that they take half of the heap. */
  private static int residentMax(SettingsReader keepwell) {
    return keepwell.text("accounts.resident-max").isEmpty()
        ? Math.toIntExact(Runtime.getRuntime().maxMemory() / 2 / RESIDENT_BYTES)
        : keepwell.count("accounts.resident-max");
  }
}
