package keepwell.journal;

import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import java.util.List;
import scala.Option;

/** Events to be stored, as the journal's plugin makes them. */
final class Rows {
  private Rows() {}

  static JournalRow row(String account, long sequenceNumber, String... tags) {
    return row(account, sequenceNumber, new byte[] {1, 2, 3}, tags);
  }

  static JournalRow row(String account, long sequenceNumber, byte[] payload, String... tags) {
    return row(account, sequenceNumber, payload, 33, "manifest", tags);
  }

  static JournalRow row(
      String account,
      long sequenceNumber,
      byte[] payload,
      int serializer,
      String manifest,
      String... tags) {
    return new JournalRow(
        new JournalAkkaSerializationRow(
            Long.MIN_VALUE,
            false,
            account,
            sequenceNumber,
            "writer",
            1_000,
            "",
            payload,
            serializer,
            manifest,
            Option.empty(),
            Option.empty(),
            Option.empty()),
        List.of(tags));
  }
}
