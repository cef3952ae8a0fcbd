package keepwell.http;

import akka.http.javadsl.model.StatusCodes;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads JSON that others have sent. NaN is read, to be refused where it stands rather than as a
 * syntax error of everything around it.
 */
final class JsonReader {
  private final StreamReadConstraints constraints;
  private final JsonMapper mapper;
  private final ObjectReader documents;

  /**
   * @param depthMax objects and arrays within each other
   */
  JsonReader(int depthMax) {
    this.constraints = StreamReadConstraints.builder().maxNestingDepth(depthMax).build();
    this.mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    this.documents =
        mapper.readerFor(Object.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  /**
   * A document as maps, lists, texts, numbers and booleans.
   *
   * @throws Problem.Raised if it is not JSON
   */
  Object tree(byte[] bytes) {
    try {
      return documents.readValue(bytes);
    } catch (IOException e) {
      throw new Problem.Raised(unreadable(e));
    }
  }

  JsonParser parser(byte[] bytes) throws IOException {
    return mapper.createParser(bytes);
  }

  /** Says what is wrong with a body and where, without quoting it. */
  Problem unreadable(IOException e) {
    JsonLocation at = e instanceof JsonProcessingException syntax ? syntax.getLocation() : null;
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return Problem.of(StatusCodes.BAD_REQUEST, "unreadable", "The body " + fault(e) + where + ".");
  }

  /** What is wrong with a text, for a sentence that begins with what it is. */
  String fault(IOException e) {
    if (e instanceof StreamConstraintsException beyond) {
      return beyond.getOriginalMessage().startsWith("Document nesting depth")
          ? "is nested deeper than %d".formatted(constraints.getMaxNestingDepth())
          : "has a number of more than %d characters, or a name of more than %d"
              .formatted(constraints.getMaxNumberLength(), constraints.getMaxNameLength());
    }
    boolean twice =
        e instanceof JsonParseException syntax
            && syntax.getOriginalMessage().startsWith("Duplicate field");
    return twice ? "gives a name twice" : "is not valid JSON";
  }
}
