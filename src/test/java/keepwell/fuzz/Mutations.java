package keepwell.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Changes inputs at random: bits, ranges that are deleted, doubled or taken from another input, and
 * tokens that parsers stumble over. The same seed makes the same changes.
 */
public final class Mutations {
  private static final int CHANGES_MAX = 4;
  private static final int RANGE_MAX = 32;

  /** No input becomes longer: a change that would make it so is left out. */
  private static final int LENGTH_MAX = 1 << 18;

  private static final List<byte[]> TOKENS =
      Stream.concat(
              Stream.of(
                      "{ } [ ] : , \" ' \\ null true NaN -Infinity -0 1e999 1e-999 1e15 1.0000001e15",
                      "0.0005 2147483648 9223372036854775808 -9223372036854775809 \"\" {} [] [[ {\"a\":",
                      "\\u0000 \\ud800 \\udc00\\ud800 \\q %00 %2F %2e%2e %ED%A0%80 %FF % %zz %EF%BF%BD",
                      ".. / // ? & = ; # + * @ | < > \uFEFF \u2028 \u0130 \uD83D\uDE00 0000-01-01",
                      "9999-12-31 2026-02-30 +999999999-12-31 9999-12-31T23:59:60Z P999999999D P0D",
                      "HTTP/1.1 HTTP/1.0 HTTP/2.0 PATCH OPTIONS gzip text/csv text/event-stream")
                  .flatMap(line -> Stream.of(line.split(" "))),
              Stream.of(
                  " ",
                  "\t",
                  "\0",
                  "\u007F",
                  "\n",
                  "\r",
                  "\r\n",
                  "\r\n\r\n",
                  "\r\n ",
                  "Transfer-Encoding: chunked\r\n",
                  "Transfer-Encoding: identity\r\n",
                  "Content-Length: 5\r\n",
                  "Content-Length: 99999999999999999999\r\n",
                  "Expect: 100-continue\r\n",
                  "Connection: upgrade\r\nUpgrade: websocket\r\n",
                  "ffffffffffffffff\r\n",
                  "[".repeat(2_000),
                  "{\"a\":".repeat(1_200),
                  "9".repeat(1_200),
                  "0.".concat("0".repeat(400)),
                  "x".repeat(3_000),
                  "\"\u00e9\u0301".repeat(200)))
          .map(text -> text.getBytes(UTF_8))
          .toList();

  /** Lengths that are far too long, as the stored formats write them. */
  private static final List<byte[]> LENGTHS =
      Stream.of(
              "ffffffff07",
              "ffffffff0f",
              "ffffffffffffffff7f",
              "ffffffffffffffffff01",
              "80".repeat(40),
              "5a7fffffff",
              "9a7fffffff",
              "ba7fffffff",
              "7b7fffffffffffffff",
              "c25a00100000",
              "fb7ff8000000000000",
              "9f".repeat(1_500),
              "bf6161".repeat(1_200))
          .map(HexFormat.of()::parseHex)
          .toList();

  private final SplittableRandom random;

  Mutations(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** True once in so many times. */
  public boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  /** A number from 0 to below a bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * An input, changed in a few places.
   *
   * @param other from which parts may be taken
   */
  public byte[] of(byte[] input, byte[] other) {
    byte[] changed = input;
    for (int left = 1 + random.nextInt(CHANGES_MAX); left > 0; left--) {
      byte[] more = changed(changed, other);
      changed = more.length <= LENGTH_MAX ? more : changed;
    }
    return changed;
  }

  /** The same of a text whose characters stand for bytes. */
  public String of(String input, String other) {
    return new String(of(input.getBytes(ISO_8859_1), other.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private byte[] changed(byte[] from, byte[] other) {
    int start = random.nextInt(from.length + 1);
    int end = Math.min(start + random.nextInt(RANGE_MAX), from.length);
    byte[] none = {};
    return switch (random.nextInt(8)) {
      case 0 -> flipped(from);
      case 1 -> replaced(from, start, Math.min(start + 1, from.length), new byte[] {any()});
      case 2 -> replaced(from, start, end, none);
      case 3 -> replaced(from, start, start, Arrays.copyOfRange(from, start, end));
      case 4 -> replaced(from, start, random.nextBoolean() ? from.length : end, part(other));
      case 5 -> replaced(from, start, random.nextBoolean() ? start : end, oneOf(TOKENS));
      case 6 -> replaced(from, start, random.nextBoolean() ? start : end, oneOf(LENGTHS));
      default -> Arrays.copyOf(from, start);
    };
  }

  private byte[] flipped(byte[] from) {
    byte[] flipped = from.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private byte any() {
    return (byte) random.nextInt(1 << Byte.SIZE);
  }

  /** The end of it, or something in the middle. */
  private byte[] part(byte[] other) {
    int start = random.nextInt(other.length + 1);
    int length = random.nextInt(other.length - start + 1);
    return Arrays.copyOfRange(other, start, random.nextBoolean() ? other.length : start + length);
  }

  private static byte[] replaced(byte[] from, int start, int end, byte[] with) {
    byte[] changed = Arrays.copyOf(from, from.length - (end - start) + with.length);
    System.arraycopy(with, 0, changed, start, with.length);
    System.arraycopy(from, end, changed, start + with.length, from.length - end);
    return changed;
  }
}
