package keepwell.dashboard.account;

import java.util.List;

/**
 * The signals behind a metric, key by key.
 *
 * @param groups those of each key that it reads
 */
record Behind(List<Group> groups) {

  /**
   * Those of a key.
   *
   * @param window of which days they are
   * @param nothing why there are none; empty if there are some
   */
  record Group(String signal, String window, String nothing, SignalList list) {}
}
