package keepwell.health;

/**
 * A day of a signal key, being changed: how many signals, their sum, the last of them and when it
 * was.
 *
 * <p>The sum of values that are whole thousandths is kept in thousandths. The sum of the others is
 * a double and the residue that it lost (Knuth's two-sum): exact while the bits of a day's values
 * span no more than a hundred. So neither depends on the order of arrival.
 */
final class Bucket {
  /** What is packed besides the count and the time: nothing, as every value is 1. */
  static final int ONES = 0;

  /** The value of the only signal. */
  static final int SINGLE = 1;

  /** The sum in thousandths, and the last value. */
  static final int DECIMAL = 2;

  /** The sum in thousandths, the sum of the others, its residue, and the last value. */
  static final int ANY = 3;

  static final int SHAPE_BITS = 2;
  static final int SHAPES = 3;

  /** More than one takes. */
  static final int BYTES_MAX = 80;

  private int count;
  private int lastMillis;
  private long thousandths;
  private double sum;
  private double residue;
  private double last;

  /** A day without signals. */
  Bucket() {
    this(0, Integer.MIN_VALUE, 0, 0, 0, 0);
  }

  Bucket(int count, int lastMillis, long thousandths, double sum, double residue, double last) {
    this.count = count;
    this.lastMillis = lastMillis;
    this.thousandths = thousandths;
    this.sum = sum;
    this.residue = residue;
    this.last = last;
  }

  /**
   * Adds a signal.
   *
   * @param millis when it was, against midnight of the day; of those at the same time the greatest
   *     value is the last
   */
  void add(double value, int millis) {
    if (millis > lastMillis || (millis == lastMillis && value > last)) {
      last = value;
      lastMillis = millis;
    }
    count++;
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

  private int shape() {
    if (sum != 0 || residue != 0) {
      return count == 1 && sum == last && thousandths == 0 && residue == 0 ? SINGLE : ANY;
    }
    if (last == 1 && thousandths == 1000L * count) {
      return ONES;
    }
    boolean single = count == 1 && Packer.isThousandths(last);
    return single && thousandths == Packer.thousandths(last) ? SINGLE : DECIMAL;
  }

  void write(Packer out) {
    int shape = shape();
    out.natural(((long) count << SHAPE_BITS) | shape);
    if (shape == ONES) {
      out.bits32(lastMillis);
      return;
    }
    int lengthAt = out.reserve();
    out.bits32(lastMillis);
    int from = out.size();
    if (shape != SINGLE) {
      out.whole(thousandths);
    }
    if (shape == ANY) {
      out.bits(Double.doubleToRawLongBits(sum));
      out.bits(Double.doubleToRawLongBits(residue));
    }
    out.number(last);
    out.setByte(lengthAt, out.size() - from);
  }
}
