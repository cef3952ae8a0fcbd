package keepwell.journal;

import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import keepwell.journal.WriteQueue.Write;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/** Writes the journal as its plugin does, and keeps count of it. Created by name. */
public final class JournalDao extends DefaultJournalDao {
  private final WriteQueue queue;
  private final ExecutionContext executor;

  /** The one constructor that the plugin knows. */
  public JournalDao(
      JdbcBackend.DatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.executor = executor;
    this.queue = JournalDatabase.of(materializer.system()).writes();
  }

  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    Write write = queue.queued(rows.size(), bytes(rows));
    Future<BoxedUnit> written = super.queueWriteJournalRows(rows);
    written.onComplete(
        result -> {
          if (result.isSuccess()) {
            queue.stored(write);
          } else {
            queue.failed(write, result.failed().get());
          }
          return BoxedUnit.UNIT;
        },
        executor);
    return written;
  }

  @Override
  public Future<BoxedUnit> writeJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    queue.begun(rows.size());
    return super.writeJournalRows(rows);
  }

  private static long bytes(Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    long bytes = 0;
    for (var each = rows.iterator(); each.hasNext(); ) {
      bytes += each.next()._1().eventPayload().length;
    }
    return bytes;
  }
}
