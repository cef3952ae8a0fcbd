package keepwell.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.StatusCodes;
import akka.stream.CompletionTimeoutException;
import akka.util.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads whole bodies, up to a limit. */
public final class Bodies {
  /** The share of the heap that requests may take. */
  private static final int INTAKE_OF_HEAP = 8;

  private final ActorSystem<?> system;
  private final Server.Limits limits;
  private final JsonReader reader;
  private final Inflation inflation;
  private final Intake intake;

  Bodies(
      ActorSystem<?> system,
      Server.Limits limits,
      JsonReader reader,
      Inflation inflation,
      Intake intake) {
    this.system = system;
    this.limits = limits;
    this.reader = reader;
    this.inflation = inflation;
    this.intake = intake;
  }

  /** Of a node whose requests may cost so much. */
  public static Bodies of(ActorSystem<?> system, Server.Limits limits, MeterRegistry meters) {
    Intake intake = new Intake(Runtime.getRuntime().maxMemory() / INTAKE_OF_HEAP);
    intake.measure(meters);
    JsonReader reader = new JsonReader(limits.jsonDepthMax());
    return new Bodies(system, limits, reader, new Inflation(limits.inflationMax()), intake);
  }

  JsonReader reader() {
    return reader;
  }

  Inflation inflation() {
    return inflation;
  }

  Intake intake() {
    return intake;
  }

  /**
   * A body that must be JSON, as maps, lists, texts, numbers and booleans; fails with a problem if
   * it is not.
   */
  public CompletionStage<Object> json(HttpRequest request) {
    if (!format(request.entity().getContentType()).equals("application/json")) {
      throw new Problem.Raised(
          Problem.of(
              StatusCodes.UNSUPPORTED_MEDIA_TYPE,
              "unsupported-media-type",
              "The body must be application/json, in UTF-8."));
    }
    Intake.Share share = intake.share();
    return strict(inflation.inflated(request), share)
        .thenApply(reader::tree)
        .whenComplete((json, failure) -> share.close());
  }

  /**
   * All bytes of a body; fails with a problem if they are too many, before more than that many are
   * held, or are not there in time.
   *
   * @param share of the request, which takes what is held
   */
  CompletionStage<byte[]> strict(HttpEntity entity, Intake.Share share) {
    if (entity instanceof HttpEntity.Strict here) {
      try {
        require(here.getData().length(), here.getData(), share);
        return CompletableFuture.completedFuture(here.getData().toArrayUnsafe());
      } catch (Problem.Raised e) {
        return CompletableFuture.failedFuture(e); // so that whoever has the share gives it back
      }
    }
    return entity
        .getDataBytes()
        .completionTimeout(limits.bodyTimeMax())
        .mapError(CompletionTimeoutException.class, tooLate -> new Problem.Raised(tooSlow()))
        .runFold(new ByteArrayOutputStream(), (body, part) -> append(body, part, share), system)
        .thenApply(ByteArrayOutputStream::toByteArray);
  }

  private ByteArrayOutputStream append(
      ByteArrayOutputStream body, ByteString part, Intake.Share share) {
    require(body.size() + part.length(), part, share);
    body.writeBytes(part.toArrayUnsafe()); // in one piece: very small parts would take far more
    return body;
  }

  private void require(int bytes, ByteString part, Intake.Share share) {
    share.require(2L * part.length()); // as it came, and in one piece
    if (bytes > limits.bodyBytesMax()) {
      throw new Problem.Raised(
          Problem.of(
              StatusCodes.CONTENT_TOO_LARGE,
              "too-large",
              "The body is larger than "
                  + limits.bodyBytesMax()
                  + " bytes; a stream may be of any length."));
    }
  }

  private Problem tooSlow() {
    return Problem.of(
        StatusCodes.REQUEST_TIMEOUT,
        "too-slow",
        "The body was not there within %s seconds."
            .formatted(limits.bodyTimeMax().toMillis() / 1000.0));
  }

  /** A media type without its parameters; empty if it says that it is not in UTF-8. */
  static String format(ContentType type) {
    boolean utf8 = type.getCharsetOption().map(set -> set.value().equals("UTF-8")).orElse(true);
    return utf8 ? type.mediaType().mainType() + "/" + type.mediaType().subType() : "";
  }
}
