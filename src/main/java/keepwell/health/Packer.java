package keepwell.health;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes numbers one after another in as few bytes as they take; an {@link Unpacker} reads them
 * back in the same order. Whole numbers take 7 bits a byte, negative ones zig-zag.
 */
final class Packer {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Marks a number that is no {@link #thousandths}: its eight bytes follow. */
  static final int BITS_FOLLOW = 1;

  private static final int VARINT_BYTES_MAX = 10;
  private static final long THOUSANDTHS_MAX = 1L << 32;

  private byte[] bytes;
  private int size;

  Packer(int room) {
    bytes = new byte[room + VARINT_BYTES_MAX];
  }

  /**
   * Whether a number is a whole number of thousandths, of less than 2^32: most of what is measured
   * or paid is. A day's sum of such numbers is kept exactly, as a long.
   */
  static boolean isThousandths(double value) {
    double thousandths = Math.rint(value * 1000);
    return Math.abs(thousandths) < THOUSANDTHS_MAX && thousandths / 1000 == value;
  }

  static long thousandths(double value) {
    return (long) Math.rint(value * 1000);
  }

  /** A number of 0 or more. */
  void natural(long value) {
    require(VARINT_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void whole(long value) {
    natural((value << 1) ^ (value >> 63));
  }

  void number(double value) {
    if (isThousandths(value)) {
      long thousandths = thousandths(value);
      natural(((thousandths << 1) ^ (thousandths >> 63)) << 1);
    } else {
      natural(BITS_FOLLOW);
      bits(Double.doubleToRawLongBits(value));
    }
  }

  /** Eight bytes. */
  void bits(long value) {
    require(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** Four bytes. */
  void bits32(int value) {
    require(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** The lowest bytes of a number, as many as are wanted. */
  void lowBytes(long value, int count) {
    require(count);
    for (int i = count - 1; i >= 0; i--) {
      bytes[size++] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  /** Leaves a byte free, to be set later, and returns where. */
  int reserve() {
    require(1);
    return size++;
  }

  void setByte(int at, int value) {
    bytes[at] = (byte) value;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void text(String text) {
    packed(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes, and before them how many. */
  void packed(byte[] more) {
    natural(more.length);
    copy(more, 0, more.length);
  }

  /** Bytes as they are. */
  void copy(byte[] from, int start, int end) {
    require(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  private void require(int room) {
    if (bytes.length - size < room) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + room);
    }
  }

  /** Everything written. */
  byte[] packed() {
    return Arrays.copyOf(bytes, size);
  }
}
