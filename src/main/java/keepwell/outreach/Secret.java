package keepwell.outreach;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What a subscriber and this installation share, to know each other by: from 24 to 64 bytes,
 * written {@code whsec_} and their Base64 (Standard Webhooks 1.0.0, signature scheme v1).
 */
public final class Secret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;
  private static final int BYTES_OF_OURS = 32;

  private final byte[] bytes;

  Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** One that nobody knows yet. */
  public static Secret generated() {
    byte[] bytes = new byte[BYTES_OF_OURS];
    new SecureRandom().nextBytes(bytes);
    return new Secret(bytes);
  }

  /** Reads one as it is written; empty if {@link #fault} says why it is none. */
  public static Optional<Secret> read(String text) {
    return bytes(text)
        .filter(bytes -> bytes.length >= BYTES_MIN && bytes.length <= BYTES_MAX)
        .map(Secret::new);
  }

  /** What every text must be that {@link #read} takes. */
  public static String fault(String text) {
    return bytes(text)
        .map(
            bytes ->
                "has %d bytes; it must have from %d to %d"
                    .formatted(bytes.length, BYTES_MIN, BYTES_MAX))
        .orElse("must be " + PREFIX + " and the Base64 of from 24 to 64 bytes");
  }

  private static Optional<byte[]> bytes(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** As it is written. To be shown to who has made it, and to nobody else. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** The signature of a message, as in {@code webhook-signature}. */
  String sign(String messageId, Instant now, String body) {
    try {
      return new Webhook(bytes).sign(messageId, now.getEpochSecond(), body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "Secret"; // it does not belong in a log
  }
}
