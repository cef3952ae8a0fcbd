package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A page that is complete by itself: it may be sent by e-mail, kept and printed. */
public final class StandalonePage {
  private static final String HTML = "text/html";

  /** The same address answers programs, too. */
  static final HttpHeader VARY = RawHeader.create("Vary", "Accept");

  private StandalonePage() {}

  /** Whether a person asks, by a browser. */
  public static boolean isWanted(HttpRequest request) {
    return request.getHeader("Accept").filter(accept -> accept.value().contains(HTML)).isPresent();
  }

  /** Browsers show nothing but the page itself, in the one style that it has. */
  static HttpResponse response(String html) {
    String style = html.replaceFirst("(?s).*?<style>", "").replaceFirst("(?s)</style>.*", "");
    return HttpResponse.create()
        .withEntity(ContentTypes.TEXT_HTML_UTF8, html)
        .addHeader(
            RawHeader.create(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-%s'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(hash(style))))
        .addHeader(RawHeader.create("Cache-Control", "no-cache"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
        .addHeader(RawHeader.create("Referrer-Policy", "same-origin"))
        .addHeader(VARY);
  }

  private static String hash(String style) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
