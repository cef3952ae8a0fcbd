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
   * unsigned number: until 2106). A full page knows where an id is: of an account with many, each
   * signal would otherwise cost a look at all of them.
   */
  private static final class Page {
    private static final int SLOTS = 2 * PAGE;

    final long[] ids;
    final int[] seconds;

    /** At an id's slot, or after it where others were first, its index and 1; 0 if it is free. */
    final short[] slots;

    Page(long[] ids, int[] seconds) {
      this.ids = ids;
      this.seconds = seconds;
      this.slots = ids.length == PAGE ? slots(ids) : null;
    }

    private static short[] slots(long[] ids) {
      short[] slots = new short[SLOTS];
      for (int i = 0; i < ids.length; i++) {
        int slot = slot(ids[i]);
        while (slots[slot] != 0) {
          slot = slot(slot + 1);
        }
        slots[slot] = (short) (i + 1);
      }
      return slots;
    }

    private static int slot(long id) {
      return (int) id & SLOTS - 1; // ids are hashes
    }

    /**
     * Whether an id is here.
     *
     * @param from the first index that counts
     * @param since its second
     */
    boolean knows(long id, int from, long since) {
      if (slots == null) {
        for (int i = ids.length - 1; i >= from; i--) {
          if (ids[i] == id && second(i) >= since) {
            return true;
          }
        }
        return false;
      }
      for (int slot = slot(id); slots[slot] != 0; slot = slot(slot + 1)) {
        int i = slots[slot] - 1;
        if (ids[i] == id && i >= from && second(i) >= since) {
          return true;
        }
      }
      return false;
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
    for (long id : ids) {
      if (knows(id, since)) {
        known.add(id);
      }
    }
    return known;
  }

  private boolean knows(long id, long since) {
    int left = IDS_MAX;
    for (int p = pages.size() - 1; p >= 0 && left > 0; p--) {
      Page page = pages.get(p);
      if (page.knows(id, Math.max(0, page.ids.length - left), since)) {
        return true;
      }
      left -= page.ids.length;
    }
    return false;
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
