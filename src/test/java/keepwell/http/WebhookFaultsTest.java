package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import keepwell.TestNode;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no subscriber may want. The node lets nobody into its network. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookFaultsTest {
  private static TestNode node;
  private static Api api;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = TestNode.start(data);
    api = new Api(node.uri());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Tuple[] faults(String json) {
    var answer = api.post("/v1/webhooks", "application/json", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    JsonNode body = Api.json(answer);
    assertThat(body.get("type").asText()).isEqualTo("urn:keepwell:problem:invalid-webhook");
    assertThat(Api.json(api.get("/v1/webhooks")).get("items")).isEmpty();
    return StreamSupport.stream(body.get("faults").spliterator(), false)
        .map(fault -> tuple(fault.get("path").asText(), fault.get("problem").asText()))
        .toArray(Tuple[]::new);
  }

  @Test
  void all_faults_are_named() {
    String types = "[tier.changed, account.erased, playbook.notified]";
    assertThat(
            faults(
                """
                {"url": 7, "eventTypes": ["tier.changed", "tier.change", 3], "description": [],
                 "secret": "whsec_abcd", "colour": "red"}
                """))
        .containsExactly(
            tuple("colour", "is not known; there are [url, eventTypes, description, secret]"),
            tuple("url", "must be a URL"),
            tuple("eventTypes[1]", "is none of " + types),
            tuple("eventTypes[2]", "is none of " + types),
            tuple("description", "must be a text"),
            tuple("secret", "has 3 bytes; it must have from 24 to 64"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"https://hooks.example/\""})
  void it_must_be_an_object(String json) {
    assertThat(faults(json)).contains(tuple("", "must be an object"));
  }

  @Test
  void there_must_be_a_url_and_some_event_type() {
    assertThat(faults("{\"eventTypes\": []}"))
        .containsExactly(
            tuple("url", "must be a URL"),
            tuple(
                "eventTypes",
                "must be a list of some of [tier.changed, account.erased, playbook.notified]"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example/, must begin with https://",
    "ftp://hooks.example/, must begin with https://",
    "/hook, must begin with https://",
    "https:///hook, 'must name a host, and a port from 1 to 65535 if any'",
    "https://hooks.example:70000/, must be a URL",
    "https://hooks.example:0/, 'must name a host, and a port from 1 to 65535 if any'",
    "https://dana:secret@hooks.example/, must have neither a password nor a fragment",
    "https://hooks.example/#top, must have neither a password nor a fragment",
    "https://hooks example/, must be a URL"
  })
  void a_url_must_be_one_to_which_a_message_can_go(String url, String problem) {
    assertThat(faults("{\"url\": \"%s\"}".formatted(url))).containsExactly(tuple("url", problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://localhost:8443/hook",
        "https://10.0.0.1/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fd00::1]:9000/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/"
      })
  void a_url_must_not_lead_into_the_own_network(String url) {
    assertThat(faults("{\"url\": \"%s\"}".formatted(url)))
        .containsExactly(
            tuple(
                "url", "leads to a private address; KEEPWELL_WEBHOOKS_ALLOW_PRIVATE may allow it"));
  }

  @Test
  void a_new_secret_must_be_one_too() {
    var answer =
        api.post("/v1/webhooks/none/rotate", "application/json", "{\"secret\": \"short\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Api.json(answer).at("/faults/0/path").asText()).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/webhooks/none",
    "DELETE, /v1/webhooks/none",
    "POST, /v1/webhooks/none/rotate",
    "POST, /v1/webhooks/none/enable",
    "GET, /v1/webhooks/none/deliveries",
    "POST, /v1/webhooks/none/deliveries/msg_1/retry",
    "POST, /v1/webhooks/none/deliveries/nonsense/retry"
  })
  void what_is_not_there_is_not_found(String method, String path) {
    assertThat(api.send(method, path, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"state=lost, state", "before=7, before", "limit=0, limit", "page=2, page"})
  void a_parameter_that_makes_no_sense_is_named(String query, String field) {
    var answer = api.get("/v1/webhooks/none/deliveries?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Api.json(answer).get("field").asText()).isEqualTo(field);
  }

  @Test
  void there_are_a_hundred_at_most() {
    for (int i = 0; i < 100; i++) {
      var added =
          api.post("/v1/webhooks", "application/json", "{\"url\": \"https://hooks.example/\"}");
      assertThat(added.statusCode()).isEqualTo(201);
    }
    var answer =
        api.post("/v1/webhooks", "application/json", "{\"url\": \"https://hooks.example/\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    Api.json(api.get("/v1/webhooks"))
        .get("items")
        .forEach(
            webhook ->
                api.send(
                    "DELETE",
                    "/v1/webhooks/" + webhook.get("id").asText(),
                    BodyPublishers.noBody()));
  }
}
