package keepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be set, and what is said of a setting that is not usable. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsTest {
  private static Settings settings(String key, String value) {
    return Settings.of(
        ConfigFactory.parseMap(Map.of("keepwell." + key, value))
            .withFallback(ConfigFactory.load()));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http.port, '', must be a whole number from 0 to 65535
          http.port, 1.5, must be a whole number from 0 to 65535
          management.host, '', must be an address of this host
          management.host, a b, is no host that is known: a b
          management.port, -1, must be a whole number from 0 to 65535
          remote.port, 65536, must be a whole number from 0 to 65535
          remote.port, 99999999999999, must be a whole number from 0 to 65535
          http.host, 0.0.0.0, 'must be a loopback address, as there are no API keys: keepwell.api-keys (KEEPWELL_API_KEYS)'
          http.tls.key, key.pem, 'goes with a certificate: keepwell.http.tls.certificate (KEEPWELL_HTTP_TLS_CERTIFICATE)'
          http.tls.certificate, cert.pem, 'goes with its key: keepwell.http.tls.key (KEEPWELL_HTTP_TLS_KEY)'
          http.host, a b, is no host that is known: a b
          remote.host, '', must be an address at which the other nodes reach this one
          remote.host, 0.0.0.0, must be an address at which the other nodes reach this one
          remote.host, '::', must be an address at which the other nodes reach this one
          remote.host, a b, is no host that is known: a b
          jdbc.password-file, nowhere, 'cannot be read: nowhere'
          slack.url-file, nowhere, 'cannot be read: nowhere'
          slack.url, canary, must be a URL such as https://hooks.slack.com/services/…
          slack.url, 'https://a b', must be a URL such as https://hooks.slack.com/services/…
          slack.url, 'ftp://a.example/canary', must be a URL such as https://hooks.slack.com/services/…
          slack.url, 'https://user:canary@a.example', must be a URL such as https://hooks.slack.com/services/…
          smtp.url-file, nowhere, 'cannot be read: nowhere'
          smtp.url, canary, 'must be a URL such as smtp://user:password@host:587?from=keepwell@example.com'
          smtp.url, 'smtp://canary', 'must have the address of the sender, such as ?from=keepwell@example.com'
          log.format, xml, 'must be one of text, json'
          zone, '', 'is no time zone: '
          zone, Mars/Olympus, is no time zone: Mars/Olympus
          clock.start, soon, is neither a date nor an RFC 3339 instant: soon
          clock.start, 2026-02-30, is neither a date nor an RFC 3339 instant: 2026-02-30
          clock.speed, '', must be a number from 0.001 to 1000000
          clock.speed, 0, must be a number from 0.001 to 1000000
          clock.speed, -1, must be a number from 0.001 to 1000000
          clock.speed, NaN, must be a number from 0.001 to 1000000
          clock.speed, 1000001, must be a number from 0.001 to 1000000
          """)
  void one_that_is_not_usable_is_named_with_its_variable(String key, String value, String problem) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(StartFailure.class)
        .hasMessage("keepwell.%s (%s) %s", key, SettingsReader.variable(key), problem);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http.body-bytes-max, 3 GiB, 'must be from 1 byte to 2 GiB, such as 64 KiB'
          http.json-depth-max, 1.5, must be a whole number from 1 to 2147483647
          http.inflation-max, 0, must be a whole number from 1 to 2147483647
          http.body-time-max, soon, 'must be a duration above 0, such as 10s'
          http.line-time-max, 0s, 'must be a duration above 0, such as 10s'
          http.uri-bytes-max, long, 'must be from 1 byte to 2 GiB, such as 64 KiB'
          http.header-bytes-max, -1, 'must be from 1 byte to 2 GiB, such as 64 KiB'
          http.headers-max, 0, must be a whole number from 1 to 2147483647
          http.connections-max, many, must be a whole number from 1 to 2147483647
          http.event-streams-max, 0, must be a whole number from 1 to 2147483647
          http.line-bytes-max, much, 'must be from 1 byte to 2 GiB, such as 64 KiB'
          jdbc.connections-max, 0, must be a whole number from 1 to 2147483647
          accounts.resident-max, many, must be a whole number from 1 to 2147483647
          http.requests-per-second-max, 0, must be a whole number from 1 to 1000000
          audit.kept, never, 'must be a duration above 0, such as 10s'
          accounts.signal-keys-max, 0, must be a whole number from 1 to 2147483647
          accounts.labels-max, some, must be a whole number from 1 to 2147483647
          accounts.answer-timeout, 0s, 'must be a duration above 0, such as 10s'
          accounts.answer-timeout, later, 'must be a duration above 0, such as 10s'
          weekly-report.hour, 24, must be a whole number from 0 to 23
          weekly-report.day, friday the 13th, 'must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday'
          """)
  void one_without_a_variable_is_named_by_its_key(String key, String value, String problem) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(StartFailure.class)
        .hasMessage("keepwell.%s %s", key, problem);
  }

  @Test
  void who_gets_the_weekly_report_has_an_address_and_e_mail_leaves_the_house() {
    assertThatThrownBy(() -> Settings.of(weeklyReport("dana")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("keepwell.weekly-report.to has what is no e-mail address: dana");
    assertThatThrownBy(() -> Settings.of(weeklyReport("dana@example.com")))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "keepwell.weekly-report.to takes e-mail: keepwell.smtp.url (KEEPWELL_SMTP_URL)");
  }

  private static Config weeklyReport(String to) {
    return ConfigFactory.parseMap(Map.of("keepwell.weekly-report.to", List.of(to)))
        .withFallback(ConfigFactory.load());
  }

  @Test
  void a_file_of_keys_that_is_not_there_or_has_none_stops_the_start(@TempDir Path folder)
      throws IOException {
    Settings settings = settings("api-keys", folder.resolve("keys").toString());
    assertThatThrownBy(() -> Opening.keys(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "keepwell.api-keys (KEEPWELL_API_KEYS) cannot be read: %s; keepwell key makes one",
            folder.resolve("keys"));
    Files.writeString(folder.resolve("keys"), "# none yet");
    assertThatThrownBy(() -> Opening.keys(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessage("keepwell.api-keys (KEEPWELL_API_KEYS) has no key; keepwell key makes one");
  }

  @Test
  void a_secret_may_be_in_a_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("slack"), "https://hooks.slack.example/x\n");
    assertThat(settings("slack.url-file", file.toString()).outreach().slack())
        .hasValue(URI.create("https://hooks.slack.example/x"));
    assertThat(settings("zone", "UTC").outreach().slack()).isEmpty();
    assertThat(settings("zone", "UTC").outreach().mail()).isEmpty();
  }

  @Test
  void every_variable_of_the_settings_file_is_known_by_its_name()
      throws IOException, URISyntaxException {
    String file = Files.readString(Path.of(Settings.class.getResource("/keepwell.conf").toURI()));
    assertThat(
            Pattern.compile("\\$\\{\\?(\\w+)}")
                .matcher(file)
                .results()
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            SettingsReader.OF_ENVIRONMENT.stream().map(SettingsReader::variable).toList());
  }
}
