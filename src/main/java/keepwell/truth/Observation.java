package keepwell.truth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import keepwell.health.Judged;

/**
 * What was known of an account, and whether the customer stayed.
 *
 * @param place among all, by chance, but always the same for an account; 0 to 1
 * @param metrics the score of each; NaN without data
 * @param adjustments the points of each
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of many accounts, never compared
record Observation(double place, boolean stayed, double[] metrics, double[] adjustments) {

  static Observation of(Judged account, Judged.Score score) {
    return new Observation(
        place(account.account()), account.stayed(), score.metrics(), score.adjustments());
  }

  /** By a hash of an account's id, which is the same in every installation. */
  static double place(String account) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(account.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
