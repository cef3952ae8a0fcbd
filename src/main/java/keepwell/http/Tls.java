package keepwell.http;

import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.HttpsConnectionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import keepwell.access.UnusableException;
import keepwell.access.Watched;

/**
 * The certificate that this node shows, with its key: a renewed one is shown without a restart. TLS
 * 1.2 and 1.3.
 */
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Kinds of keys, and how each signs. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  private final Watched<SSLContext> files;

  private Tls(Watched<SSLContext> files) {
    this.files = files;
  }

  /**
   * Reads both files.
   *
   * @param certificate with those that lead to its issuer, PEM
   * @param key PKCS #8 without a password, PEM
   */
  public static Tls load(Path certificate, Path key) throws UnusableException {
    return new Tls(
        Watched.of(
            "certificate",
            List.of(certificate, key),
            texts -> context(texts.get(0), texts.get(1))));
  }

  /** Reads the files again if they have changed. */
  public void refresh() {
    files.refresh();
  }

  HttpsConnectionContext connections() {
    return ConnectionContext.httpsServer(
        () -> {
          SSLEngine engine = files.current().createSSLEngine();
          engine.setUseClientMode(false);
          engine.setEnabledProtocols(PROTOCOLS);
          return engine;
        });
  }

  private static SSLContext context(String certificates, String key) throws UnusableException {
    Certificate[] chain = chain(certificates);
    PrivateKey own = key(key);
    if (!belongs(own, chain[0])) {
      throw new UnusableException("the key is not that of the certificate");
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("own", own, NO_PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableException("the certificate cannot be used with the key");
    }
  }

  private static Certificate[] chain(String pem) throws UnusableException {
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (GeneralSecurityException e) {
      // Then it is none, either.
    }
    throw new UnusableException("the certificate is none (PEM)");
  }

  /** Whether what is signed by the one is verified by the other. */
  private static boolean belongs(PrivateKey key, Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(certificate.getEncoded());
      byte[] signed = signature.sign();
      signature.initVerify(certificate);
      signature.update(certificate.getEncoded());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PrivateKey key(String pem) throws UnusableException {
    Matcher key = KEY.matcher(pem);
    if (key.find()) {
      for (String kind : SIGNATURES.keySet()) {
        try {
          byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
          return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (InvalidKeySpecException e) {
          // It may be of another kind.
        } catch (GeneralSecurityException | IllegalArgumentException e) {
          break;
        }
      }
    }
    throw new UnusableException(
        "the key is none in PKCS #8 without a password, PEM; openssl pkcs8 -topk8 -nocrypt makes"
            + " such a one of others");
  }
}
