package keepwell.health;

/**
 * The days of a signal key, packed one after another, newest first; it stands on one of them and
 * moves on to older ones. What a {@link Bucket} holds is read where it lies, and nothing more:
 * reading allocates nothing.
 *
 * <p>A day is packed as its number (of the first; of the others by how many days it is older than
 * the one before), the count and the shape of the rest, the length of the rest where it is not
 * empty, the time of the last signal, and the rest.
 */
final class Buckets {
  static final byte[] NONE = new byte[0];

  private final byte[] bytes;
  private boolean exists;
  private int start;
  private int afterDay;
  private int shape;
  private int millisAt;
  private int end;

  int day;
  int count;

  private Buckets(byte[] packed) {
    this.bytes = packed;
  }

  /**
   * Packed days that were stored, as they are: who walks them later relies on where each ends.
   *
   * @throws IllegalArgumentException if these are none
   * @throws IndexOutOfBoundsException if they are cut short
   */
  static byte[] checked(byte[] packed) {
    Buckets at = newest(packed);
    for (long newer = Long.MAX_VALUE; at.exists; at.next()) {
      if (at.day >= newer || at.count < 0 || at.lastEnd() != at.end || at.end > packed.length) {
        throw new IllegalArgumentException("no days are packed like that");
      }
      newer = at.day;
    }
    return packed;
  }

  private int lastEnd() {
    return shape == Bucket.ONES ? millisAt + Integer.BYTES : Unpacker.afterNumber(bytes, lastAt());
  }

  /** On the newest, if it {@link #exists()}. */
  static Buckets newest(byte[] packed) {
    Buckets buckets = new Buckets(packed);
    buckets.next();
    return buckets;
  }

  /** On the newest that is not after a day, if it {@link #exists()}. */
  static Buckets upTo(int day, byte[] packed) {
    Buckets buckets = newest(packed);
    while (buckets.exists && buckets.day > day) {
      buckets.next();
    }
    return buckets;
  }

  /** Whether it stands on one, and not behind the oldest. */
  boolean exists() {
    return exists;
  }

  /** Moves on to the next older one. */
  void next() {
    exists = end < bytes.length;
    if (!exists) {
      return;
    }
    start = end;
    long read = Unpacker.natural(bytes, start);
    day = start == 0 ? (int) Unpacker.zigZag(read) : day - (int) read;
    afterDay = Unpacker.after(bytes, start);
    long head = Unpacker.natural(bytes, afterDay);
    count = (int) (head >>> Bucket.SHAPE_BITS);
    shape = (int) head & Bucket.SHAPES;
    millisAt = Unpacker.after(bytes, afterDay);
    int rest = shape == Bucket.ONES ? 0 : bytes[millisAt++];
    end = millisAt + Integer.BYTES + rest;
  }

  private int lastMillis() {
    return (int) Packer.INTS.get(bytes, millisAt);
  }

  /** The sum of those of its values that are whole thousandths, in thousandths. */
  long thousandths() {
    if (shape == Bucket.ONES) {
      return 1000L * count;
    }
    long read = Unpacker.natural(bytes, millisAt + Integer.BYTES);
    if (shape != Bucket.SINGLE) {
      return Unpacker.zigZag(read);
    }
    return read == Packer.BITS_FOLLOW ? 0 : Unpacker.zigZag(read >>> 1);
  }

  /** The sum of its other values. */
  double sum() {
    if (shape == Bucket.ANY) {
      return bits(Unpacker.after(bytes, millisAt + Integer.BYTES));
    }
    boolean other =
        shape == Bucket.SINGLE
            && Unpacker.natural(bytes, millisAt + Integer.BYTES) == Packer.BITS_FOLLOW;
    return other ? last() : 0;
  }

  /** What that sum lost by rounding. */
  double residue() {
    return shape == Bucket.ANY
        ? bits(Unpacker.after(bytes, millisAt + Integer.BYTES) + Double.BYTES)
        : 0;
  }

  /** The value of its last signal. */
  double last() {
    return shape == Bucket.ONES ? 1 : Unpacker.number(bytes, lastAt());
  }

  /** Where that lies, unless its day is all ones. */
  private int lastAt() {
    int at = millisAt + Integer.BYTES;
    return shape == Bucket.SINGLE
        ? at
        : Unpacker.after(bytes, at) + (shape == Bucket.ANY ? 2 * Double.BYTES : 0);
  }

  private double bits(int at) {
    return Double.longBitsToDouble((long) Packer.LONGS.get(bytes, at));
  }

  private Bucket read() {
    return new Bucket(count, lastMillis(), thousandths(), sum(), residue(), last());
  }

  /**
   * Packed days and one more signal.
   *
   * @param millis when it was, against midnight of its day
   */
  static byte[] plus(byte[] packed, int day, double value, int millis) {
    Buckets at = newest(packed);
    int newer = 0;
    while (at.exists && at.day > day) {
      newer = at.day;
      at.next();
    }
    boolean known = at.exists && at.day == day;
    Bucket changed = known ? at.read() : new Bucket();
    changed.add(value, millis);

    Packer out = new Packer(packed.length + Bucket.BYTES_MAX);
    out.copy(packed, 0, at.exists ? at.start : packed.length);
    writeDay(out, newer, day);
    changed.write(out);
    if (known) {
      out.copy(packed, at.end, packed.length);
    } else if (at.exists) {
      out.natural(day - at.day);
      out.copy(packed, at.afterDay, packed.length);
    }
    return out.packed();
  }

  private static void writeDay(Packer out, int newer, int day) {
    if (out.isEmpty()) {
      out.whole(day);
    } else {
      out.natural(newer - day);
    }
  }

  /** Packed days with only the last signal kept of all that are not after the horizon. */
  static byte[] thinned(byte[] packed, int horizon) {
    Buckets at = newest(packed);
    int newer = 0;
    while (at.exists && at.day > horizon) {
      newer = at.day;
      at.next();
    }
    if (!at.exists) {
      return packed;
    }
    Packer out = new Packer(at.start + Bucket.BYTES_MAX);
    out.copy(packed, 0, at.start);
    writeDay(out, newer, at.day);
    new Bucket(0, at.lastMillis(), 0, 0, 0, at.last()).write(out);
    return out.packed();
  }
}
