package keepwell;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import keepwell.access.ApiKeys;
import keepwell.access.UnusableException;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.http.Tls;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.outreach.Templates;
import keepwell.playbook.PlaybookReader;
import keepwell.playbook.PlaybookVersions;
import keepwell.report.Reports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is opened before all else; what is wrong with it is a {@link StartFailure}. */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final String FIRST_SCORECARDS = "/scorecards/starter.json";
  private static final String FIRST_PLAYBOOKS = "/playbooks/default.json";
  private static final String TEMPLATES = "/templates";

  private Opening() {}

  static Database database(Settings.Jdbc jdbc) {
    try {
      return Database.open(jdbc.url(), jdbc.user(), jdbc.password(), jdbc.connectionsMax());
    } catch (Database.UnreachableException e) {
      throw new StartFailure("%s: %s".formatted(jdbc.setting(), e.getMessage()));
    }
  }

  /** The API keys, if there is a file of them. */
  static Optional<ApiKeys> keys(Settings settings) {
    return settings
        .apiKeys()
        .map(
            file -> {
              try {
                return ApiKeys.load(file, settings.requestsPerSecondMax(), System::nanoTime);
              } catch (UnusableException e) {
                throw SettingsReader.failure(
                    "api-keys", e.getMessage() + "; keepwell key makes one");
              }
            });
  }

  /** What connections are encrypted by; if they are not, and leave this host, it is told. */
  static Optional<Tls> tls(Settings settings) {
    if (settings.tls().isEmpty() && settings.apiKeys().isPresent() && !settings.isLocal()) {
      LOG.atWarn()
          .addKeyValue("host", settings.httpHost())
          .log("Keys and accounts go over the network unencrypted: set keepwell.http.tls");
    }
    return settings
        .tls()
        .map(
            files -> {
              try {
                return Tls.load(files.certificate(), files.key());
              } catch (UnusableException e) {
                throw SettingsReader.failure("http.tls.certificate", e.getMessage());
              }
            });
  }

  /** As it was settled at the first start. */
  static Installation installation(Settings settings, Database database, InstantSource real)
      throws SQLException {
    Instant now = real.instant();
    Installation proposed =
        Installation.proposed(settings.zone(), now, settings.clockStart(), settings.clockSpeed());
    Installation settled = Installation.settle(database, proposed);
    boolean differs =
        !settled.zone().equals(settings.zone())
            || settled.speed() != settings.clockSpeed()
            || settings.clockStart().map(start -> !start.equals(settled.start())).orElse(false);
    if (differs) {
      LOG.atWarn()
          .addKeyValue("zone", settled.zone())
          .addKeyValue("clockStart", settled.start())
          .addKeyValue("clockSpeed", settled.speed())
          .log("Zone and clock stay as they were at the first start");
    }
    return settled;
  }

  /** The scorecards of the first version. */
  static Map<String, Object> firstScorecards() {
    return document(
        FIRST_SCORECARDS,
        (document, faults) -> ScorecardReader.read(document, 0, Instant.EPOCH, faults));
  }

  /** Every version of the playbooks, which may use these templates. */
  static PlaybookVersions playbooks(Database database, Templates templates, Instant now)
      throws SQLException {
    Set<String> names = Set.copyOf(templates.names());
    Map<String, Object> first =
        document(
            FIRST_PLAYBOOKS, (document, faults) -> PlaybookReader.read(document, 0, names, faults));
    return PlaybookVersions.load(database, names, first, now);
  }

  /** A document of {@code conf}, in which its reader finds no fault. */
  @SuppressWarnings("unchecked") // a document is an object
  private static Map<String, Object> document(
      String file, BiConsumer<Map<String, Object>, Set<Fault>> reader) {
    Set<Fault> faults = new LinkedHashSet<>();
    try (InputStream json = Opening.class.getResourceAsStream(file)) {
      Map<String, Object> document = new ObjectMapper().readValue(json, LinkedHashMap.class);
      reader.accept(document, faults);
      if (faults.isEmpty()) {
        return document;
      }
    } catch (IOException e) {
      throw new StartFailure("conf" + file + " cannot be read: " + e.getMessage());
    }
    throw new StartFailure("conf" + file + " has faults: " + faults);
  }

  /** How messages are worded. */
  static Templates templates() {
    try {
      return Templates.load(
          Path.of(Opening.class.getResource(TEMPLATES).toURI()), Reports.samples());
    } catch (Templates.UnusableException | URISyntaxException e) {
      throw new StartFailure("conf" + TEMPLATES + ": " + e.getMessage());
    }
  }
}
