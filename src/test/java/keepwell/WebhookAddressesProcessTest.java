package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import keepwell.http.Api;
import keepwell.outreach.Rude;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a node's messages may not go, whatever a name leads to and when. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookAddressesProcessTest {
  private static final String PUBLIC = "93.184.216.34";

  @TempDir Path data;

  @Test
  void a_name_that_leads_to_a_private_address_later_is_not_connected_to() {
    Names names = new Names(data.resolve("hosts")).lead("hooks.example", PUBLIC);
    try (Rude listening = Rude.silent();
        NodeProcess node = NodeProcess.start(data, Map.of(), names.options()).untilReady()) {
      WebhookClient client = new WebhookClient(node).scoring();
      String url = "https://hooks.example:%d/".formatted(listening.port());
      JsonNode webhook = client.telling(url);
      names.lead("hooks.example", "127.0.0.1");
      assertThat(client.moods(90, 1).problems(webhook))
          .containsOnly("the host leads to a private address");
      names.lead("hooks.example", PUBLIC, "127.0.0.1");
      isRefused(client, url);
      assertThat(listening.connections()).isZero();
    }
  }

  @Test
  void a_webhook_whose_host_leads_to_no_public_address_is_refused() {
    Names names =
        new Names(data.resolve("hosts"))
            .lead("loopback.example", "127.9.9.9")
            .lead("loopback6.example", "::1")
            .lead("private.example", "10.1.2.3")
            .lead("link.example", "169.254.169.254")
            .lead("link6.example", "fe80::1")
            .lead("local6.example", "fd00::1")
            .lead("mapped.example", "::ffff:192.168.0.1")
            .lead("translated.example", "64:ff9b::10.0.0.1")
            .lead("both.example", PUBLIC, "10.0.0.1");
    try (NodeProcess node = NodeProcess.start(data, Map.of(), names.options()).untilReady()) {
      WebhookClient client = new WebhookClient(node);
      names.all().forEach(name -> isRefused(client, "https://" + name + "/"));
      isRefused(client, "https://127.0.0.1/");
      isRefused(client, "https://[::1]/");
      isRefused(client, "https://[fd00::1]/");
      isRefused(client, "https://[::ffff:10.0.0.1]/");
      client.telling("https://" + PUBLIC + "/");
      client.telling("https://not-yet-known.example/");
    }
  }

  private static void isRefused(WebhookClient client, String url) {
    HttpResponse<String> answer = client.tell(url);
    assertThat(answer.statusCode()).as(url).isEqualTo(422);
    JsonNode faults = Api.json(answer).get("faults");
    assertThat(faults.findValuesAsText("path")).containsExactly("url");
    assertThat(faults.findValuesAsText("problem").get(0)).startsWith("leads to a private address");
  }
}
