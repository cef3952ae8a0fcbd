package keepwell.health;

/**
 * A day of a signal key: how many signals, their sum, the last of them and when it was. The days of
 * a key lie packed one after another, newest first; a bucket reads them in turn.
 *
 * <p>A bucket is packed as its day (of the first; of the others by how many days it is older than
 * the one before), the count and what follows it, the time of the last signal, and then only what
 * does not follow from those.
 *
 * <p>The sum of values that are whole thousandths is kept in thousandths. The sum of the others is
 * a double and the residue that it lost (Knuth's two-sum): exact while the bits of a day's values
 * span no more than a hundred. So neither depends on the order of arrival.
 */
final class Bucket {
  static final byte[] NONE = new byte[0];

  /** What is packed after the count: nothing, as every value is 1. */
  private static final int ONES = 0;

  /** The value of the only signal. */
  private static final int SINGLE = 1;

  /** The sum in thousandths, and the last value. */
  private static final int DECIMAL = 2;

  /** Everything. */
  private static final int ANY = 3;

  private static final int BYTES_MAX = 64;

  private final Unpacker in;
  private int start;
  private int body;
  private boolean exists;

  int day;
  int count;
  long thousandths;
  double sum;
  double residue;
  double last;
  int lastMillis = Integer.MIN_VALUE;

  /** Stands before the first of some packed buckets. */
  Bucket(byte[] packed) {
    this.in = new Unpacker(packed);
  }

  /** The newest of some packed buckets that is not after a day, if it {@link #exists()}. */
  static Bucket upTo(int day, byte[] packed) {
    Bucket bucket = new Bucket(packed);
    bucket.next();
    while (bucket.exists && bucket.day > day) {
      bucket.next();
    }
    return bucket;
  }

  /** Whether there was one left to read. */
  boolean exists() {
    return exists;
  }

  /** Reads the next older one, if there is one. */
  void next() {
    exists = !in.atEnd();
    if (exists) {
      start = in.position();
      day = start == 0 ? (int) in.whole() : day - (int) in.natural();
      body = in.position();
      read();
    }
  }

  private void read() {
    long head = in.natural();
    int shape = (int) (head & 3);
    count = (int) (head >>> 2);
    lastMillis = (int) in.whole();
    thousandths = shape == ONES ? 1000L * count : shape == SINGLE ? 0 : in.whole();
    sum = shape == ANY ? Double.longBitsToDouble(in.bits()) : 0;
    residue = shape == ANY ? Double.longBitsToDouble(in.bits()) : 0;
    last = shape == ONES ? 1 : in.number();
    if (shape == SINGLE) {
      addToSum(last);
    }
  }

  private int shape() {
    if (sum != 0 || residue != 0) {
      return count == 1 && sum == last ? SINGLE : ANY;
    }
    if (last == 1 && thousandths == 1000L * count) {
      return ONES;
    }
    boolean single = count == 1 && Packer.isThousandths(last);
    return single && thousandths == Packer.thousandths(last) ? SINGLE : DECIMAL;
  }

  private void write(Packer out) {
    int shape = shape();
    out.natural(((long) count << 2) | shape);
    out.whole(lastMillis);
    if (shape == DECIMAL || shape == ANY) {
      out.whole(thousandths);
    }
    if (shape == ANY) {
      out.bits(Double.doubleToRawLongBits(sum));
      out.bits(Double.doubleToRawLongBits(residue));
    }
    if (shape != ONES) {
      out.number(last);
    }
  }

  private void add(double value, int millis) {
    if (millis > lastMillis || (millis == lastMillis && value > last)) {
      last = value;
      lastMillis = millis;
    }
    count++;
    addToSum(value);
  }

  private void addToSum(double value) {
    if (Packer.isThousandths(value)) {
      thousandths += Packer.thousandths(value);
      return;
    }
    double total = sum + value;
    double lost = residue + twoSumResidue(sum, value, total);
    sum = total + lost;
    residue = twoSumResidue(total, lost, sum) + 0.0; // no negative zero
  }

  /** What is lost when two numbers are added in doubles. */
  static double twoSumResidue(double a, double b, double sum) {
    double bPart = sum - a;
    return (a - (sum - bPart)) + (b - bPart);
  }

  /**
   * Some packed buckets and one more signal.
   *
   * @param millis when it was, against midnight of its day
   */
  static byte[] plus(byte[] packed, int day, double value, int millis) {
    Bucket at = new Bucket(packed);
    at.next();
    int newer = 0;
    while (at.exists && at.day > day) {
      newer = at.day;
      at.next();
    }
    boolean known = at.exists && at.day == day;
    int before = at.exists ? at.start : packed.length;
    int after = known ? at.in.position() : at.exists ? at.body : packed.length;
    int older = at.day;
    Bucket changed = known ? at : new Bucket(NONE);
    changed.add(value, millis);

    Packer out = new Packer(packed.length + BYTES_MAX);
    out.copy(packed, 0, before);
    writeDay(out, before == 0, newer, day);
    changed.write(out);
    if (!known && at.exists) {
      out.natural(day - older);
    }
    out.copy(packed, after, packed.length);
    return out.packed();
  }

  private static void writeDay(Packer out, boolean first, int newer, int day) {
    if (first) {
      out.whole(day);
    } else {
      out.natural(newer - day);
    }
  }

  /** Some packed buckets, with only the last signal kept of all days not after the horizon. */
  static byte[] thinned(byte[] packed, int horizon) {
    Bucket at = new Bucket(packed);
    at.next();
    int newer = 0;
    while (at.exists && at.day > horizon) {
      newer = at.day;
      at.next();
    }
    if (!at.exists) {
      return packed;
    }
    Packer out = new Packer(at.start + BYTES_MAX);
    out.copy(packed, 0, at.start);
    writeDay(out, at.start == 0, newer, at.day);
    at.count = 0;
    at.thousandths = 0;
    at.sum = 0;
    at.residue = 0;
    at.write(out);
    return out.packed();
  }
}
