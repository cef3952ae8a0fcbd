package keepwell.http;

import java.util.List;
import keepwell.http.SignalDraft.BrokenOff;
import keepwell.http.SignalDraft.Entry;
import keepwell.http.SignalDraft.Rejected;

/** Reads signals out of NDJSON, a record a line. */
final class NdjsonSignals {
  private final SignalReader reader;
  private int records;

  NdjsonSignals(SignalReader reader) {
    this.reader = reader;
  }

  /** The record of a line; none of a blank one. */
  List<Entry> read(Lines.Line line) {
    if (line instanceof Lines.BrokenOff end) {
      return List.of(new BrokenOff(Problem.of(end.cause())));
    }
    if (line instanceof Lines.Whole whole) {
      return whole.isBlank()
          ? List.of()
          : List.of(reader.line(whole.bytes().toArrayUnsafe(), records++));
    }
    return List.of(new Rejected(records++, null, null, "the line is too long"));
  }
}
