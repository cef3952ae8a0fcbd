package keepwell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface with a certificate. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TlsTest {
  @TempDir Path data;

  private TestNode start(Certificate certificate) throws Exception {
    Files.writeString(data.resolve("certificate.pem"), certificate.chain());
    Files.writeString(data.resolve("key.pem"), certificate.key());
    return TestNode.start(
        data,
        Map.of(
            "keepwell.http.tls.certificate",
            data.resolve("certificate.pem").toString(),
            "keepwell.http.tls.key",
            data.resolve("key.pem").toString()),
        InstantSource.system());
  }

  private static HttpResponse<String> get(URI node, SSLContext trusting)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://localhost:" + node.getPort() + "/v1/accounts");
    return HttpClient.newBuilder()
        .sslContext(trusting)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void who_trusts_the_certificate_is_answered_encrypted(String kind) throws Exception {
    Certificate certificate = new Certificate(data, "localhost", kind);
    try (TestNode node = start(certificate)) {
      assertThat(node.uri().getScheme()).isEqualTo("https");
      assertThat(get(node.uri(), certificate.trusting()).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(node.uri(), SSLContext.getDefault()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void who_does_not_encrypt_is_not_answered_and_no_older_protocol_is_spoken() throws Exception {
    Certificate certificate = new Certificate(data, "localhost");
    try (TestNode node = start(certificate)) {
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), node.uri().getPort())) {
        plain
            .getOutputStream()
            .write("GET /v1/accounts HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        assertThat(new String(plain.getInputStream().readAllBytes(), ISO_8859_1))
            .doesNotContain("HTTP");
      }
      try (SSLSocket old = socket(node.uri(), certificate.trusting())) {
        old.setEnabledProtocols(new String[] {"TLSv1.1"});
        assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
      }
    }
  }

  private static SSLSocket socket(URI node, SSLContext context) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.getPort());
  }

  private static X509Certificate shown(URI node, SSLContext context) throws IOException {
    try (SSLSocket socket = socket(node, context)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void a_renewed_certificate_is_shown_without_a_restart() throws Exception {
    Certificate first = new Certificate(data, "localhost");
    Path elsewhere = Files.createDirectory(data.resolve("renewed"));
    Certificate second = new Certificate(elsewhere, "localhost");
    try (TestNode node = start(first)) {
      X509Certificate before = shown(node.uri(), first.trusting());
      Path temporary = elsewhere.resolve("pem");
      Files.writeString(temporary, second.chain());
      Files.move(
          temporary,
          data.resolve("certificate.pem"),
          StandardCopyOption.ATOMIC_MOVE); // alone it is of no use
      Files.writeString(temporary, second.key());
      Files.move(temporary, data.resolve("key.pem"), StandardCopyOption.ATOMIC_MOVE);
      await()
          .ignoreException(SSLHandshakeException.class)
          .untilAsserted(
              () -> assertThat(shown(node.uri(), second.trusting())).isNotEqualTo(before));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          certificate.pem, '', the certificate is none (PEM)
          certificate.pem, nonsense, the certificate is none (PEM)
          key.pem, '', the key is none in PKCS #8
          key.pem, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', the key is none in PKCS #8
          key.pem, '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', the key is none in PKCS #8
          """)
  void files_that_cannot_be_used_stop_the_start(String file, String text, String problem)
      throws Exception {
    Certificate certificate = new Certificate(data, "localhost");
    Path chain = Files.writeString(data.resolve("certificate.pem"), certificate.chain());
    Path key = Files.writeString(data.resolve("key.pem"), certificate.key());
    Files.writeString(data.resolve(file), text);
    refused(chain, key, problem);
  }

  @Test
  void a_key_of_another_certificate_stops_the_start() throws Exception {
    Path elsewhere = Files.createDirectory(data.resolve("other"));
    Path chain =
        Files.writeString(
            data.resolve("certificate.pem"), new Certificate(data, "localhost").chain());
    Path key =
        Files.writeString(data.resolve("key.pem"), new Certificate(elsewhere, "localhost").key());
    refused(chain, key, "the key is not that of the certificate");
    refused(chain, data.resolve("nowhere"), "cannot be read");
  }

  private static void refused(Path certificate, Path key, String problem) {
    Settings settings =
        Settings.of(
            ConfigFactory.parseMap(
                    Map.of(
                        "keepwell.http.tls.certificate",
                        certificate.toString(),
                        "keepwell.http.tls.key",
                        key.toString()))
                .withFallback(ConfigFactory.load()));
    assertThatThrownBy(() -> Opening.tls(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("keepwell.http.tls.certificate (KEEPWELL_HTTP_TLS_CERTIFICATE)")
        .hasMessageContaining(problem);
  }
}
