package keepwell.journal;

import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * Reads the journal as its plugin does, and leaves the writing to {@link JournalWriter}. Created by
 * name.
 */
public final class JournalDao extends DefaultJournalDao {
  private final WriteQueue writes;

  /** The one constructor that the plugin knows. */
  public JournalDao(
      JdbcBackend.DatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.writes = JournalDatabase.of(materializer.system()).writes();
  }

  /**
   * Called once for what an account persists at once.
   *
   * @return fails if none of it could be stored, or if that is not known
   */
  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    return writes.add(JournalRow.of(rows)).stored();
  }
}
