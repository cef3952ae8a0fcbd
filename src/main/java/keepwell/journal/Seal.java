package keepwell.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Closes bytes so that only this installation can read them, and knows whether they are still as
 * they were (AES-256-GCM).
 */
public final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 8;

  private final byte[] secret;
  private final int number;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secret 32 bytes, the installation's own
   */
  public Seal(byte[] secret) {
    this.secret = secret.clone();
    this.key = new SecretKeySpec(digest("seal", secret), "AES");
    this.number = ByteBuffer.wrap(digest("number", secret)).getInt();
  }

  private static byte[] digest(String purpose, byte[] secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      return digest.digest(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A keyed hash of a text, 64 bits in 11 characters: tells nothing to who does not have the key.
   * Two of a million are the same once in thirty million installations.
   */
  public String key(String text) {
    byte[] hash = digest(text, secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEY_BYTES));
  }

  /** A number that most other installations don't have, from 0 to below a bound. */
  public int number(int bound) {
    return Math.floorMod(number, bound);
  }

  public byte[] close(byte[] open) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(open);
      return ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty if this installation has not closed them, or somebody has changed them since. */
  public Optional<byte[]> open(byte[] closed) {
    if (closed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(closed, NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce)
              .doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
