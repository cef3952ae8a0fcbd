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

  /** The number of 0 or more that lies somewhere. */
  static long natural(byte[] bytes, int at) {
    byte part = bytes[at];
    long value = part & 0x7F;
    int next = at;
    for (int shift = 7; part < 0; shift += 7) {
      part = bytes[++next];
      value |= (long) (part & 0x7F) << shift;
    }
    return value;
  }

  /** Where the number that lies somewhere ends. */
  static int after(byte[] bytes, int at) {
    int next = at;
    while (bytes[next] < 0) {
      next++;
    }
    return next + 1;
  }

  static long zigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** The number, whole or not, that lies somewhere. */
  static double number(byte[] bytes, int at) {
    long read = natural(bytes, at);
    return read == Packer.BITS_FOLLOW
        ? Double.longBitsToDouble((long) Packer.LONGS.get(bytes, at + 1))
        : zigZag(read >>> 1) / 1000.0;
  }

  /** Where the number, whole or not, that lies somewhere ends. */
  static int afterNumber(byte[] bytes, int at) {
    return after(bytes, at) + (natural(bytes, at) == Packer.BITS_FOLLOW ? Double.BYTES : 0);
  }

  /** A number of 0 or more. */
  long natural() {
    long value = natural(bytes, at);
    at = after(bytes, at);
    return value;
  }

  long whole() {
    return zigZag(natural());
  }

  /** Eight bytes. */
  long bits() {
    long value = (long) Packer.LONGS.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  /** A number of which so many of the lowest bytes were written. */
  long lowBytes(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << Byte.SIZE) | (bytes[at++] & 0xFF);
    }
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
