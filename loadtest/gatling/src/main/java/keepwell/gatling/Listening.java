package keepwell.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jmesPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.http.action.sse.SseInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that stream the tier changes beside a load, each on a connection of its own. When it is
 * over, each must have been sent exactly what the feed has up to the last that it was sent.
 */
final class Listening {
  static final String NAME = "tier changes";

  /** In which the last changes arrive. */
  private static final int SETTLING_SECONDS = 5;

  private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");

  private static final String AFTER = "after";
  private static final String STREAMED = "streamed";
  private static final String LAST = "last";
  private static final String COUNTED = "counted";
  private static final String IDS = "ids";

  private Listening() {}

  static PopulationBuilder population(int listeners, int seconds) {
    return scenario(NAME)
        .exec(
            session ->
                session.setAll(
                    Map.of("name", NAME, "signals", 0, AFTER, 0L, STREAMED, 0, LAST, 0L)))
        .exec(readFeed())
        .exec(session -> session.set("begin", session.getLong(AFTER)))
        .exec(sse(NAME).get("/v1/tier-changes?after=#{begin}"))
        .exec(
            during(seconds + SETTLING_SECONDS)
                .on(pause(1), exec(sse.processUnmatchedMessages(Listening::stream))))
        .exec(sse("end of " + NAME).close())
        .exec(session -> session.set(AFTER, session.getLong("begin")))
        .exec(readFeed())
        .exec(Listening::compare)
        .injectOpen(rampUsers(listeners).during(2));
  }

  private static Session stream(List<SseInboundMessage> messages, Session session) {
    long[] ids =
        messages.stream()
            .map(each -> ID.matcher(each.message()))
            .filter(Matcher::find)
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .toArray();
    return ids.length == 0
        ? session
        : session
            .set(STREAMED, session.getInt(STREAMED) + ids.length)
            .set(LAST, ids[ids.length - 1]);
  }

  /** Reads on to the end of the feed, and counts what is in it up to the last that was streamed. */
  private static ChainBuilder readFeed() {
    return exec(session -> session.set(COUNTED, 0).set(IDS, List.of(0L)))
        .exec(
            asLongAs(session -> !session.getList(IDS).isEmpty() && !session.isFailed())
                .on(
                    http("page of the feed")
                        .get("/v1/tier-changes?limit=1000&after=#{after}")
                        .check(
                            status().is(200),
                            jmesPath("next").ofLong().saveAs(AFTER),
                            jmesPath("items[].id").ofList().saveAs(IDS)),
                    exec(Listening::count)));
  }

  private static Session count(Session session) {
    long counted =
        session.getList(IDS).stream()
            .filter(id -> ((Number) id).longValue() <= session.getLong(LAST))
            .count();
    return session.set(COUNTED, session.getInt(COUNTED) + Math.toIntExact(counted));
  }

  private static Session compare(Session session) {
    int streamed = session.getInt(STREAMED);
    boolean same = streamed > 0 && streamed == session.getInt(COUNTED);
    return Measured.note(
        same ? session.set(Timetable.DUE_NANOS, System.nanoTime()) : session.markAsFailed());
  }
}
