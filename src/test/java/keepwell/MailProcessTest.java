package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import keepwell.outreach.MailHost;
import keepwell.outreach.Message;
import keepwell.outreach.Outgoing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** E-mails of nodes that are killed, and over TLS. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailProcessTest {
  private static final String HOST = "mail.example";

  /** Where the mail server finds its certificate: once for all of its kind. */
  private static final String KEYS = "greenmail.tls.keystore.file";

  private static Certificate certificate;

  @TempDir Path data;

  @BeforeAll
  static void certify(@TempDir Path folder) throws Exception {
    certificate = new Certificate(folder, HOST);
    System.setProperty(KEYS, certificate.keys().toString());
  }

  @AfterAll
  static void forget() {
    System.clearProperty(KEYS);
  }

  private NodeProcess start(String url, String mail, String... options) {
    return NodeProcess.start(
            data, Map.of("KEEPWELL_JDBC_URL", url, "KEEPWELL_SMTP_URL", mail), options)
        .untilReady();
  }

  private static String deliveries(NodeProcess node) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(node.uri("/v1/channels/email/deliveries")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void a_node_that_is_killed_sends_the_rest_after_its_next_start_by_the_same_ids()
      throws Exception {
    String url = TestDatabase.POSTGRESQL.url(data);
    CountDownLatch gate = new CountDownLatch(1);
    Message[] all =
        IntStream.range(0, 20)
            .mapToObj(i -> Outgoing.mail("a" + i, "dana@example.com", "s" + i))
            .toArray(Message[]::new);
    try (MailHost host = new MailHost()) {
      NodeProcess killed = start(url, host.url());
      host.answering(
          asked -> {
            if (asked.equals(MailHost.END) && host.messages().size() == 5) {
              await(gate); // it has it, and does not say so
            }
            return MailHost.taking(asked);
          });
      List<Long> ids = new Outgoing(url).add(all);
      Awaitility.await().until(() -> host.messages().size() == 5);
      killed.kill();
      gate.countDown();
      host.answering(MailHost::taking);
      try (NodeProcess next = start(url, host.url())) {
        Awaitility.await().until(() -> new HashSet<>(host.all("Message-ID")).size() == all.length);
        Awaitility.await().until(() -> deliveries(next).split("delivered", -1).length > all.length);
      }
      assertThat(host.messages()).hasSize(all.length + 1); // the one that was under way
      assertThat(host.all("Message-ID")).allMatch(id -> id.endsWith("@example.com>"));
      assertThat(
              host.all("Message-ID").stream()
                  .map(id -> Long.valueOf(id.replaceAll(".*msg_(\\d+)\\..*", "$1"))))
          .containsAll(ids);
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_server_whose_certificate_is_trusted_and_its_own_is_sent_mail_and_others_are_not()
      throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtps"));
    server.setUser("keepwell@example.com", "keepwell", "secret");
    server.start();
    Names names = new Names(data.resolve("hosts")).lead(HOST, "127.0.0.1");
    names.lead("other.example", "127.0.0.1");
    String mail =
        "smtps://keepwell:secret@%s:" + server.getSmtps().getPort() + "?from=keepwell@example.com";
    String url = TestDatabase.POSTGRESQL.url(data);
    try {
      try (NodeProcess node =
          start(url, mail.formatted("other.example"), names.options(certificate.options()))) {
        new Outgoing(url).add(Outgoing.mail("acme", "dana@example.com", "s"));
        Awaitility.await()
            .dontCatchUncaughtExceptions() // of the server, which is left in the middle
            .until(() -> deliveries(node).contains("no secure connection"));
        assertThat(server.getReceivedMessages()).isEmpty();
      }
      try (NodeProcess node =
          start(url, mail.formatted(HOST), names.options(certificate.options()))) {
        Awaitility.await().until(() -> deliveries(node).contains("delivered"));
        assertThat(server.getReceivedMessages()).hasSize(1);
      }
    } finally {
      server.stop();
    }
  }
}
