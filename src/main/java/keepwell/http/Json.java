package keepwell.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** JSON as the HTTP interface reads and writes it. */
final class Json {
  /**
   * NaN is read, to be refused where it stands rather than as a syntax error of everything around
   * it.
   */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final ObjectReader DOCUMENT =
      MAPPER.readerFor(Object.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private Json() {}

  /**
   * A document as maps, lists, texts, numbers and booleans.
   *
   * @throws Problem.Raised if it is not JSON
   */
  static Object tree(byte[] bytes) {
    try {
      return DOCUMENT.readValue(bytes);
    } catch (IOException e) {
      throw new Problem.Raised(unreadable(e));
    }
  }

  /** Says what is wrong with a JSON text and where, without quoting it. */
  static Problem unreadable(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return Problem.of(
          StatusCodes.BAD_REQUEST,
          "unreadable",
          "The body is nested too deeply, or has a number or a name that is too long.");
    }
    JsonLocation at = e instanceof JsonProcessingException syntax ? syntax.getLocation() : null;
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String what = isDuplicate(e) ? "gives a name twice" : "is not valid JSON";
    return Problem.of(StatusCodes.BAD_REQUEST, "unreadable", "The body " + what + where + ".");
  }

  private static boolean isDuplicate(IOException e) {
    return e instanceof JsonParseException syntax
        && syntax.getOriginalMessage().startsWith("Duplicate field");
  }

  static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body of ours cannot be written as JSON", e);
    }
  }

  static HttpResponse response(Object body) {
    return response(StatusCodes.OK, body);
  }

  static HttpResponse response(StatusCode status, Object body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(ContentTypes.APPLICATION_JSON, bytes(body));
  }
}
