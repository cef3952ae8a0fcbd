package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has changed what. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditTest {
  @TempDir Path data;
  private KeysNode node;
  private Api admin;

  @BeforeEach
  void start() {
    node = new KeysNode(data);
    admin = node.with(node.admin);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private JsonNode page(String query) {
    return Api.json(admin.get("/v1/audit" + query));
  }

  /** The calls, the first first: who, what, on what, with which status, before and after. */
  private List<String> calls() {
    List<String> calls = new ArrayList<>();
    for (JsonNode item : page("").path("items")) {
      calls.add(
          0,
          "%s %s %s %s %s→%s"
              .formatted(
                  item.path("key").asText(),
                  item.path("call").asText(),
                  item.path("target").asText(),
                  item.path("status").asText(),
                  item.path("before"),
                  item.path("after")));
    }
    return calls;
  }

  private int delete(String path) {
    return admin.send("DELETE", path, BodyPublishers.noBody()).statusCode();
  }

  @Test
  void each_change_is_written_down_with_what_was_before_and_after() {
    admin.put("/v1/accounts/acme", "{\"owner\": \"kim\"}");
    admin.put("/v1/accounts/acme", "{\"owner\": \"dana\"}");
    admin.put(
        "/v1/accounts/acme/override",
        "{\"max\": 49, \"reason\": \"left\", \"author\": \"dana\", \"until\": \"2099-01-01\"}");
    assertThat(delete("/v1/accounts/acme/override")).isEqualTo(200);
    String document = admin.get("/v1/scorecards").body().replace("\"version\":1", "\"version\":0");
    assertThat(admin.put("/v1/scorecards", document).statusCode()).isEqualTo(200);

    String override = page("?limit=3").at("/items/2/after").toString();
    assertThat(override).contains("\"max\":49.0", "\"reason\":\"left\"", "\"author\":\"dana\"");
    assertThat(calls())
        .containsExactly(
            "dana PUT /v1/accounts/{id} acme 200 null→{\"owner\":\"kim\"}",
            "dana PUT /v1/accounts/{id} acme 200 {\"owner\":\"kim\"}→{\"owner\":\"dana\"}",
            "dana PUT /v1/accounts/{id}/override acme 200 null→" + override,
            "dana DELETE /v1/accounts/{id}/override acme 200 " + override + "→null",
            "dana PUT /v1/scorecards null 200 1→2");
  }

  @Test
  void a_webhook_is_written_down_without_its_secret() {
    String secret = "whsec_" + "c2VjcmV0".repeat(6);
    JsonNode webhook =
        Api.json(
            admin.post(
                "/v1/webhooks",
                "application/json",
                "{\"url\": \"http://127.0.0.1:1/\", \"secret\": \"" + secret + "\"}"));
    String id = webhook.path("id").asText();
    String rotated =
        Api.json(admin.post("/v1/webhooks/" + id + "/rotate", "application/json", "{}"))
            .path("secret")
            .asText();
    assertThat(delete("/v1/webhooks/" + id)).isEqualTo(204);

    assertThat(calls()).hasSize(3);
    assertThat(calls().get(0))
        .startsWith("dana POST /v1/webhooks null 201 null→{\"id\":\"" + id + "\"");
    assertThat(calls().get(1)).startsWith("dana POST /v1/webhooks/{id}/rotate " + id + " 200 {");
    assertThat(calls().get(2))
        .startsWith("dana DELETE /v1/webhooks/{id} " + id + " 204 {")
        .endsWith("→null");
    assertThat(admin.get("/v1/audit").body()).doesNotContain(secret, rotated);
  }

  @Test
  void what_was_not_done_is_written_down_without_its_target() {
    admin.put("/v1/accounts/acme", "{\"owner\": 5}");
    delete("/v1/accounts/nobody");
    assertThat(calls())
        .containsExactly(
            "dana PUT /v1/accounts/{id} null 422 null→null",
            "dana DELETE /v1/accounts/{id} null 404 null→null");
  }

  @Test
  void what_changes_nothing_or_was_not_allowed_is_not_written_down() {
    admin.get("/v1/accounts");
    admin.post("/v1/signals", "application/json", "{\"account\": \"acme\", \"signal\": \"login\"}");
    node.with(node.read).put("/v1/accounts/acme", "{\"owner\": \"dana\"}");
    node.without().put("/v1/accounts/acme", "{\"owner\": \"dana\"}");
    assertThat(calls()).isEmpty();
  }

  @Test
  void pages_of_any_length_make_up_the_same_log() {
    for (int i = 0; i < 5; i++) {
      admin.put("/v1/accounts/acme", "{\"owner\": \"o" + i + "\"}");
    }
    JsonNode all = page("").path("items");
    JsonNode first = page("?limit=2");
    JsonNode second = page("?limit=2&before=" + first.path("next").asText());
    JsonNode third = page("?limit=2&before=" + second.path("next").asText());
    assertThat(first.path("items")).containsExactly(all.get(0), all.get(1));
    assertThat(second.path("items")).containsExactly(all.get(2), all.get(3));
    assertThat(third.path("items")).containsExactly(all.get(4));
    assertThat(third.path("next").isNull()).isTrue();
  }

  @Test
  void of_an_erased_account_nothing_is_left_but_who_did_what() throws IOException {
    admin.put("/v1/accounts/canary-id", "{\"owner\": \"canary-owner\"}");
    admin.put("/v1/accounts/other", "{\"owner\": \"dana\"}");
    assertThat(delete("/v1/accounts/canary-id")).isEqualTo(204);

    assertThat(calls())
        .containsExactly(
            "dana PUT /v1/accounts/{id} null 200 null→null",
            "dana PUT /v1/accounts/{id} other 200 null→{\"owner\":\"dana\"}",
            "dana DELETE /v1/accounts/{id} null 204 null→null");
    assertThat(Files.readString(data.resolve("keepwell.mv.db"), StandardCharsets.ISO_8859_1))
        .contains("other")
        .doesNotContain("canary");
  }
}
