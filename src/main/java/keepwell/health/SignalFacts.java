package keepwell.health;

import java.util.Arrays;

/**
 * What is kept of one signal key of one account: a bucket for each day that had a signal, and who
 * and what was seen. Immutable; primitive arrays side by side, index for index, days ascending.
 *
 * <p>A sum is kept as a double and the residue that it lost (Knuth's two-sum), so that it does not
 * depend on the order of arrival: exact while the bits of all values of a day span no more than a
 * hundred.
 */
final class SignalFacts {
  final int[] days;
  final int[] counts;
  final double[] sums;
  final double[] residues;
  final double[] lasts;
  final int[] lastMillis;
  final Distinct users;
  final Distinct items;

  SignalFacts(
      int[] days,
      int[] counts,
      double[] sums,
      double[] residues,
      double[] lasts,
      int[] lastMillis,
      Distinct users,
      Distinct items) {
    this.days = days;
    this.counts = counts;
    this.sums = sums;
    this.residues = residues;
    this.lasts = lasts;
    this.lastMillis = lastMillis;
    this.users = users;
    this.items = items;
  }

  /** The index of the last bucket not after a day, or -1. */
  int lastUpTo(int day) {
    if (days[days.length - 1] <= day) {
      return days.length - 1;
    }
    int at = Arrays.binarySearch(days, day);
    return at >= 0 ? at : ~at - 1;
  }

  /** The last day not after another that had a signal; there must be one. */
  int lastDay(int day) {
    return days[lastUpTo(day)];
  }

  /** Whether anything was ever sent up to a day. */
  boolean seenUpTo(int day) {
    return days[0] <= day;
  }

  /** Signals on the days from {@code from} to {@code to}. */
  long count(int from, int to) {
    long count = 0;
    for (int i = lastUpTo(to); i >= 0 && days[i] >= from; i--) {
      count += counts[i];
    }
    return count;
  }

  /** Days with a signal from {@code from} to {@code to}. */
  int days(int from, int to) {
    int before = from == Integer.MIN_VALUE ? -1 : lastUpTo(from - 1);
    return lastUpTo(to) - before;
  }

  /** Sum of the values on the days from {@code from} to {@code to}. */
  double sum(int from, int to) {
    double sum = 0;
    double residue = 0;
    for (int i = lastUpTo(to); i >= 0 && days[i] >= from; i--) {
      double total = sum + sums[i];
      residue += twoSumResidue(sum, sums[i], total) + residues[i];
      sum = total;
    }
    return sum + residue;
  }

  /** Mean of the values on the days from {@code from} to {@code to}; NaN without any. */
  double mean(int from, int to) {
    long count = count(from, to);
    return count == 0 ? Double.NaN : sum(from, to) / count;
  }

  /** The value of the last signal on the days from {@code from} to {@code to}; NaN without any. */
  double latest(int from, int to) {
    int i = lastUpTo(to);
    return i < 0 || days[i] < from ? Double.NaN : lasts[i];
  }

  /** These facts with only the last signal kept of all days not after the horizon. */
  SignalFacts thinned(int horizon) {
    return days[0] <= horizon ? new SignalFactsEdit(this).freeze(horizon) : this;
  }

  static double twoSumResidue(double a, double b, double sum) {
    double bPart = sum - a;
    return (a - (sum - bPart)) + (b - bPart);
  }
}
