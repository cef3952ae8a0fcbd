package keepwell.outreach;

import java.time.Instant;
import java.util.Optional;

/** Who is told. */
sealed interface Recipient permits Webhook, Channel {
  /** By which its messages are known. */
  String id();

  /** When it began to refuse everything; empty while it does not. */
  Optional<Instant> failingSince();
}
