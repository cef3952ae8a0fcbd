package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that a host has signed for itself, and its key. */
final class Certificate {
  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final Path trust;

  /**
   * @param folder where its files are
   */
  Certificate(Path folder, String host) throws IOException, InterruptedException {
    this(folder, host, "EC");
  }

  /**
   * @param kind of its key
   */
  Certificate(Path folder, String host, String kind) throws IOException, InterruptedException {
    keys = folder.resolve(host + ".keys");
    trust = folder.resolve(host + ".trust");
    Path itself = folder.resolve(host + ".cer");
    keytool(
        keys,
        List.of("-genkeypair", "-keyalg", kind, "-validity", "2"),
        List.of("-dname", "CN=" + host, "-ext", "san=dns:" + host));
    keytool(keys, List.of("-exportcert"), List.of("-file", itself.toString()));
    keytool(trust, List.of("-importcert", "-noprompt"), List.of("-file", itself.toString()));
  }

  /** The file of its key; the password is the usual one. */
  Path keys() {
    return keys;
  }

  private static void keytool(Path store, List<String> does, List<String> with)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(does);
    command.addAll(with);
    command.addAll(List.of("-alias", "host", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of(store + ".txt").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(Path.of(store + ".txt"))).isZero();
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(file)) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Itself as a file, PEM. */
  String chain() throws IOException, GeneralSecurityException {
    return pem("CERTIFICATE", store(keys).getCertificate("host").getEncoded());
  }

  /** Its key as a file, PKCS #8, PEM. */
  String key() throws IOException, GeneralSecurityException {
    return pem("PRIVATE KEY", store(keys).getKey("host", PASSWORD.toCharArray()).getEncoded());
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes));
  }

  /** By which a client trusts it, and nobody else. */
  SSLContext trusting() throws IOException, GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store(trust));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /** By which a server shows it. */
  SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = store(keys);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** By which a node trusts this one alone. */
  String[] options() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + trust,
      "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
      "-Djavax.net.ssl.trustStoreType=PKCS12"
    };
  }
}
