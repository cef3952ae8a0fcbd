package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/** An answer as it comes out of a connection; reading one fails where it is not HTTP/1.1. */
record Answer(int statusCode, HttpHeaders headers, String body) implements HttpResponse<String> {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [ -~]*");
  private static final Pattern HEADER = Pattern.compile("([!#-'*+.^`|~\\w-]+): ?([\t -~]*)");
  private static final Pattern CHUNK = Pattern.compile("(\\p{XDigit}{1,7})(;.*)?");
  private static final int LINE_MAX = 16_384;

  /**
   * The next answer; empty if the connection ends before it. Of a stream that does not end only the
   * head is read.
   */
  static Optional<Answer> next(InputStream in) throws IOException {
    Optional<String> first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Matcher status = matched(STATUS, first.get());
    HttpHeaders headers = headers(in);
    int code = Integer.parseInt(status.group(1));
    if (code < 200) {
      return next(in); // it may go on, and what it has to say is still to come
    }
    boolean none = code == 204 || code == 304 || isStream(headers);
    return Optional.of(new Answer(code, headers, none ? "" : body(in, headers)));
  }

  /** Whether it never ends. */
  boolean isStream() {
    return isStream(headers);
  }

  private static boolean isStream(HttpHeaders headers) {
    return headers.firstValue("Content-Type").filter("text/event-stream"::equals).isPresent();
  }

  private static HttpHeaders headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = due(in); !line.isEmpty(); line = due(in)) {
      Matcher header = matched(HEADER, line);
      headers.computeIfAbsent(header.group(1), name -> new ArrayList<>()).add(header.group(2));
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static String body(InputStream in, HttpHeaders headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.firstValue("Transfer-Encoding").isPresent()) {
      assertThat(headers.allValues("Transfer-Encoding")).containsExactly("chunked");
      int length = chunkLength(in);
      for (; length > 0; length = chunkLength(in)) {
        body.write(bytes(in, length));
        assertThat(due(in)).isEmpty();
      }
      headers(in); // a trailer
    } else {
      long length = headers.firstValueAsLong("Content-Length").orElseThrow();
      body.write(bytes(in, Math.toIntExact(length)));
    }
    return body.toString(UTF_8);
  }

  private static int chunkLength(InputStream in) throws IOException {
    return Integer.parseInt(matched(CHUNK, due(in)).group(1), 16);
  }

  private static byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    assertThat(bytes).hasSize(length);
    return bytes;
  }

  private static Matcher matched(Pattern pattern, String line) {
    assertThat(line).matches(pattern);
    Matcher matcher = pattern.matcher(line);
    matcher.find();
    return matcher;
  }

  private static String due(InputStream in) throws IOException {
    return line(in).orElseThrow(EOFException::new);
  }

  private static Optional<String> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 && line.isEmpty()) {
        return Optional.empty();
      }
      assertThat(next).as("what follows %s", line).isNotNegative();
      assertThat(line.length()).isLessThan(LINE_MAX);
      line.append((char) next);
    }
    assertThat(line).endsWith("\r");
    return Optional.of(line.substring(0, line.length() - 1));
  }

  @Override
  public HttpRequest request() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<HttpResponse<String>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    throw new UnsupportedOperationException();
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }

  /** All of it, as text. */
  @Override
  public String toString() {
    return new String((statusCode + " " + headers.map() + " ").getBytes(UTF_8), ISO_8859_1) + body;
  }
}
