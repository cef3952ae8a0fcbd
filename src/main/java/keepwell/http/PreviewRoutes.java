package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.OptionalInt;

/** {@code POST /v1/scorecards/preview}: what a draft would make of all accounts, or two drafts. */
final class PreviewRoutes {
  private final Previews previews;

  PreviewRoutes(Previews previews) {
    this.previews = previews;
  }

  Route route() {
    return path(
        segment("scorecards").slash("preview"),
        () ->
            post(
                () ->
                    Parameters.of(
                        List.of("sample"),
                        parameters -> {
                          OptionalInt sample = parameters.number("sample", 1, Surveys.SAMPLE_MAX);
                          return extractRequest(
                              request ->
                                  completeWithFuture(
                                      previews.answer(
                                          request, sample, "preview", PreviewBody::of)));
                        })));
  }
}
