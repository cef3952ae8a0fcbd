package keepwell.health;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Facts as bytes, for snapshots: a version, then whole numbers as variable-length integers (7 bits
 * a byte, zig-zag), days as differences, values as whole numbers where they are whole.
 */
final class FactsCodec {
  private static final int VERSION = 1;

  /** Marks a value that is not whole: its eight bytes follow. */
  private static final int FRACTION = 1;

  private FactsCodec() {}

  static byte[] encode(Facts facts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writeInt(out, facts.keys.length);
      if (!facts.isEmpty()) {
        writeInt(out, facts.firstDay);
        writeInt(out, facts.newestDay);
      }
      for (int i = 0; i < facts.keys.length; i++) {
        out.writeUTF(facts.keys[i]);
        write(out, facts.facts[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not facts of a version known here
   */
  static Facts decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("facts of an unknown version: " + version);
      }
      int size = readInt(in);
      if (size == 0) {
        return Facts.NONE;
      }
      int firstDay = readInt(in);
      int newestDay = readInt(in);
      String[] keys = new String[size];
      SignalFacts[] facts = new SignalFacts[size];
      for (int i = 0; i < size; i++) {
        keys[i] = in.readUTF().intern(); // the same few keys in every account
        facts[i] = read(in);
      }
      return new Facts(firstDay, newestDay, keys, facts);
    } catch (IOException e) {
      throw new IllegalArgumentException("facts that cannot be read", e);
    }
  }

  private static void write(DataOutputStream out, SignalFacts facts) throws IOException {
    writeInt(out, facts.days.length);
    int day = 0;
    for (int i = 0; i < facts.days.length; i++) {
      writeInt(out, facts.days[i] - day);
      day = facts.days[i];
      writeInt(out, facts.counts[i]);
      writeDouble(out, facts.sums[i]);
      writeDouble(out, facts.residues[i]);
      writeDouble(out, facts.lasts[i]);
      writeInt(out, facts.lastMillis[i]);
    }
    write(out, facts.users);
    write(out, facts.items);
  }

  private static SignalFacts read(DataInputStream in) throws IOException {
    int size = readInt(in);
    int[] days = new int[size];
    int[] counts = new int[size];
    double[] sums = new double[size];
    double[] residues = new double[size];
    double[] lasts = new double[size];
    int[] lastMillis = new int[size];
    int day = 0;
    for (int i = 0; i < size; i++) {
      day += readInt(in);
      days[i] = day;
      counts[i] = readInt(in);
      sums[i] = readDouble(in);
      residues[i] = readDouble(in);
      lasts[i] = readDouble(in);
      lastMillis[i] = readInt(in);
    }
    Distinct users = readDistinct(in);
    return new SignalFacts(
        days, counts, sums, residues, lasts, lastMillis, users, readDistinct(in));
  }

  private static void write(DataOutputStream out, Distinct distinct) throws IOException {
    writeInt(out, distinct.blocks.length);
    for (Distinct.Block block : distinct.blocks) {
      writeInt(out, block.number);
      out.writeLong(block.threshold);
      writeInt(out, block.hashes.length);
      for (int i = 0; i < block.hashes.length; i++) {
        out.writeLong(block.hashes[i]);
        out.writeLong(block.days[i]);
      }
    }
  }

  private static Distinct readDistinct(DataInputStream in) throws IOException {
    int size = readInt(in);
    if (size == 0) {
      return Distinct.NONE;
    }
    Distinct.Block[] blocks = new Distinct.Block[size];
    for (int b = 0; b < size; b++) {
      int number = readInt(in);
      long threshold = in.readLong();
      long[] hashes = new long[readInt(in)];
      long[] days = new long[hashes.length];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = in.readLong();
        days[i] = in.readLong();
      }
      blocks[b] = new Distinct.Block(number, hashes, days, threshold);
    }
    return new Distinct(blocks);
  }

  /** Whole values of up to 2^52 as an even number, all others as a mark and their bits. */
  private static void writeDouble(DataOutputStream out, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) <= 0x1p52) {
      writeLong(out, (long) value << 1);
    } else {
      writeLong(out, FRACTION);
      out.writeDouble(value);
    }
  }

  private static double readDouble(DataInputStream in) throws IOException {
    long whole = readLong(in);
    return whole == FRACTION ? in.readDouble() : whole >> 1;
  }

  private static void writeInt(DataOutputStream out, int value) throws IOException {
    writeLong(out, value);
  }

  private static int readInt(DataInputStream in) throws IOException {
    return Math.toIntExact(readLong(in));
  }

  private static void writeLong(DataOutputStream out, long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readLong(DataInputStream in) throws IOException {
    long rest = 0;
    for (int shift = 0; ; shift += 7) {
      int part = in.readByte();
      rest |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
  }
}
