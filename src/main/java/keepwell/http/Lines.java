package keepwell.http;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines. A line that is too long is passed over, and only said to have
 * been there: what comes after it is read as usual. A last line that broke off with its stream is
 * not taken for one.
 */
final class Lines {
  private static final byte NEWLINE = '\n';
  private static final byte RETURN = '\r';

  private final int bytesMax;
  private ByteString begun = ByteString.emptyByteString();
  private boolean tooLong;

  private Lines(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * A line without its end.
   *
   * @param bytes empty if it is too long
   */
  record Line(ByteString bytes, boolean tooLong) {
    boolean isBlank() {
      if (tooLong) {
        return false;
      }
      for (byte b : bytes.toArrayUnsafe()) {
        if (b != ' ' && b != '\t') {
          return false;
        }
      }
      return true;
    }
  }

  /** Cuts a stream into lines of at most so many bytes. */
  static Flow<ByteString, Line, NotUsed> of(int bytesMax) {
    return Flow.<ByteString>create()
        .map(Optional::of)
        .concat(Source.single(Optional.empty())) // not there if the stream breaks off
        .statefulMapConcat(
            () -> {
              Lines lines = new Lines(bytesMax);
              return bytes -> bytes.map(lines::take).orElseGet(lines::rest);
            });
  }

  private List<Line> take(ByteString bytes) {
    List<Line> lines = new ArrayList<>();
    ByteString left = bytes;
    int end = left.indexOf(NEWLINE);
    while (end >= 0) {
      begin(left.take(end));
      lines.add(end());
      left = left.drop(end + 1);
      end = left.indexOf(NEWLINE);
    }
    begin(left);
    return lines;
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
    Line line = new Line(bytes.compact(), tooLong);
    begun = ByteString.emptyByteString();
    tooLong = false;
    return line;
  }
}
