package keepwell.http;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import keepwell.http.Entry.BrokenOff;
import keepwell.http.Entry.Rejected;

/**
 * Reads records out of CSV (RFC 4180), line by line: no field of one may hold a line break, so none
 * spans lines. The first line names the columns.
 */
final class CsvRecords<T> {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final RecordReader<T> reader;
  private List<String> columns;
  private int records;

  CsvRecords(RecordReader<T> reader) {
    this.reader = reader;
  }

  /**
   * The record of a line; none of the first line and of blank ones.
   *
   * @throws Problem.Raised if the first line is not fit to name the columns
   */
  List<Entry<T>> read(Lines.Line line) {
    if (line instanceof Lines.BrokenOff end) {
      return List.of(new BrokenOff<>(Problem.of(end.cause())));
    }
    if (line instanceof Lines.Whole whole && whole.isBlank()) {
      return List.of();
    }
    if (columns == null) {
      columns = header(line);
      return List.of();
    }
    return List.of(row(line, records++));
  }

  private List<String> header(Lines.Line line) {
    List<String> columns;
    try {
      String text = line instanceof Lines.Whole whole ? decoded(whole) : "";
      columns = fields(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException | CsvParseException e) {
      throw new Problem.Raised(Problem.ofField("header", "is not readable as CSV in UTF-8"));
    }
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!reader.kind().fields().contains(column)) {
        throw new Problem.Raised(
            Problem.ofField(
                "header",
                "names a column that is none of " + String.join(", ", reader.kind().fields())));
      }
      if (!seen.add(column)) {
        throw new Problem.Raised(Problem.ofField("header", "names " + column + " twice"));
      }
    }
    for (String column : reader.kind().required()) {
      if (!seen.contains(column)) {
        throw new Problem.Raised(Problem.ofField("header", "lacks the column " + column));
      }
    }
    return columns;
  }

  private Entry<T> row(Lines.Line line, int index) {
    if (!(line instanceof Lines.Whole whole)) {
      return new Rejected<>(index, "the line is too long");
    }
    List<String> values;
    try {
      values = fields(decoded(whole));
    } catch (CharacterCodingException e) {
      return new Rejected<>(index, "the line is not UTF-8");
    } catch (CsvParseException e) {
      return new Rejected<>(index, "the line is not valid CSV");
    }
    RecordDraft<T> draft = reader.draft();
    for (int i = 0; i < columns.size() && i < values.size(); i++) {
      draft.column(columns.get(i), values.get(i));
    }
    String count = values.size() + " columns instead of " + columns.size();
    if (values.size() < columns.size()) {
      draft.fault(columns.get(values.size()), "is missing: the row has " + count);
    } else if (values.size() > columns.size()) {
      draft.fault("row", "has " + count);
    }
    return reader.end(draft, index);
  }

  private static String decoded(Lines.Whole line) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(line.bytes().toArrayUnsafe()))
        .toString();
  }

  private static List<String> fields(String line) {
    if (line.indexOf('\r') >= 0) {
      throw new CsvParseException("a line ends in its middle");
    }
    if (line.indexOf('"') < 0) {
      return List.of(line.split(",", -1));
    }
    if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw new CsvParseException("a quote is not closed");
    }
    for (CsvRecord csv : CsvReader.builder().ofCsvRecord(line)) {
      return csv.getFields();
    }
    return List.of();
  }
}
