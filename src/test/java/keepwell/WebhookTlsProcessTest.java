package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keepwell.outreach.Subscriber;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a node by TLS. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookTlsProcessTest {
  private static final Map<String, String> PRIVATE =
      Map.of("KEEPWELL_WEBHOOKS_ALLOW_PRIVATE", "true");

  @TempDir Path data;

  private static String hook(String host, Subscriber subscriber) {
    return "https://%s:%d/hook".formatted(host, subscriber.port());
  }

  @Test
  void a_host_with_a_certificate_that_is_trusted_is_told_by_messages_that_verify()
      throws Exception {
    Certificate certificate = new Certificate(data, "hooks.example");
    Names names = new Names(data.resolve("hosts")).lead("hooks.example", "127.0.0.1");
    try (Subscriber subscriber = Subscriber.secure(certificate.context());
        NodeProcess node =
            NodeProcess.start(data, PRIVATE, names.options(certificate.options())).untilReady()) {
      WebhookClient client = new WebhookClient(node).scoring();
      JsonNode webhook = client.telling(hook("hooks.example", subscriber));
      client.moods(90, 1);
      Awaitility.await().until(() -> !subscriber.messages().isEmpty());
      Subscriber.Message message = subscriber.messages().get(0);
      new Webhook(webhook.get("secret").asText()).verify(message.body(), message.headers().map());
      assertThat(subscriber.ids()).isEqualTo(client.told(1));
      client.awaitTaken(webhook);
    }
  }

  @Test
  void a_host_whose_certificate_is_for_another_name_is_told_nothing() throws Exception {
    Certificate certificate = new Certificate(data, "other.example");
    isToldNothing(certificate, certificate.options());
  }

  @Test
  void a_host_whose_certificate_is_not_trusted_is_told_nothing() throws Exception {
    isToldNothing(new Certificate(data, "hooks.example"));
  }

  private void isToldNothing(Certificate certificate, String... trusting) throws Exception {
    Names names = new Names(data.resolve("hosts")).lead("hooks.example", "127.0.0.1");
    try (Subscriber subscriber = Subscriber.secure(certificate.context());
        NodeProcess node = NodeProcess.start(data, PRIVATE, names.options(trusting)).untilReady()) {
      WebhookClient client = new WebhookClient(node).scoring();
      JsonNode webhook = client.telling(hook("hooks.example", subscriber));
      List<String> problems = client.moods(90, 1).problems(webhook);
      assertThat(problems).allMatch(problem -> problem.startsWith("no secure connection"));
      assertThat(subscriber.messages()).isEmpty();
    }
  }
}
