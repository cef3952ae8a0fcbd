package keepwell.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import keepwell.http.Entry.Rejected;

/**
 * Reads records out of JSON. One that is wrong is rejected by itself; only what is no JSON at all
 * spoils its surroundings.
 *
 * @param <T> what they are of
 */
final class RecordReader<T> {
  private final Kind<T> kind;
  private final JsonReader reader;
  private final InstantSource productClock;

  /**
   * What can be read.
   *
   * @param name of one, in words
   * @param fields that it may have, in the order in which they are told
   * @param required columns, where there are columns
   * @param draft begins another
   */
  record Kind<T>(
      String name, List<String> fields, Set<String> required, Supplier<RecordDraft<T>> draft) {}

  RecordReader(Kind<T> kind, JsonReader reader, InstantSource productClock) {
    this.kind = kind;
    this.reader = reader;
    this.productClock = productClock;
  }

  Kind<T> kind() {
    return kind;
  }

  /**
   * What a body of {@code application/json} holds.
   *
   * @param single whether it is an object, not an array
   */
  record Body<T>(boolean single, List<Entry<T>> entries) {}

  RecordDraft<T> draft() {
    return kind.draft().get();
  }

  Entry<T> end(RecordDraft<T> draft, int index) {
    return draft.end(index, productClock.instant());
  }

  /**
   * Reads an object or an array of objects.
   *
   * @throws Problem.Raised if it is not JSON, or neither
   */
  Body<T> body(byte[] json) {
    try (JsonParser parser = reader.parser(json)) {
      JsonToken first = parser.nextToken();
      Instant now = productClock.instant();
      List<Entry<T>> entries = new ArrayList<>();
      if (first == JsonToken.START_OBJECT) {
        entries.add(object(parser, 0, now));
      } else if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          entries.add(element(parser, entries.size(), now));
        }
      } else {
        throw new Problem.Raised(
            Problem.ofField(
                "body", "is neither a %1$s nor an array of %1$ss".formatted(kind.name())));
      }
      if (parser.nextToken() != null) {
        throw new Problem.Raised(Problem.ofField("body", "goes on after its end"));
      }
      return new Body<>(first == JsonToken.START_OBJECT, entries);
    } catch (IOException e) {
      throw new Problem.Raised(reader.unreadable(e));
    }
  }

  /** Reads a line of NDJSON. */
  Entry<T> line(byte[] json, int index) {
    try (JsonParser parser = reader.parser(json)) {
      parser.nextToken();
      Entry<T> entry = element(parser, index, productClock.instant());
      return parser.nextToken() == null
          ? entry
          : new Rejected<>(index, "the line goes on after its record");
    } catch (IOException e) {
      return new Rejected<>(index, "the line " + reader.fault(e));
    }
  }

  private Entry<T> element(JsonParser parser, int index, Instant now) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return object(parser, index, now);
    }
    parser.skipChildren();
    return new Rejected<>(index, "the record is not an object");
  }

  private Entry<T> object(JsonParser parser, int index, Instant now) throws IOException {
    RecordDraft<T> draft = draft();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (draft.begin(field)) {
        switch (token) {
          case VALUE_STRING -> draft.text(field, parser.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> draft.number(field, parser.getDoubleValue());
          case VALUE_NULL -> {}
          default -> draft.unfit(field);
        }
      }
      parser.skipChildren();
    }
    return draft.end(index, now);
  }
}
