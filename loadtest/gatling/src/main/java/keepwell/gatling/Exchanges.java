package keepwell.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.doWhile;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.gzipBody;
import static io.gatling.javaapi.core.CoreDsl.jmesPath;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import keepwell.gatling.Request.Way;

/** How a record of {@link Traffic} is sent, and what is expected of its answer. */
final class Exchanges {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final int PAGES_MAX = 3;
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

  private Exchanges() {}

  /** Sends the record in the session in its way, and notes what came of it. */
  static ChainBuilder exchange() {
    return doSwitch("#{way}")
        .on(
            onCase(Way.POST.name()).then(noted(post(JSON), accepted())),
            onCase(Way.POST_STREAM.name()).then(noted(post(NDJSON), accepted())),
            onCase(Way.POST_ZIPPED_STREAM.name())
                .then(
                    noted(
                        post(NDJSON)
                            .header("Content-Encoding", "gzip")
                            .processRequestBody(gzipBody),
                        accepted())),
            onCase(Way.PUT.name())
                .then(
                    noted(
                        http("#{name}")
                            .put("#{path}")
                            .header("Content-Type", JSON)
                            .body(StringBody("#{body}")),
                        jmesPath("account").exists())),
            onCase(Way.GET.name()).then(noted(get(), bodyBytes().exists())),
            onCase(Way.GET_PAGES.name()).then(pages()));
  }

  private static HttpRequestActionBuilder get() {
    return http("#{name}").get("#{path}");
  }

  private static HttpRequestActionBuilder post(String type) {
    return http("#{name}")
        .post("#{path}")
        .header("Content-Type", type)
        .body(StringBody(session -> session.getString("body")));
  }

  /** All that was sent, as each has an id of its own. */
  private static CheckBuilder accepted() {
    return jmesPath("accepted").ofInt().is(session -> session.getInt("signals"));
  }

  /** Sends it, and again where it may be refused and is, when it is told to. */
  private static ChainBuilder noted(HttpRequestActionBuilder request, CheckBuilder expected) {
    return doWhile(Exchanges::refused)
        .on(
            exec(
                request
                    .check(
                        status().in(Exchanges::statuses).saveAs(Measured.STATUS),
                        header("Retry-After").withDefault("0").saveAs(RETRY_AFTER_SECONDS))
                    .checkIf((response, session) -> response.status().code() == OK)
                    .then(expected)),
            doIfOrElse(Exchanges::refused)
                .then(exec(Measured::noteRefused), pause(Exchanges::retryAfter))
                .orElse(exec(Measured::note)));
  }

  private static List<Integer> statuses(Session session) {
    return session.getBoolean("refusable") ? List.of(OK, TOO_MANY_REQUESTS) : List.of(OK);
  }

  private static boolean refused(Session session) {
    return !session.isFailed()
        && session.contains(Measured.STATUS)
        && session.getInt(Measured.STATUS) == TOO_MANY_REQUESTS;
  }

  private static Duration retryAfter(Session session) {
    return Duration.ofSeconds(Long.parseLong(session.getString(RETRY_AFTER_SECONDS)));
  }

  /** Follows a list for some pages. */
  private static ChainBuilder pages() {
    CheckBuilder next = jmesPath("next").withDefault("").saveAs("next");
    ChainBuilder following = noted(get().queryParam("cursor", "#{next}"), next);
    ChainBuilder pages = noted(get(), next);
    for (int page = 1; page < PAGES_MAX; page++) {
      pages =
          pages
              .doIf(session -> session.contains("next") && !session.getString("next").isEmpty())
              .then(following);
    }
    return pages;
  }
}
