package keepwell.health;

import java.util.Arrays;

/**
 * Which users (or items) were seen on which days, by keyed 64-bit hash. Immutable.
 *
 * <p>Days are kept in blocks of 64: a block holds the hashes seen in it, ascending, each with a bit
 * for each of its days. A block holds the {@value #BLOCK_MAX} smallest hashes and the smallest that
 * it had to leave out, its threshold: up to there counts are exact, beyond they are estimated from
 * the share of the hash space below the threshold (a theta sketch; Dasgupta, Lang, Rhodes, Thaler,
 * 2015), within about 3 %. What is kept depends on the set of (hash, day) alone, never on the order
 * of arrival. Whole blocks are forgotten at the horizon.
 */
final class Distinct {
  static final int BLOCK_MAX = 1024;
  static final Distinct NONE = new Distinct(new Block[0]);

  /** A block without a threshold has left nothing out. No hash is as great. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private static final int BLOCK_DAYS = Long.SIZE;

  final Block[] blocks;

  /**
   * @param blocks ascending; those in a row that have seen the same share what they hold of it
   */
  Distinct(Block[] blocks) {
    for (int i = 1; i < blocks.length; i++) {
      long[] before = blocks[i - 1].hashes;
      if (blocks[i].hashes != before && Arrays.equals(blocks[i].hashes, before)) {
        blocks[i] = new Block(blocks[i].number, before, blocks[i].days, blocks[i].threshold);
      }
    }
    this.blocks = blocks;
  }

  /** The days {@code 64 · number} to {@code 64 · number + 63}. */
  static final class Block {
    final int number;
    final long[] hashes;
    final long[] days;
    final long threshold;

    Block(int number, long[] hashes, long[] days, long threshold) {
      this.number = number;
      this.hashes = hashes;
      this.days = days;
      this.threshold = threshold;
    }

    private Block plus(long hash, long bit) {
      int at = Arrays.binarySearch(hashes, hash);
      if (at >= 0) {
        if ((days[at] & bit) != 0) {
          return this;
        }
        long[] marked = days.clone();
        marked[at] |= bit;
        return new Block(number, hashes, marked, threshold);
      }
      if (threshold != UNLIMITED && hash >= threshold) {
        return this;
      }
      long[] more = insert(hashes, ~at, hash);
      long[] marked = insert(days, ~at, bit);
      return more.length <= BLOCK_MAX
          ? new Block(number, more, marked, threshold)
          : new Block(
              number,
              Arrays.copyOf(more, BLOCK_MAX),
              Arrays.copyOf(marked, BLOCK_MAX),
              more[BLOCK_MAX]);
    }

    /** The hash at a place; behind the last, one that is greater than all. */
    private long hash(int at) {
      return at < hashes.length ? hashes[at] : UNLIMITED;
    }

    /** The bits of the days from {@code from} to {@code to} that lie in this block. */
    private long mask(int from, int to) {
      int first = Math.max(from - number * BLOCK_DAYS, 0);
      int last = Math.min(to - number * BLOCK_DAYS, BLOCK_DAYS - 1);
      return first > last ? 0 : (-1L << first) & (-1L >>> (BLOCK_DAYS - 1 - last));
    }

    /** By how much what is kept must be multiplied. */
    private double scale() {
      return threshold == UNLIMITED ? 1 : 1 / share(threshold);
    }
  }

  Distinct plus(int day, long hash) {
    int number = Math.floorDiv(day, BLOCK_DAYS);
    long bit = 1L << Math.floorMod(day, BLOCK_DAYS);
    int i = 0;
    while (i < blocks.length && blocks[i].number < number) {
      i++;
    }
    boolean known = i < blocks.length && blocks[i].number == number;
    if (known) {
      Block block = blocks[i].plus(hash, bit);
      if (block == blocks[i]) {
        return this;
      }
      Block[] changed = blocks.clone();
      changed[i] = block;
      return new Distinct(changed);
    }
    Block[] more = new Block[blocks.length + 1];
    System.arraycopy(blocks, 0, more, 0, i);
    more[i] = new Block(number, new long[] {hash}, new long[] {bit}, UNLIMITED);
    System.arraycopy(blocks, i, more, i + 1, blocks.length - i);
    return new Distinct(more);
  }

  /** Forgets the blocks whose last day is not after the horizon. */
  Distinct after(int horizon) {
    int dead = 0;
    while (dead < blocks.length && blocks[dead].number * BLOCK_DAYS + BLOCK_DAYS - 1 <= horizon) {
      dead++;
    }
    return dead == 0 ? this : new Distinct(Arrays.copyOfRange(blocks, dead, blocks.length));
  }

  /** How many were seen on the days from {@code from} to {@code to}, both included. */
  double count(int from, int to) {
    int first = 0;
    int end = blocks.length;
    while (first < end && blocks[first].mask(from, to) == 0) {
      first++;
    }
    while (first < end && blocks[end - 1].mask(from, to) == 0) {
      end--;
    }
    if (first == end) {
      return 0;
    }
    return switch (end - first) {
      case 1 -> countIn(blocks[first], from, to);
      case 2 -> countInBoth(blocks[first], blocks[first + 1], from, to);
      default -> countAcross(first, end, from, to);
    };
  }

  /** How many pairs of (who, day) were seen on the days from {@code from} to {@code to}. */
  double pairs(int from, int to) {
    double pairs = 0;
    for (Block block : blocks) {
      long mask = block.mask(from, to);
      long seen = 0;
      for (int i = 0; mask != 0 && i < block.days.length; i++) {
        seen += Long.bitCount(block.days[i] & mask);
      }
      pairs += Math.rint(seen * block.scale());
    }
    return pairs;
  }

  private static double countIn(Block block, int from, int to) {
    long mask = block.mask(from, to);
    int seen = 0;
    for (long days : block.days) {
      if ((days & mask) != 0) {
        seen++;
      }
    }
    return Math.rint(seen * block.scale());
  }

  /** As {@link #countAcross}, for the many windows of a month: it allocates nothing. */
  private static double countInBoth(Block one, Block other, int from, int to) {
    long threshold = Math.min(one.threshold, other.threshold);
    long oneMask = one.mask(from, to);
    long otherMask = other.mask(from, to);
    int seen = 0;
    int i = 0;
    int j = 0;
    while (true) {
      long left = one.hash(i);
      long right = other.hash(j);
      if (Math.min(left, right) >= threshold) {
        return scaled(seen, threshold);
      }
      long days = 0;
      if (left <= right) {
        days = one.days[i++] & oneMask;
      }
      if (right <= left) {
        days |= other.days[j++] & otherMask;
      }
      if (days != 0) {
        seen++;
      }
    }
  }

  /** Merges the blocks by hash, up to the smallest of their thresholds. */
  private double countAcross(int first, int end, int from, int to) {
    int count = end - first;
    int[] next = new int[count];
    long[] heads = new long[count];
    long[] masks = new long[count];
    long threshold = UNLIMITED;
    for (int b = 0; b < count; b++) {
      Block block = blocks[first + b];
      heads[b] = block.hash(0);
      masks[b] = block.mask(from, to);
      threshold = Math.min(threshold, block.threshold);
    }
    int seen = 0;
    while (true) {
      long hash = UNLIMITED;
      for (long head : heads) {
        hash = Math.min(hash, head);
      }
      if (hash >= threshold) {
        return scaled(seen, threshold);
      }
      long days = 0;
      for (int b = 0; b < count; b++) {
        if (heads[b] == hash) {
          Block block = blocks[first + b];
          days |= block.days[next[b]] & masks[b];
          heads[b] = block.hash(++next[b]);
        }
      }
      if (days != 0) {
        seen++;
      }
    }
  }

  private static double scaled(int seen, long threshold) {
    return threshold == UNLIMITED ? seen : Math.rint(seen / share(threshold));
  }

  /** The share of all hashes that lie below a threshold. */
  private static double share(long threshold) {
    return (threshold - (double) Long.MIN_VALUE) * 0x1p-64;
  }

  private static long[] insert(long[] array, int at, long value) {
    long[] more = new long[array.length + 1];
    System.arraycopy(array, 0, more, 0, at);
    more[at] = value;
    System.arraycopy(array, at, more, at + 1, array.length - at);
    return more;
  }
}
