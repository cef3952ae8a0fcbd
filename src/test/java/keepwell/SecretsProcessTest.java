package keepwell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Outgoing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node keeps to itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsProcessTest {
  private static final String KEY = "kw_canary-key";
  private static final String HOOK = "whsec_" + "Y2FuYXJ5".repeat(6);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path data;

  private static String line() {
    return KeyFile.line(
        new ApiKey("dana", Set.of(Scope.ADMIN), ApiKey.Hash.of(KEY), OptionalInt.empty()));
  }

  /** Sends a request with a key, and returns all that is answered. */
  private static String send(URI uri, String key, String method, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.headers().map() + response.body();
  }

  private static String tried(NodeProcess node, String channel) throws Exception {
    return send(node.uri("/v1/channels/" + channel + "/deliveries"), KEY, "GET", "");
  }

  @Test
  void neither_the_log_nor_answers_metrics_or_the_process_list_tell_a_secret() throws Exception {
    Path keys = Files.writeString(data.resolve("keys"), line());
    Path password = Files.writeString(data.resolve("password"), "canary-password\n");
    String url = TestDatabase.POSTGRESQL.url(data);
    Outgoing outgoing = new Outgoing(url);
    Map<String, String> environment =
        Map.of(
            "KEEPWELL_JDBC_URL",
            url + "&password=canary-url",
            "KEEPWELL_JDBC_PASSWORD_FILE",
            password.toString(),
            "KEEPWELL_API_KEYS",
            keys.toString(),
            "KEEPWELL_SLACK_URL",
            "http://127.0.0.1:1/canary-slack",
            "KEEPWELL_SMTP_URL",
            "smtp://canary-user:canary-mail@127.0.0.1:1?from=canary@example.com");
    try (NodeProcess node = NodeProcess.start(data, environment).untilReady()) {
      outgoing.add(Outgoing.slack("acme", "hi"), Outgoing.mail("acme", "dana@example.com", "hi"));
      Awaitility.await()
          .until(
              () ->
                  (tried(node, "slack") + tried(node, "email")).split("\"problem\":", -1).length
                      == 3);
      assertThat(send(node.uri("/v1/webhooks"), KEY, "POST", hook("https://example.com/")))
          .startsWith("201");
      String answers =
          send(node.uri("/v1/accounts"), KEY, "GET", "")
              + send(node.uri("/v1/accounts"), KEY + "-wrong", "GET", "")
              + send(node.uri("/v1/canary-path-is-told"), KEY, "POST", "{\"a\":")
              + send(node.uri("/v1/webhooks"), KEY, "POST", hook("http://127.0.0.1/"))
              + send(node.uri("/v1/webhooks"), KEY, "GET", "")
              + send(node.uri("/v1/channels"), KEY, "GET", "")
              + tried(node, "slack")
              + tried(node, "email")
              + send(node.uri("/v1/audit"), KEY, "GET", "")
              + send(node.uri("/login"), KEY, "POST", "key=" + KEY);
      Files.writeString(keys, "dana admin " + KEY); // where a hash should be
      Awaitility.await().until(() -> node.output().contains("cannot be used"));
      String metrics = node.metrics();
      String process = Files.readString(Path.of("/proc/" + node.pid() + "/cmdline"), UTF_8);

      assertThat(answers).contains("404 {", "401 {", "problem:invalid-webhook", "/v1/webhooks");
      assertThat(node.output()).doesNotContain("missing in the audit log");
      for (String told : List.of(answers, metrics, process, node.output())) {
        assertThat(told)
            .doesNotContain(KEY, "canary-password", "canary-url", HOOK, "Y2FuYXJ5", "whsec_")
            .doesNotContain("canary-slack", "canary-user", "canary-mail", "canary@");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, false", "0.0.0.0, true"})
  void keys_that_leave_the_host_unencrypted_are_warned_about(String host, boolean warned)
      throws IOException {
    Path keys = Files.writeString(data.resolve("keys"), line());
    Map<String, String> environment =
        Map.of("KEEPWELL_HTTP_HOST", host, "KEEPWELL_API_KEYS", keys.toString());
    try (NodeProcess node = NodeProcess.start(data, environment).untilReady()) {
      assertThat(node.output().contains("over the network unencrypted")).isEqualTo(warned);
    }
  }

  private static String hook(String url) {
    return "{\"url\": \"%s\", \"secret\": \"%s\"}".formatted(url, HOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dkeepwell.jdbc.password=canary",
        "-Dkeepwell.slack.url=https://canary.example/",
        "-Dkeepwell.smtp.url=smtp://canary:canary@127.0.0.1?from=a@b.example",
        "-Dkeepwell.jdbc.url=jdbc:postgresql://127.0.0.1/x?password=canary"
      })
  void a_secret_that_the_process_list_tells_stops_the_start(String option)
      throws InterruptedException {
    try (NodeProcess node = NodeProcess.start(data, Map.of(), option)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.output())
          .contains("has a secret: it belongs into the environment or a file")
          .doesNotContain("canary");
    }
  }
}
