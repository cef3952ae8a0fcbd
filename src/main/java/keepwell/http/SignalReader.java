package keepwell.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import keepwell.account.Fingerprint;
import keepwell.health.Days;
import keepwell.http.SignalDraft.Entry;
import keepwell.http.SignalDraft.Rejected;

/**
 * Reads signals out of JSON. A record that is wrong is rejected by itself; only what is no JSON at
 * all spoils its surroundings.
 */
final class SignalReader {
  private final JsonReader reader;
  private final Days days;
  private final InstantSource productClock;
  private final Fingerprint fingerprint;

  SignalReader(JsonReader reader, Days days, InstantSource productClock, Fingerprint fingerprint) {
    this.reader = reader;
    this.days = days;
    this.productClock = productClock;
    this.fingerprint = fingerprint;
  }

  /**
   * What a body of {@code application/json} holds.
   *
   * @param single whether it is an object, not an array
   */
  record Body(boolean single, List<Entry> entries) {}

  SignalDraft draft() {
    return new SignalDraft(days);
  }

  Entry end(SignalDraft draft, int index) {
    return draft.end(index, productClock.instant(), fingerprint);
  }

  /**
   * Reads an object or an array of objects.
   *
   * @throws Problem.Raised if it is not JSON, or neither
   */
  Body body(byte[] json) {
    try (JsonParser parser = reader.parser(json)) {
      JsonToken first = parser.nextToken();
      Instant now = productClock.instant();
      List<Entry> entries = new ArrayList<>();
      if (first == JsonToken.START_OBJECT) {
        entries.add(object(parser, 0, now));
      } else if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          entries.add(element(parser, entries.size(), now));
        }
      } else {
        throw new Problem.Raised(
            Problem.ofField("body", "is neither a signal nor an array of signals"));
      }
      if (parser.nextToken() != null) {
        throw new Problem.Raised(Problem.ofField("body", "goes on after its end"));
      }
      return new Body(first == JsonToken.START_OBJECT, entries);
    } catch (IOException e) {
      throw new Problem.Raised(reader.unreadable(e));
    }
  }

  /** Reads a line of NDJSON. */
  Entry line(byte[] json, int index) {
    try (JsonParser parser = reader.parser(json)) {
      parser.nextToken();
      Entry entry = element(parser, index, productClock.instant());
      return parser.nextToken() == null
          ? entry
          : new Rejected(index, null, null, "the line goes on after its record");
    } catch (IOException e) {
      return new Rejected(index, null, null, "the line " + reader.fault(e));
    }
  }

  private Entry element(JsonParser parser, int index, Instant now) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return object(parser, index, now);
    }
    parser.skipChildren();
    return new Rejected(index, null, null, "the record is not an object");
  }

  private Entry object(JsonParser parser, int index, Instant now) throws IOException {
    SignalDraft draft = draft();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (draft.begin(field)) {
        switch (token) {
          case VALUE_STRING -> draft.text(field, parser.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> draft.number(field, parser.getDoubleValue());
          case VALUE_NULL -> {}
          default ->
              draft.fault(
                  field,
                  field.equals("value") ? "is neither a number nor a date" : "is not a text");
        }
      }
      parser.skipChildren();
    }
    return draft.end(index, now, fingerprint);
  }
}
