package keepwell.account;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keyed hashes, so that what is stored of a user, an item or an id tells nothing to who does not
 * have the key.
 */
public final class Fingerprint {
  private static final int ENTITY_ID_BYTES = 16;

  private final HashFunction sip;
  private final HashFunction hmac;

  /**
   * @param secret 32 bytes, the installation's own
   */
  public Fingerprint(byte[] secret) {
    ByteBuffer key = ByteBuffer.wrap(secret);
    this.sip = Hashing.sipHash24(key.getLong(), key.getLong());
    this.hmac = Hashing.hmacSha256(Arrays.copyOfRange(secret, 16, secret.length));
  }

  /**
   * 64 bits of a text (SipHash-2-4); never 0, which stands for absence, nor the greatest, which
   * stands for an end.
   */
  public long of(String text) {
    long hash = sip.hashString(text, StandardCharsets.UTF_8).asLong();
    return hash == 0 || hash == Long.MAX_VALUE ? 1 : hash;
  }

  /** What an account is called in the journal: 128 bits of its id (HMAC-SHA-256), base64url. */
  String entityId(String account) {
    byte[] hash = hmac.hashString(account, StandardCharsets.UTF_8).asBytes();
    return BaseEncoding.base64Url().omitPadding().encode(hash, 0, ENTITY_ID_BYTES);
  }
}
