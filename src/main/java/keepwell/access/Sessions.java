package keepwell.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import keepwell.access.ApiKey.Hash;
import keepwell.journal.Seal;

/**
 * By which a browser is known that has shown a key once: the hash of the key and the instant,
 * sealed. Any node knows it again; it ends with the key.
 */
public final class Sessions {
  /** How long a browser is not asked again. */
  public static final Duration MAX = Duration.ofDays(30);

  private static final char BETWEEN = ' ';

  private final Seal seal;
  private final InstantSource realClock;

  public Sessions(Seal seal, InstantSource realClock) {
    this.seal = seal;
    this.realClock = realClock;
  }

  /** What a browser is given. */
  public String begin(ApiKey key) {
    String session = key.hash().hex() + BETWEEN + realClock.millis();
    byte[] sealed = seal.close(session.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The hash of the key that was shown; empty if it is no session, or too old. */
  public Optional<Hash> of(String given) {
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(given);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return seal.open(sealed)
        .map(session -> new String(session, StandardCharsets.US_ASCII))
        .filter(session -> isFresh(session.substring(session.indexOf(BETWEEN) + 1)))
        .map(session -> new Hash(session.substring(0, session.indexOf(BETWEEN))));
  }

  private boolean isFresh(String millis) {
    Instant begun = Instant.ofEpochMilli(Long.parseLong(millis));
    return begun.plus(MAX).isAfter(realClock.instant());
  }
}
