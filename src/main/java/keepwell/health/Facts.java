package keepwell.health;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    Map<String, SignalFactsEdit> edits = new HashMap<>();
    for (Signal signal : signals) {
      Instant at = signal.at();
      int day = days.of(at);
      first = Math.min(first, day);
      newest = Math.max(newest, day);
      edits.computeIfAbsent(signal.key(), this::edit).add(day, signal);
    }
    return new Facts(first, newest, keys, facts).replaced(edits, newest > newestDay);
  }

  private SignalFactsEdit edit(String key) {
    SignalFacts known = of(key);
    return known == null ? new SignalFactsEdit() : new SignalFactsEdit(known);
  }

  private Facts replaced(Map<String, SignalFactsEdit> edits, boolean horizonMoved) {
    String[] allKeys = keysWith(edits.keySet());
    int horizon = newestDay - KEPT_DAYS;
    SignalFacts[] all = new SignalFacts[allKeys.length];
    for (int i = 0; i < all.length; i++) {
      SignalFactsEdit edit = edits.get(allKeys[i]);
      if (edit != null) {
        all[i] = edit.freeze(horizon);
      } else {
        SignalFacts untouched = of(allKeys[i]);
        all[i] = horizonMoved ? untouched.thinned(horizon) : untouched;
      }
    }
    return new Facts(firstDay, newestDay, allKeys, all);
  }

  /** All keys, ascending. */
  private String[] keysWith(Set<String> some) {
    String[] fresh = some.stream().filter(key -> of(key) == null).toArray(String[]::new);
    if (fresh.length == 0) {
      return keys;
    }
    String[] all = Arrays.copyOf(keys, keys.length + fresh.length);
    System.arraycopy(fresh, 0, all, keys.length, fresh.length);
    Arrays.sort(all);
    return all;
  }
}
