package keepwell.http;

import akka.NotUsed;
import akka.japi.pf.PFBuilder;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import scala.PartialFunction;

/**
 * Cuts a stream of bytes into lines. A line that is too long is passed over, and only said to have
 * been there: what comes after it is read as usual. Of blank lines that come together there may be
 * only one: a compressed body of a few kilobytes holds millions. A stream that breaks off says so
 * last; the line that it broke in is none.
 */
final class Lines {
  private static final byte NEWLINE = '\n';
  private static final byte RETURN = '\r';
  private static final int PIECE_BYTES = 16 * 1024;

  private final int bytesMax;
  private ByteString begun = ByteString.emptyByteString();
  private boolean tooLong;

  private Lines(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** What comes of a stream. */
  sealed interface Line permits Whole, TooLong, BrokenOff {}

  /** A line without its end. */
  record Whole(ByteString bytes) implements Line {
    boolean isBlank() {
      for (byte b : bytes.toArrayUnsafe()) {
        if (b != ' ' && b != '\t') {
          return false;
        }
      }
      return true;
    }
  }

  /** A line that is longer than it may be. */
  record TooLong() implements Line {}

  /** The end of a stream that could be read no further. */
  record BrokenOff(Throwable cause) implements Line {}

  /** A part of the stream, or how it ended. */
  private record Part(ByteString bytes, List<Line> end) {}

  /** Cuts a stream into lines of at most so many bytes; it never fails. */
  static Flow<ByteString, Line, NotUsed> of(int bytesMax) {
    // Turned into an element at once: a failure would overtake the lines that are still to be
    // handed on.
    PartialFunction<Throwable, Part> brokenOff =
        new PFBuilder<Throwable, Part>()
            .matchAny(cause -> new Part(null, List.of(new BrokenOff(cause))))
            .build();
    return Flow.<ByteString>create()
        .mapConcat(Lines::pieces)
        .map(bytes -> new Part(bytes, null))
        .concat(Source.single(new Part(null, null)))
        .recover(brokenOff)
        .statefulMapConcat(
            () -> {
              Lines lines = new Lines(bytesMax);
              return part -> part.bytes() != null ? lines.take(part.bytes()) : lines.end(part);
            });
  }

  /** Not too many lines at once: those of a mebibyte of line breaks take far more than that. */
  private static List<ByteString> pieces(ByteString bytes) {
    List<ByteString> pieces = new ArrayList<>(1);
    ByteString left = bytes;
    while (left.length() > PIECE_BYTES) {
      pieces.add(left.take(PIECE_BYTES));
      left = left.drop(PIECE_BYTES);
    }
    pieces.add(left);
    return pieces;
  }

  private List<Line> end(Part last) {
    return last.end() != null ? last.end() : rest();
  }

  private List<Line> take(ByteString bytes) {
    List<Line> lines = new ArrayList<>();
    ByteString left = bytes;
    int end = left.indexOf(NEWLINE);
    while (end >= 0) {
      begin(left.take(end));
      Line line = end();
      if (!isBlank(line) || lines.isEmpty() || !isBlank(lines.get(lines.size() - 1))) {
        lines.add(line);
      }
      left = left.drop(end + 1);
      end = left.indexOf(NEWLINE);
    }
    begin(left);
    return lines;
  }

  private static boolean isBlank(Line line) {
    return line instanceof Whole whole && whole.isBlank();
  }

  private List<Line> rest() {
    return begun.isEmpty() && !tooLong ? List.of() : List.of(end());
  }

  private void begin(ByteString part) {
    if (tooLong || begun.length() + part.length() > bytesMax) {
      tooLong = true;
      begun = ByteString.emptyByteString();
    } else {
      begun = begun.concat(part);
    }
  }

  private Line end() {
    ByteString bytes = begun;
    if (!bytes.isEmpty() && bytes.apply(bytes.length() - 1) == RETURN) {
      bytes = bytes.dropRight(1);
    }
    Line line = tooLong ? new TooLong() : new Whole(bytes.compact());
    begun = ByteString.emptyByteString();
    tooLong = false;
    return line;
  }
}
