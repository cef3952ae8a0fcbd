package keepwell.journal;

import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import java.util.ArrayList;
import java.util.List;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;

/**
 * An event that is to be stored.
 *
 * @param event as the table {@code event_journal} has it, but for its ordering
 */
record JournalRow(JournalAkkaSerializationRow event, List<String> tags) {

  /** As the plugin has them. */
  static List<JournalRow> of(Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    List<JournalRow> all = new ArrayList<>(1); // mostly
    for (var each = rows.iterator(); each.hasNext(); ) {
      Tuple2<JournalAkkaSerializationRow, Set<String>> row = each.next();
      all.add(new JournalRow(row._1(), list(row._2())));
    }
    return all;
  }

  private static List<String> list(Set<String> tags) {
    if (tags.isEmpty()) {
      return List.of();
    }
    List<String> list = new ArrayList<>(tags.size());
    for (var each = tags.iterator(); each.hasNext(); ) {
      list.add(each.next());
    }
    return list;
  }

  /** What of it can be large. */
  long bytes() {
    return event.eventPayload().length;
  }

  /** The serializer of its metadata; null if it has none, as are the two below. */
  Integer metaSerializer() {
    return (Integer) orNull(event.metaSerId());
  }

  String metaManifest() {
    return orNull(event.metaSerManifest());
  }

  byte[] metaPayload() {
    return orNull(event.metaPayload());
  }

  private static <T> T orNull(Option<T> value) {
    return value.isEmpty() ? null : value.get();
  }
}
