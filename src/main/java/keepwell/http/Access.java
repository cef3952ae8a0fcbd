package keepwell.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.access.Scope;

/** What each route takes. Of what is not named here an administrator alone may ask. */
final class Access {
  /** They tell nothing of any account: the way in, and how it is described. */
  private static final Set<String> OPEN = Set.of("openapi.json", "docs", "login");

  /** What of the interface is not even to be seen by others. */
  private static final Set<String> ADMINISTRATIVE = Set.of("webhooks", "channels", "audit");

  private static final List<String> SIGNALS = List.of("v1", "signals");
  private static final List<String> OUTCOMES = List.of("v1", "outcomes");

  /** What would be is asked of all accounts, and nothing is changed. */
  private static final Set<List<String>> TRIES =
      Set.of(
          List.of("v1", "scorecards", "preview"),
          List.of("v1", "playbooks", "dry-run"),
          List.of("v1", "validation"),
          List.of("v1", "calibration"),
          List.of("scorecard", "draft"),
          List.of("scorecard", "preview"));

  private static final String RESCORING = "rescoring";

  private Access() {}

  /** The scope that a request needs; empty if it needs none. */
  static Optional<Scope> of(HttpRequest request) {
    List<String> path = path(request);
    String first = path.isEmpty() ? "" : path.get(0);
    if (OPEN.contains(first) || (first.equals("dashboard") && !path.contains(RESCORING))) {
      return Optional.empty();
    }
    return Optional.of(scope(request.method(), first, path));
  }

  private static Scope scope(HttpMethod method, String first, List<String> path) {
    if (method.equals(HttpMethods.POST) && (path.equals(SIGNALS) || path.equals(OUTCOMES))) {
      return Scope.INGEST;
    }
    boolean tries = TRIES.contains(path);
    boolean administrative =
        first.equals("v1") && path.size() > 1 && ADMINISTRATIVE.contains(path.get(1));
    return (asks(method) && !administrative) || tries ? Scope.READ : Scope.ADMIN;
  }

  /** Whether a request changes nothing by its method. */
  static boolean asks(HttpMethod method) {
    return method.equals(HttpMethods.GET) || method.equals(HttpMethods.HEAD);
  }

  /** Whether a part of the interface is a page for people, too. */
  static boolean isPage(List<String> path) {
    return path.equals(List.of("v1", "reports", "weekly"))
        || (path.size() == 4 && path.get(1).equals("accounts") && path.get(3).equals("review"));
  }

  /** The segments of a path, decoded as the routes decode them. */
  static List<String> path(HttpRequest request) {
    List<String> segments = new ArrayList<>();
    request.getUri().pathSegments().forEach(segments::add);
    return segments;
  }
}
