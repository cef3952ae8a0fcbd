package keepwell.health;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is kept of an account's signals, whatever the scorecard: for each signal key its {@link
 * SignalFacts}, and the account's first day. Immutable. The same signals give the same facts in any
 * order and any split into batches.
 *
 * <p>Days after the horizon, the newest day − {@value #KEPT_DAYS}, are kept whole; of the days up
 * to it there remains each key's last signal.
 */
public final class Facts {
  /** How many days, the newest included, are kept whole. */
  public static final int KEPT_DAYS = 560;

  static final Facts NONE =
      new Facts(Integer.MAX_VALUE, Integer.MIN_VALUE, new String[0], new SignalFacts[0]);

  final int firstDay;
  final int newestDay;
  final String[] keys;
  final SignalFacts[] facts;

  Facts(int firstDay, int newestDay, String[] keys, SignalFacts[] facts) {
    this.firstDay = firstDay;
    this.newestDay = newestDay;
    this.keys = keys;
    this.facts = facts;
  }

  /** These facts as bytes, for storage. */
  public byte[] encoded() {
    return FactsCodec.encode(this);
  }

  /**
   * Facts that were stored.
   *
   * @throws IllegalArgumentException if the bytes are not facts of a version known here
   */
  public static Facts decoded(byte[] bytes) {
    return FactsCodec.decode(bytes);
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  /** The last day that is no longer kept whole. */
  int horizon() {
    return isEmpty() ? Integer.MIN_VALUE : newestDay - KEPT_DAYS;
  }

  /** The facts of a key, or null if it was never sent. */
  SignalFacts of(String key) {
    int at = Arrays.binarySearch(keys, key);
    return at >= 0 ? facts[at] : null;
  }

  /** These facts and some more signals. */
  Facts plus(List<Signal> signals, Days days) {
    if (signals.isEmpty()) {
      return this;
    }
    int first = firstDay;
    int newest = newestDay;
    int[] dayOf = new int[signals.size()];
    for (int i = 0; i < dayOf.length; i++) {
      dayOf[i] = days.of(signals.get(i).at());
      first = Math.min(first, dayOf[i]);
      newest = Math.max(newest, dayOf[i]);
    }
    String[] allKeys = keysWith(signals);
    SignalFacts[] all = new SignalFacts[allKeys.length];
    for (int i = 0; i < all.length; i++) {
      SignalFacts known = of(allKeys[i]);
      all[i] = known == null ? SignalFacts.NONE : known;
    }
    int horizon = newest - KEPT_DAYS;
    boolean thin = newest > newestDay;
    for (int i = 0; i < dayOf.length; i++) {
      int at = Arrays.binarySearch(allKeys, signals.get(i).key());
      all[at] = all[at].plus(dayOf[i], signals.get(i));
      thin |= dayOf[i] <= horizon;
    }
    for (int i = 0; thin && i < all.length; i++) {
      all[i] = all[i].thinned(horizon);
    }
    return new Facts(first, newest, allKeys, all);
  }

  /** All keys, ascending. */
  private String[] keysWith(List<Signal> signals) {
    Set<String> fresh = null;
    for (Signal signal : signals) {
      if (of(signal.key()) == null) {
        fresh = fresh == null ? new TreeSet<>(List.of(keys)) : fresh;
        fresh.add(signal.key().intern()); // the same few keys in every account
      }
    }
    return fresh == null ? keys : fresh.toArray(String[]::new);
  }
}
