package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Subscriber;
import keepwell.outreach.Subscriber.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of nodes that are killed: every one comes, and in order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookCrashTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ACCOUNTS = 100;

  @TempDir Path data;

  private final List<NodeProcess> nodes = new ArrayList<>();

  /** Opened, whoever has to be answered is. */
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() {
    gate.countDown();
    nodes.forEach(NodeProcess::close);
  }

  private NodeProcess start(String url) {
    NodeProcess node =
        NodeProcess.start(
            data, Map.of("KEEPWELL_JDBC_URL", url, "KEEPWELL_WEBHOOKS_ALLOW_PRIVATE", "true"));
    nodes.add(node);
    return node.untilReady();
  }

  private Answer onceOpen(Subscriber.Message message) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.of(204);
  }

  @ParameterizedTest
  @EnumSource
  void a_node_that_is_killed_sends_the_rest_after_its_next_start(TestDatabase kind)
      throws Exception {
    String url = kind.url(data);
    try (Subscriber subscriber = Subscriber.plain()) {
      NodeProcess killed = start(url);
      WebhookClient client = new WebhookClient(killed).scoring();
      JsonNode webhook = client.telling(subscriber.uri().toString());
      client.moods(90, ACCOUNTS);
      Awaitility.await().until(() -> subscriber.ids().size() >= ACCOUNTS);
      subscriber.answering(this::onceOpen);
      client.moods(60, ACCOUNTS).moods(20, ACCOUNTS).moods(90, ACCOUNTS);
      List<String> told = client.told(4 * ACCOUNTS);
      Awaitility.await().until(() -> subscriber.ids().size() > told.size() / 4);
      killed.kill();
      gate.countDown();

      WebhookClient after = new WebhookClient(start(url));
      Awaitility.await().until(() -> new HashSet<>(subscriber.ids()).containsAll(told));
      after.awaitTaken(webhook);
      assertThat(after.told(told.size())).isEqualTo(told);
      assertThat(subscriber.ids()).allMatch(told::contains);
      isInOrder(subscriber);
      verify(webhook, subscriber);
    }
  }

  @Test
  void a_node_goes_on_with_the_messages_of_one_that_is_killed() throws Exception {
    String url = TestDatabase.POSTGRESQL.url(data);
    NodeProcess sending = start(url); // the oldest does
    NodeProcess other = start(url);
    try (Subscriber one = Subscriber.plain();
        Subscriber another = Subscriber.plain()) {
      WebhookClient client = new WebhookClient(sending).scoring();
      WebhookClient rest = new WebhookClient(other);
      JsonNode first = client.telling(one.uri().toString());
      JsonNode second = rest.telling(another.uri().toString());
      client.moods(90, ACCOUNTS);
      rest.moods(60, ACCOUNTS);
      List<String> calm = client.told(2 * ACCOUNTS);
      Awaitility.await()
          .until(() -> one.ids().size() >= calm.size() && another.ids().size() >= calm.size());
      client.awaitTaken(first);
      rest.awaitTaken(second);
      assertThat(one.ids()).containsExactlyInAnyOrderElementsOf(calm);
      assertThat(another.ids()).containsExactlyInAnyOrderElementsOf(calm);

      one.answering(this::onceOpen);
      another.answering(this::onceOpen);
      client.moods(20, ACCOUNTS);
      Awaitility.await()
          .until(() -> one.ids().size() > calm.size() && another.ids().size() > calm.size());
      sending.kill();
      Set<String> underWay = new HashSet<>(one.ids());
      underWay.addAll(another.ids());
      calm.forEach(underWay::remove);
      gate.countDown();
      rest.moods(90, ACCOUNTS);
      List<String> told = rest.told(4 * ACCOUNTS);
      for (Subscriber subscriber : List.of(one, another)) {
        Awaitility.await().until(() -> new HashSet<>(subscriber.ids()).containsAll(told));
      }
      rest.awaitTaken(first);
      rest.awaitTaken(second);
      for (Subscriber subscriber : List.of(one, another)) {
        List<String> again = new ArrayList<>(subscriber.ids());
        told.forEach(again::remove);
        assertThat(again).doesNotHaveDuplicates().allMatch(underWay::contains);
        isInOrder(subscriber);
      }
      verify(first, one);
      verify(second, another);
    }
  }

  /** Of each account, no message comes after a later one; what came twice is the same. */
  private static void isInOrder(Subscriber subscriber) throws Exception {
    Map<String, JsonNode> last = new HashMap<>();
    for (Subscriber.Message message : subscriber.messages()) {
      JsonNode change = JSON.readTree(message.body()).get("data");
      assertThat(message.id()).isEqualTo("msg_" + change.get("id"));
      JsonNode before = last.put(change.get("account").asText(), change);
      if (before != null && !before.equals(change)) {
        assertThat(change.get("id").asLong()).isGreaterThan(before.get("id").asLong());
        assertThat(change.get("from")).isEqualTo(before.get("to"));
      }
    }
  }

  private static void verify(JsonNode webhook, Subscriber subscriber) throws Exception {
    Webhook verifier = new Webhook(webhook.get("secret").asText());
    for (Subscriber.Message message : subscriber.messages()) {
      verifier.verify(message.body(), message.headers().map());
    }
  }
}
