package keepwell.health;

import java.util.Arrays;

/** A change being made to the facts of one signal key; private to the one who makes it. */
final class SignalFactsEdit {
  private static final int ROOM = 4;

  private int size;
  private int[] days = new int[ROOM];
  private int[] counts = new int[ROOM];
  private double[] sums = new double[ROOM];
  private double[] residues = new double[ROOM];
  private double[] lasts = new double[ROOM];
  private int[] lastMillis = new int[ROOM];
  private Distinct users = Distinct.NONE;
  private Distinct items = Distinct.NONE;

  SignalFactsEdit() {}

  SignalFactsEdit(SignalFacts facts) {
    size = facts.days.length;
    days = facts.days.clone();
    counts = facts.counts.clone();
    sums = facts.sums.clone();
    residues = facts.residues.clone();
    lasts = facts.lasts.clone();
    lastMillis = facts.lastMillis.clone();
    users = facts.users;
    items = facts.items;
  }

  void add(int day, Signal signal) {
    int i = bucket(day);
    double value = signal.value();
    int millis = Days.millis(signal.at(), day);
    if (millis > lastMillis[i] || (millis == lastMillis[i] && value > lasts[i])) {
      lasts[i] = value;
      lastMillis[i] = millis;
    }
    counts[i]++;
    double sum = sums[i] + value;
    double residue = residues[i] + SignalFacts.twoSumResidue(sums[i], value, sum);
    sums[i] = sum + residue;
    residues[i] = SignalFacts.twoSumResidue(sum, residue, sums[i]);
    if (signal.user() != 0) {
      users = users.plus(day, signal.user());
    }
    if (signal.item() != 0) {
      items = items.plus(day, signal.item());
    }
  }

  private int bucket(int day) {
    int at = size == 0 || days[size - 1] < day ? ~size : Arrays.binarySearch(days, 0, size, day);
    if (at >= 0) {
      return at;
    }
    insert(~at);
    days[~at] = day;
    counts[~at] = 0;
    sums[~at] = 0;
    residues[~at] = 0;
    lastMillis[~at] = Integer.MIN_VALUE;
    return ~at;
  }

  private void insert(int at) {
    if (size == days.length) {
      resize(size + Math.max(ROOM, size / 2));
    }
    int moved = size - at;
    System.arraycopy(days, at, days, at + 1, moved);
    System.arraycopy(counts, at, counts, at + 1, moved);
    System.arraycopy(sums, at, sums, at + 1, moved);
    System.arraycopy(residues, at, residues, at + 1, moved);
    System.arraycopy(lasts, at, lasts, at + 1, moved);
    System.arraycopy(lastMillis, at, lastMillis, at + 1, moved);
    size++;
  }

  private void resize(int length) {
    days = Arrays.copyOf(days, length);
    counts = Arrays.copyOf(counts, length);
    sums = Arrays.copyOf(sums, length);
    residues = Arrays.copyOf(residues, length);
    lasts = Arrays.copyOf(lasts, length);
    lastMillis = Arrays.copyOf(lastMillis, length);
  }

  /** The changed facts, with only the last signal kept of all days not after the horizon. */
  SignalFacts freeze(int horizon) {
    int old = 0;
    while (old < size && days[old] <= horizon) {
      old++;
    }
    int from = Math.max(old - 1, 0);
    if (old > 0) {
      counts[from] = 0;
      sums[from] = 0;
      residues[from] = 0;
    }
    return new SignalFacts(
        Arrays.copyOfRange(days, from, size),
        Arrays.copyOfRange(counts, from, size),
        Arrays.copyOfRange(sums, from, size),
        Arrays.copyOfRange(residues, from, size),
        Arrays.copyOfRange(lasts, from, size),
        Arrays.copyOfRange(lastMillis, from, size),
        users.after(horizon),
        items.after(horizon));
  }
}
