package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import keepwell.fuzz.Mutations;
import keepwell.http.OpenApiTest.Example;

/**
 * Makes requests of the document's examples, changed anywhere but in what says where they end: one
 * answer is due to each. Texts stand for bytes.
 */
final class FuzzedRequest {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=ISO-8859-1",
          "application/x-ndjson",
          "text/csv; charset=utf-8",
          "multipart/form-data; boundary=a");

  private static final List<Entry<String, String>> HEADERS =
      List.of(
          Map.entry("Accept", "text/event-stream"),
          Map.entry("Accept", "application/x-ndjson;q=0.5, */*"),
          Map.entry("Accept-Encoding", "gzip;q=1.0, identity; q=0.5"),
          Map.entry("Authorization", "Bearer 0123456789abcdef"),
          Map.entry("Content-Encoding", "gzip"),
          Map.entry("Content-Encoding", "br"),
          Map.entry("Cookie", "a=b; c=d"),
          Map.entry("Expect", "100-continue"),
          Map.entry("If-Match", "W/\"1\""),
          Map.entry("If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT"),
          Map.entry("If-None-Match", "\"1\""),
          Map.entry("Last-Event-ID", "2146247046103055"),
          Map.entry("Origin", "http://example.com"),
          Map.entry("Range", "bytes=0-5"),
          Map.entry("Upgrade", "websocket"),
          Map.entry("X-Forwarded-For", "1.2.3.4"));

  private final List<Example> examples;
  private final Mutations mutations;

  FuzzedRequest(List<Example> examples, Mutations mutations) {
    this.examples = examples;
    this.mutations = mutations;
  }

  /** An example as it is, and the end of its connection. */
  static byte[] unchanged(Example example) {
    byte[] body = example.body().getBytes(UTF_8);
    String head =
        example.operation().method()
            + (" " + OpenApiTest.path(example.operation()) + " HTTP/1.1\r\nHost: keepwell\r\n")
            + (example.contentType().isEmpty()
                ? ""
                : "Content-Type: %s\r\nContent-Length: %d\r\n"
                    .formatted(example.contentType(), body.length))
            + "Connection: close\r\n\r\n";
    return joined(head, body);
  }

  byte[] bytes() throws IOException {
    Example example = mutations.oneOf(examples);
    Example other = mutations.oneOf(examples);
    String method = mutations.once(20) ? mutations.oneOf(METHODS) : example.operation().method();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target(example)).append(" HTTP/1.1\r\n");
    head.append("Host: keepwell\r\nConnection: close\r\n");
    for (Entry<String, String> header : HEADERS) {
      if (mutations.once(10)) {
        head.append(header.getKey()).append(": ");
        head.append(changed(header.getValue(), 3).replaceAll("[\r\n]", " ")).append("\r\n");
      }
    }
    if (example.contentType().isEmpty() && !mutations.once(10)) {
      return joined(head + "\r\n", new byte[0]);
    }
    return withBody(head, example, other);
  }

  private byte[] withBody(StringBuilder head, Example example, Example other) throws IOException {
    String type = mutations.once(10) ? mutations.oneOf(TYPES) : example.contentType();
    head.append("Content-Type: ").append(changed(type, 20).replaceAll("[\r\n]", " "));
    byte[] body = example.body().getBytes(UTF_8);
    if (!mutations.once(5)) {
      body = mutations.of(body, other.body().getBytes(UTF_8));
    }
    if (mutations.once(5)) {
      head.append("\r\nContent-Encoding: gzip");
      body = SignalsNode.gzip(body);
      body = mutations.once(2) ? mutations.of(body, body) : body;
    }
    if (mutations.once(3)) {
      return joined(head + "\r\nTransfer-Encoding: chunked\r\n\r\n", chunked(body));
    }
    return joined(head + "\r\nContent-Length: " + body.length + "\r\n\r\n", body);
  }

  private byte[] chunked(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int start = 0; start < body.length; ) {
      int end = Math.min(body.length, start + 1 + mutations.below(200));
      String length = Integer.toHexString(end - start) + "\r\n";
      chunks.writeBytes(joined(length, Arrays.copyOfRange(body, start, end)));
      chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
      start = end;
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return chunks.toByteArray();
  }

  private String target(Example example) {
    StringBuilder target = new StringBuilder();
    for (String segment : OpenApiTest.path(example.operation()).substring(1).split("/", -1)) {
      byte[] decoded = URLDecoder.decode(segment, UTF_8).getBytes(UTF_8);
      target
          .append('/')
          .append(escaped(changed(new String(decoded, ISO_8859_1), mutations.once(3) ? 2 : 20)));
    }
    char next = '?';
    for (JsonNode parameter : example.operation().parameters("query")) {
      if (mutations.once(3)) {
        String value = parameter.at("/schema/examples/0").asText("0");
        target.append(next).append(escaped(changed(parameter.path("name").asText(), 20)));
        target.append('=').append(escaped(changed(value, 2)));
        next = '&';
      }
    }
    return target.toString();
  }

  /** A text that is changed once in so many times. */
  private String changed(String text, int in) {
    return mutations.once(in) ? mutations.of(text, mutations.oneOf(examples).body()) : text;
  }

  /** As a URL has it, mostly; never with what would end it. */
  private String escaped(String text) {
    boolean careless = mutations.once(8);
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (UNRESERVED.indexOf(c) >= 0 || (careless && c > ' ')) {
        escaped.append(c);
      } else {
        escaped.append("%%%02X".formatted((int) c & 0xFF));
      }
    }
    return escaped.toString();
  }

  private static byte[] joined(String head, byte[] body) {
    byte[] first = head.getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }
}
