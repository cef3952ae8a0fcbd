package keepwell.health;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link Packer} wrote. Fails with an unchecked exception where it is cut short. */
final class Unpacker {
  private final byte[] bytes;
  private int at;

  Unpacker(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /** A number of 0 or more. */
  long natural() {
    byte part = bytes[at++];
    long value = part & 0x7F;
    for (int shift = 7; part < 0; shift += 7) {
      part = bytes[at++];
      value |= (long) (part & 0x7F) << shift;
    }
    return value;
  }

  long whole() {
    return zigZag(natural());
  }

  double number() {
    long read = natural();
    return read == Packer.BITS_FOLLOW
        ? Double.longBitsToDouble(bits())
        : zigZag(read >>> 1) / 1000.0;
  }

  private static long zigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** Eight bytes. */
  long bits() {
    long value = (long) Packer.LONGS.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  String text() {
    return new String(packed(), StandardCharsets.UTF_8);
  }

  /** Bytes that were written with their number. */
  byte[] packed() {
    int length = count(1);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /**
   * How many things follow, each of some bytes at least.
   *
   * @throws IllegalArgumentException if there is no room for them: nobody wrote that
   */
  int count(int bytesEach) {
    long count = natural();
    if (count < 0 || count > (bytes.length - at) / bytesEach) {
      throw new IllegalArgumentException("more is promised than there is: " + count);
    }
    return (int) count;
  }
}
