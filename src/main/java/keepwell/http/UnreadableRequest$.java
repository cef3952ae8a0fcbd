package keepwell.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is not even an HTTP request. Named and shaped as Akka looks it up: as a Scala
 * object.
 */
public final class UnreadableRequest$ extends ParsingErrorHandler {
  public static final UnreadableRequest$ MODULE$ = new UnreadableRequest$();

  private UnreadableRequest$() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    return Problem.of(status, "unreadable", info.summary()).response();
  }
}
