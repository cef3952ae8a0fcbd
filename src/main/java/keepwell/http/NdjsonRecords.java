package keepwell.http;

import java.util.List;
import keepwell.http.Entry.BrokenOff;
import keepwell.http.Entry.Rejected;

/** Reads records out of NDJSON, one a line. */
final class NdjsonRecords<T> {
  private final RecordReader<T> reader;
  private int records;

  NdjsonRecords(RecordReader<T> reader) {
    this.reader = reader;
  }

  /** The record of a line; none of a blank one. */
  List<Entry<T>> read(Lines.Line line) {
    if (line instanceof Lines.BrokenOff end) {
      return List.of(new BrokenOff<>(Problem.of(end.cause())));
    }
    if (line instanceof Lines.Whole whole) {
      return whole.isBlank()
          ? List.of()
          : List.of(reader.line(whole.bytes().toArrayUnsafe(), records++));
    }
    return List.of(new Rejected<>(records++, "the line is too long"));
  }
}
