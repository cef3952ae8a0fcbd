package keepwell.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/** What every request comes through before anything is done for it. */
interface Gate {
  /** Answers requests. */
  @FunctionalInterface
  interface Inner {
    CompletionStage<HttpResponse> answer(HttpRequest request) throws Exception;
  }

  /** Lets a request through, or says why not. */
  CompletionStage<HttpResponse> pass(HttpRequest request, Inner inner) throws Exception;
}
