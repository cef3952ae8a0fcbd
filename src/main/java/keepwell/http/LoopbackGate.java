package keepwell.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import com.google.common.net.InetAddresses;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Without keys whoever is on this host may do everything. The pages that somebody there looks at
 * may not: neither one of another origin, nor one whose own name has been made to lead here.
 */
final class LoopbackGate implements Gate {
  private final Cors cors;

  LoopbackGate(Cors cors) {
    this.cors = cors;
  }

  @Override
  public CompletionStage<HttpResponse> pass(HttpRequest request, Inner inner) throws Exception {
    if (isPublic(request.getUri().host().address())) {
      return refused(
          "host-not-local",
          "Without API keys this node is asked for by the name or address of its own host, such as"
              + " localhost.");
    }
    boolean foreign =
        Cors.origin(request).filter(origin -> !origin.equals(Cors.own(request))).isPresent();
    return !Access.asks(request.method()) && foreign && !cors.allows(request)
        ? refused("origin-not-allowed", "Pages of other origins may not change anything here.")
        : inner.answer(request);
  }

  /** Whether it is a name that anybody may have: no address, and with a dot. */
  private static boolean isPublic(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.contains(".")
        && !InetAddresses.isInetAddress(bare)
        && !bare.endsWith(".localhost")
        && !bare.endsWith(".localdomain");
  }

  private static CompletionStage<HttpResponse> refused(String type, String detail) {
    return CompletableFuture.completedFuture(
        Problem.of(StatusCodes.FORBIDDEN, type, detail).response());
  }
}
