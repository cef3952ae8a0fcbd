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
public final class RememberedIds {
  static final Duration WINDOW = Duration.ofHours(24);
  static final int IDS_MAX = 65_536;
  static final RememberedIds NONE = new RememberedIds(List.of());

  private static final int VERSION = 1;
  private static final int PAGE = 1024;

  /**
   * Ids as hashes, and for each the real time of its arrival in whole seconds since 1970 (as an
   * unsigned number: until 2106).
   */
  private static final class Page {
    final long[] ids;
    final int[] seconds;

    Page(long[] ids, int[] seconds) {
      this.ids = ids;
      this.seconds = seconds;
    }

    private long second(int i) {
      return Integer.toUnsignedLong(seconds[i]);
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

  /** These ids as bytes, for storage: oldest first, each with the seconds since the one before. */
  public byte[] encoded() {
    int count = pages.stream().mapToInt(page -> page.ids.length).sum();
    Packer out = new Packer(count * (Long.BYTES + 2));
    out.natural(VERSION);
    out.natural(count);
    long before = 0;
    for (Page page : pages) {
      for (int i = 0; i < page.ids.length; i++) {
        out.whole(page.second(i) - before);
        out.bits(page.ids[i]);
        before = page.second(i);
      }
    }
    return out.packed();
  }

  /**
   * Ids that were stored.
   *
   * @throws IllegalArgumentException if the bytes are not ids of a version known here
   */
  public static RememberedIds decoded(byte[] bytes) {
    try {
      Unpacker in = new Unpacker(bytes);
      long version = in.natural();
      if (version != VERSION) {
        throw new IllegalArgumentException("remembered ids of an unknown version: " + version);
      }
      List<Page> pages = new ArrayList<>();
      long second = 0;
      for (int left = in.count(1 + Long.BYTES); left > 0; left -= PAGE) {
        long[] ids = new long[Math.min(left, PAGE)];
        int[] seconds = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
          second += in.whole();
          seconds[i] = (int) second;
          ids[i] = in.bits();
        }
        pages.add(new Page(ids, seconds));
      }
      return new RememberedIds(List.copyOf(pages));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("remembered ids that are cut short", e);
    }
  }

  long[] ids() {
    return pages.stream().flatMapToLong(page -> Arrays.stream(page.ids)).toArray();
  }

  /** Those of some ids that arrived no longer ago than the window. */
  Set<Long> known(Set<Long> ids, Instant now) {
    Set<Long> known = new HashSet<>();
    long since = now.minus(WINDOW).getEpochSecond();
    int left = ids.isEmpty() ? 0 : IDS_MAX;
    for (int p = pages.size() - 1; p >= 0; p--) {
      Page page = pages.get(p);
      for (int i = page.ids.length - 1; i >= 0 && left > 0 && page.second(i) >= since; i--) {
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
      more.add(new Page(ids, filled(ids.length, (int) second)));
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
    int[] seconds = Arrays.copyOf(last.seconds, old + taken);
    Arrays.fill(seconds, old, old + taken, (int) second);
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
      while (old < first.ids.length && first.second(old) < since) {
        old++;
      }
      if (old < first.ids.length) {
        pages.set(0, old == 0 ? first : first.from(old));
        return;
      }
      pages.remove(0);
    }
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }
}
