package keepwell.http;

import akka.http.javadsl.coding.Coder;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.ContentEncoding;
import akka.http.javadsl.model.headers.HttpEncoding;
import akka.http.javadsl.model.headers.HttpEncodings;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;

/** Decodes bodies that were sent compressed, as long as they do not grow beyond measure. */
final class Inflation {
  /** What may come of any body, however small it was. */
  private static final long BYTES_FREE = 1 << 20;

  private final int growthMax;

  /**
   * @param growthMax how many bytes may come of one, beyond the first mebibyte
   */
  Inflation(int growthMax) {
    this.growthMax = growthMax;
  }

  /**
   * The body of a request as it was before it was compressed. One that grows too much fails with a
   * problem, once it has.
   *
   * @throws Problem.Raised if it is encoded in another way
   */
  HttpEntity inflated(HttpRequest request) {
    HttpEntity entity = request.entity();
    List<HttpEncoding> encodings = encodings(request);
    boolean empty = entity.getContentLengthOption().orElse(1) == 0;
    return encodings.isEmpty() || empty
        ? entity
        : HttpEntities.createChunked(
            entity.getContentType(), inflated(entity.getDataBytes(), coder(encodings)));
  }

  private static List<HttpEncoding> encodings(HttpRequest request) {
    List<HttpEncoding> encodings = new ArrayList<>();
    request
        .getHeaders()
        .forEach(
            header -> {
              if (header instanceof ContentEncoding content) {
                content.getEncodings().forEach(encodings::add);
              }
            });
    encodings.removeIf(HttpEncodings.IDENTITY::equals);
    return encodings;
  }

  private static Coder coder(List<HttpEncoding> encodings) {
    if (encodings.equals(List.of(HttpEncodings.GZIP))) {
      return Coder.Gzip;
    }
    if (encodings.equals(List.of(HttpEncodings.DEFLATE))) {
      return Coder.Deflate;
    }
    throw new Problem.Raised(
        Problem.of(
            StatusCodes.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-encoding",
            "Bodies are sent as they are, or with one Content-Encoding: gzip or deflate."));
  }

  /** Within a stream, so that what came of it before it grew too much is kept. */
  private Source<ByteString, Object> inflated(Source<ByteString, Object> body, Coder coder) {
    Budget budget = new Budget();
    return body.map(budget::add)
        .via(coder._underlyingScalaCoder().decoderFlow())
        .mapError(IllegalStateException.class, cutOff -> new EOFException(cutOff.getMessage()))
        .map(budget::take);
  }

  /** How many more bytes may come of a body. */
  private final class Budget {
    private long bytes = BYTES_FREE;

    ByteString add(ByteString came) {
      bytes += (long) growthMax * came.length();
      return came;
    }

    ByteString take(ByteString inflated) {
      bytes -= inflated.length();
      if (bytes < 0) {
        throw new Problem.Raised(
            Problem.of(
                StatusCodes.CONTENT_TOO_LARGE,
                "inflates-too-much",
                "The body grows to more than a mebibyte and %d times its size as it was sent."
                    .formatted(growthMax)));
      }
      return inflated;
    }
  }
}
