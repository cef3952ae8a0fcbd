package keepwell.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Somebody who is known by a key. The key itself is kept nowhere.
 *
 * @param name of who has it; two have the same while one takes the place of the other
 * @param hash of the key, SHA-256
 * @param perSecondMax requests that each node takes; empty: as the settings say
 */
public record ApiKey(String name, Set<Scope> scopes, Hash hash, OptionalInt perSecondMax) {
  /** By which a key is told from other texts, wherever it turns up. */
  private static final String PREFIX = "kw_";

  private static final int RANDOM_BYTES = 32;

  /** So many bits that they cannot be guessed need no slower hash. */
  public record Hash(String hex) {
    /** The hash of a key as it is presented. */
    public static Hash of(String key) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        return new Hash(HexFormat.of().formatHex(hash));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Takes as long whatever they have in common. */
    boolean matches(Hash other) {
      return MessageDigest.isEqual(
          hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** A new key, of 256 random bits. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public boolean may(Scope needed) {
    return scopes.stream().anyMatch(scope -> scope.covers(needed));
  }
}
