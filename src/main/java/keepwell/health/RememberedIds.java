package keepwell.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids of the signals that an account has taken, hashed, for {@link #WINDOW} of real time and up
 * to {@value #IDS_MAX} of them; beyond, the oldest go first. Immutable: pages in the order of
 * arrival.
 */
final class RememberedIds {
  static final Duration WINDOW = Duration.ofHours(24);
  static final int IDS_MAX = 65_536;
  static final RememberedIds NONE = new RememberedIds(List.of());

  private static final int PAGE = 1024;

  /** Ids as hashes, and for each the real time of its arrival in whole seconds. */
  private static final class Page {
    final long[] ids;
    final long[] seconds;

    Page(long[] ids, long[] seconds) {
      this.ids = ids;
      this.seconds = seconds;
    }

    private Page from(int start) {
      return new Page(
          Arrays.copyOfRange(ids, start, ids.length),
          Arrays.copyOfRange(seconds, start, seconds.length));
    }
  }

  private final List<Page> pages;

  private RememberedIds(List<Page> pages) {
    this.pages = pages;
  }

  /** Ids and the seconds of their arrival, oldest first, as they were stored. */
  static RememberedIds of(long[] ids, long[] seconds) {
    List<Page> pages = new ArrayList<>();
    for (int from = 0; from < ids.length; from += PAGE) {
      int to = Math.min(from + PAGE, ids.length);
      pages.add(new Page(Arrays.copyOfRange(ids, from, to), Arrays.copyOfRange(seconds, from, to)));
    }
    return new RememberedIds(List.copyOf(pages));
  }

  long[] ids() {
    return pages.stream().flatMapToLong(page -> Arrays.stream(page.ids)).toArray();
  }

  long[] seconds() {
    return pages.stream().flatMapToLong(page -> Arrays.stream(page.seconds)).toArray();
  }

  /** Those of some ids that arrived no longer ago than the window. */
  Set<Long> known(Set<Long> ids, Instant now) {
    Set<Long> known = new HashSet<>();
    long since = now.minus(WINDOW).getEpochSecond();
    int left = ids.isEmpty() ? 0 : IDS_MAX;
    for (int p = pages.size() - 1; p >= 0; p--) {
      Page page = pages.get(p);
      for (int i = page.ids.length - 1; i >= 0 && left > 0 && page.seconds[i] >= since; i--) {
        if (ids.contains(page.ids[i])) {
          known.add(page.ids[i]);
        }
        left--;
      }
    }
    return known;
  }

  /** With the ids of some more signals, and without those that are too old or too many. */
  RememberedIds plus(List<Signal> signals, Instant now) {
    long[] fresh = signals.stream().mapToLong(Signal::id).filter(id -> id != 0).toArray();
    if (fresh.length == 0) {
      return this;
    }
    long second = now.getEpochSecond();
    List<Page> more = new ArrayList<>(pages);
    int taken = fillLast(more, fresh, second);
    while (taken < fresh.length) {
      long[] ids = Arrays.copyOfRange(fresh, taken, Math.min(taken + PAGE, fresh.length));
      more.add(new Page(ids, filled(ids.length, second)));
      taken += ids.length;
    }
    dropOld(more, second - WINDOW.toSeconds());
    return new RememberedIds(List.copyOf(more));
  }

  private static int fillLast(List<Page> pages, long[] fresh, long second) {
    if (pages.isEmpty()) {
      return 0;
    }
    Page last = pages.get(pages.size() - 1);
    int old = last.ids.length;
    int taken = Math.min(Math.max(PAGE - old, 0), fresh.length);
    long[] ids = Arrays.copyOf(last.ids, old + taken);
    System.arraycopy(fresh, 0, ids, old, taken);
    long[] seconds = Arrays.copyOf(last.seconds, old + taken);
    Arrays.fill(seconds, old, old + taken, second);
    pages.set(pages.size() - 1, new Page(ids, seconds));
    return taken;
  }

  private static void dropOld(List<Page> pages, long since) {
    while (pages.size() > IDS_MAX / PAGE + 1) {
      pages.remove(0);
    }
    while (!pages.isEmpty()) {
      Page first = pages.get(0);
      int old = 0;
      while (old < first.ids.length && first.seconds[old] < since) {
        old++;
      }
      if (old < first.ids.length) {
        pages.set(0, old == 0 ? first : first.from(old));
        return;
      }
      pages.remove(0);
    }
  }

  private static long[] filled(int length, long value) {
    long[] array = new long[length];
    Arrays.fill(array, value);
    return array;
  }
}
