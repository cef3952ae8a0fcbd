package keepwell.outreach;

import akka.actor.ActorSystem;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Uri;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * Sends messages to a Slack channel by an incoming webhook, one at a time: Slack takes about one a
 * second, and says by {@code Retry-After} when it is too much. The operator has set the URL, so it
 * may lead anywhere.
 */
final class SlackSender implements Sender {
  private final Uri uri;
  private final InstantSource realClock;
  private final Posts posts;

  SlackSender(ActorSystem system, URI url, InstantSource realClock) {
    this.uri = Uri.create(url.toString());
    this.realClock = realClock;
    this.posts = new Posts(system, ClientTransport.TCP(), atOnceMax());
  }

  @Override
  public int atOnceMax() {
    return 1;
  }

  @Override
  public CompletionStage<Attempt> send(Recipient to, String messageId, String body) {
    return posts.sendAndListen(
        HttpRequest.create()
            .withMethod(HttpMethods.POST)
            .withUri(uri)
            .withEntity(ContentTypes.APPLICATION_JSON, body),
        realClock.instant());
  }
}
