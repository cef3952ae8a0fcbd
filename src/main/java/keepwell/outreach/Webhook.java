package keepwell.outreach;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A subscriber: where it is told, and of what. Instants are real time.
 *
 * @param afterId of the feed; what came before is not told
 * @param previous the secret before this, by which messages are signed too for a while
 * @param failingSince when it began to refuse everything; empty while it does not
 * @param disabled why it is told nothing; empty while it is told
 */
public record Webhook(
    String id,
    URI url,
    Set<EventType> eventTypes,
    String description,
    Instant createdAt,
    long afterId,
    Secret secret,
    Optional<Previous> previous,
    Optional<Instant> failingSince,
    Optional<Disabled> disabled)
    implements Recipient {

  /** A secret that was replaced, and until when it is used all the same. */
  public record Previous(Secret secret, Instant until) {}

  /**
   * @param why {@code gone}: it has answered 410; {@code failing}: for days nothing was taken
   */
  public record Disabled(Instant at, String why) {
    static final String GONE = "gone";
    static final String FAILING = "failing";
  }

  /** Whether it is told of such events. */
  boolean wants(EventType type) {
    return disabled.isEmpty() && eventTypes.contains(type);
  }

  /** The signatures of a message, by each secret that holds. */
  String sign(String messageId, Instant now, String body) {
    List<String> signatures = new ArrayList<>();
    signatures.add(secret.sign(messageId, now, body));
    previous
        .filter(old -> now.isBefore(old.until()))
        .ifPresent(old -> signatures.add(old.secret().sign(messageId, now, body)));
    return String.join(" ", signatures);
  }
}
