package keepwell.health;

/**
 * What is kept of one signal key of one account: a {@link Bucket} for each day that had a signal,
 * packed, and who and what was seen. Immutable.
 */
final class SignalFacts {
  static final SignalFacts NONE = new SignalFacts(Buckets.NONE, Distinct.NONE, Distinct.NONE);

  final byte[] buckets;
  final Distinct users;
  final Distinct items;

  SignalFacts(byte[] buckets, Distinct users, Distinct items) {
    this.buckets = buckets;
    this.users = users;
    this.items = items;
  }

  /** These facts and one more signal. */
  SignalFacts plus(int day, Signal signal) {
    return new SignalFacts(
        Buckets.plus(buckets, day, signal.value(), Days.millis(signal.at(), day)),
        signal.user() == 0 ? users : users.plus(day, signal.user()),
        signal.item() == 0 ? items : items.plus(day, signal.item()));
  }

  /** These facts with only the last signal kept of all days not after the horizon. */
  SignalFacts thinned(int horizon) {
    return new SignalFacts(
        Buckets.thinned(buckets, horizon), users.after(horizon), items.after(horizon));
  }

  /** Whether anything was ever sent up to a day. */
  boolean seenUpTo(int day) {
    return Buckets.upTo(day, buckets).exists();
  }

  /** Signals on the days from {@code from} to {@code to}. */
  long count(int from, int to) {
    long count = 0;
    Buckets bucket = Buckets.upTo(to, buckets);
    for (; bucket.exists() && bucket.day >= from; bucket.next()) {
      count += bucket.count;
    }
    return count;
  }

  /** Days with a signal from {@code from} to {@code to}. */
  int days(int from, int to) {
    int days = 0;
    Buckets bucket = Buckets.upTo(to, buckets);
    for (; bucket.exists() && bucket.day >= from; bucket.next()) {
      days++;
    }
    return days;
  }

  /** Sum of the values on the days from {@code from} to {@code to}. */
  double sum(int from, int to) {
    long thousandths = 0;
    double sum = 0;
    double residue = 0;
    Buckets bucket = Buckets.upTo(to, buckets);
    for (; bucket.exists() && bucket.day >= from; bucket.next()) {
      thousandths += bucket.thousandths();
      double others = bucket.sum();
      double total = sum + others;
      residue += Bucket.twoSumResidue(sum, others, total) + bucket.residue();
      sum = total;
    }
    return thousandths / 1000.0 + (sum + residue);
  }

  /** Mean of the values on the days from {@code from} to {@code to}; NaN without any. */
  double mean(int from, int to) {
    long count = count(from, to);
    return count == 0 ? Double.NaN : sum(from, to) / count;
  }

  /** The value of the last signal on the days from {@code from} to {@code to}; NaN without any. */
  double latest(int from, int to) {
    Buckets bucket = Buckets.upTo(to, buckets);
    return bucket.exists() && bucket.day >= from ? bucket.last() : Double.NaN;
  }

  /** The last day with a signal from {@code from} to {@code to}; NaN without any. */
  double lastDay(int from, int to) {
    Buckets bucket = Buckets.upTo(to, buckets);
    return bucket.exists() && bucket.day >= from ? bucket.day : Double.NaN;
  }

  /**
   * The first day after another on which, left alone, a window can hold something else: a bucket
   * comes into it or leaves it.
   *
   * @param reach after how many days a bucket leaves the window; 0 for never
   * @param further after how many days it leaves the window before that one; 0 for none
   * @return {@link Days#NEVER} if there is none
   */
  int nextChange(int day, int reach, int further) {
    int next = Days.NEVER;
    Buckets bucket = Buckets.newest(buckets);
    for (; bucket.exists() && bucket.day + Math.max(reach, further) > day; bucket.next()) {
      if (bucket.day > day) {
        next = bucket.day;
      } else {
        next = sooner(next, day, bucket.day + reach);
        next = sooner(next, day, bucket.day + further);
      }
    }
    return next;
  }

  private static int sooner(int next, int day, int candidate) {
    return candidate > day && candidate < next ? candidate : next;
  }
}
