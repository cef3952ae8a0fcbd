package keepwell.health;

import java.util.Arrays;

/** Facts as bytes, for snapshots. Facts of another version are not read: the journal has all. */
final class FactsCodec {
  private static final int VERSION = 2;

  private FactsCodec() {}

  static byte[] encode(Facts facts) {
    Packer out = new Packer(4096);
    out.natural(VERSION);
    out.natural(facts.keys.length);
    out.whole(facts.firstDay);
    out.whole(facts.newestDay);
    for (int i = 0; i < facts.keys.length; i++) {
      out.text(facts.keys[i]);
      out.packed(facts.facts[i].buckets);
      write(out, facts.facts[i].users);
      write(out, facts.facts[i].items);
    }
    return out.packed();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not facts of the version known here
   */
  static Facts decode(byte[] bytes) {
    try {
      Unpacker in = new Unpacker(bytes);
      long version = in.natural();
      if (version != VERSION) {
        throw new IllegalArgumentException("facts of an unknown version: " + version);
      }
      int size = in.count(1);
      int firstDay = (int) in.whole();
      int newestDay = (int) in.whole();
      String[] keys = new String[size];
      SignalFacts[] facts = new SignalFacts[size];
      for (int i = 0; i < size; i++) {
        keys[i] = in.text().intern(); // the same few keys in every account
        byte[] buckets = Buckets.checked(in.packed());
        Distinct users = readDistinct(in);
        facts[i] = new SignalFacts(buckets, users, readDistinct(in));
      }
      return size == 0 ? Facts.NONE : new Facts(firstDay, newestDay, keys, facts);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("facts that are cut short", e);
    }
  }

  /** A hash that was in the block before, as most are, is written as its place there. */
  private static void write(Packer out, Distinct distinct) {
    out.natural(distinct.blocks.length);
    long[] before = {};
    for (Distinct.Block block : distinct.blocks) {
      long any = 0;
      for (long days : block.days) {
        any |= days;
      }
      int unused = Long.numberOfTrailingZeros(any);
      int width = Long.BYTES - Long.numberOfLeadingZeros(any >>> unused) / Byte.SIZE;
      boolean limited = block.threshold != Distinct.UNLIMITED;
      out.whole(block.number);
      out.natural(block.hashes.length);
      out.natural(unused);
      out.natural(width);
      out.natural(limited ? 1 : 0);
      if (limited) {
        out.bits(block.threshold);
      }
      for (int i = 0; i < block.hashes.length; i++) {
        int known = Arrays.binarySearch(before, block.hashes[i]);
        out.natural(Math.max(known + 1, 0));
        if (known < 0) {
          out.bits(block.hashes[i]);
        }
        out.lowBytes(block.days[i] >>> unused, width);
      }
      before = block.hashes;
    }
  }

  private static Distinct readDistinct(Unpacker in) {
    int size = in.count(1);
    if (size == 0) {
      return Distinct.NONE;
    }
    long[] before = {};
    Distinct.Block[] blocks = new Distinct.Block[size];
    for (int b = 0; b < size; b++) {
      int number = (int) in.whole();
      long[] hashes = new long[in.count(2)];
      long[] days = new long[hashes.length];
      int unused = (int) in.natural();
      int width = (int) in.natural();
      long threshold = in.natural() == 1 ? in.bits() : Distinct.UNLIMITED;
      for (int i = 0; i < hashes.length; i++) {
        int known = (int) in.natural();
        hashes[i] = known == 0 ? in.bits() : before[known - 1];
        days[i] = in.lowBytes(width) << unused;
      }
      blocks[b] = new Distinct.Block(number, hashes, days, threshold);
      before = hashes;
    }
    return new Distinct(blocks);
  }
}
