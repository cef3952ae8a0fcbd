package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keepwell.outreach.Channel;
import keepwell.outreach.Channels;
import keepwell.outreach.Deliveries;
import keepwell.outreach.Delivery.State;
import keepwell.outreach.Outreach;

/** {@code /v1/channels}: Slack and e-mail, and the messages by each. */
final class ChannelRoutes {
  private final Channels channels;
  private final Deliveries deliveries;
  private final DeliveryRoutes log;
  private final Blocking blocking;

  /**
   * A channel as public JSON; it tells nothing of where it leads.
   *
   * @param waiting messages, up to 100,000
   * @param parked messages, up to 100,000
   */
  record ChannelBody(
      String channel, boolean configured, Instant failingSince, long waiting, long parked) {}

  ChannelRoutes(Outreach outreach, InstantSource realClock, Blocking blocking) {
    this.channels = outreach.channels();
    this.deliveries = outreach.deliveries();
    this.log =
        new DeliveryRoutes(
            deliveries,
            Channel.IDS::contains,
            Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such channel or message.")
                .response(),
            realClock,
            blocking);
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "channels",
        () ->
            concat(
                pathEnd(
                    () ->
                        get(
                            () ->
                                Parameters.none(
                                    () -> completeWithFuture(blocking.answer(this::list))))),
                pathPrefix(segment(), log::of)));
  }

  private HttpResponse list() throws SQLException {
    List<ChannelBody> items = new ArrayList<>();
    for (Channel channel : channels.all()) {
      items.add(
          new ChannelBody(
              channel.id(),
              channel.configured(),
              channel.failingSince().orElse(null),
              deliveries.count(channel.id(), State.WAITING),
              deliveries.count(channel.id(), State.PARKED)));
    }
    return Json.response(Map.of("items", items));
  }
}
