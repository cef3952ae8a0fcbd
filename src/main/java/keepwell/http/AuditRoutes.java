package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import keepwell.access.AuditLog;
import keepwell.access.AuditLog.Entry;

/** {@code GET /v1/audit}: who has changed what, the newest first. */
final class AuditRoutes {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;

  private final AuditLog log;
  private final Blocking blocking;

  AuditRoutes(AuditLog log, Blocking blocking) {
    this.log = log;
    this.blocking = blocking;
  }

  /**
   * @param next what {@code before} is on the next page; empty if this is the last
   */
  record Page(List<Body> items, OptionalLong next) {}

  /** A call, as it is told. */
  record Body(
      long id,
      Instant at,
      String key,
      String call,
      Optional<String> target,
      OptionalInt status,
      @JsonRawValue String before,
      @JsonRawValue String after) {
    static Body of(Entry entry) {
      return new Body(
          entry.id(),
          entry.at(),
          entry.key(),
          entry.call(),
          entry.target(),
          entry.status(),
          entry.before().orElse(null),
          entry.after().orElse(null));
    }
  }

  Route route() {
    return path(
        "audit",
        () ->
            get(
                () ->
                    Parameters.of(
                        List.of("before", "limit"),
                        parameters -> {
                          long before = parameters.id("before");
                          int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT);
                          return completeWithFuture(
                              blocking.answer(
                                  () ->
                                      Json.response(
                                          page(before == 0 ? Long.MAX_VALUE : before, limit))));
                        })));
  }

  private Page page(long before, int limit) throws SQLException {
    List<Entry> entries = log.page(before, limit);
    return new Page(
        entries.stream().map(Body::of).toList(),
        entries.size() == limit
            ? OptionalLong.of(entries.get(limit - 1).id())
            : OptionalLong.empty());
  }
}
