package keepwell.journal;

import akka.persistence.SnapshotMetadata;
import akka.persistence.jdbc.config.SnapshotConfig;
import akka.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import akka.persistence.jdbc.snapshot.dao.SnapshotTables.SnapshotRow;
import akka.serialization.Serialization;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import akka.stream.Materializer;
import scala.Option;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * Reads snapshots as their plugin does, and leaves the writing to {@link SnapshotWriter}. Created
 * by name.
 */
public final class SnapshotDao extends DefaultSnapshotDao {
  private static final Future<BoxedUnit> DONE = Future.successful(BoxedUnit.UNIT);

  private final SnapshotWriter snapshots;
  private final Serialization serialization;

  /** The one constructor that the plugin knows. */
  public SnapshotDao(
      JdbcBackend.DatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.snapshots = JournalDatabase.of(materializer.system()).snapshots();
    this.serialization = serialization;
  }

  /**
   * Has a snapshot stored soon. An account does and answers nothing until this is done, so it is
   * done at once.
   */
  @Override
  public Future<BoxedUnit> save(SnapshotMetadata metadata, Object snapshot) {
    Serializer serializer = serialization.findSerializerFor(snapshot);
    snapshots.add(
        new SnapshotRow(
            metadata.persistenceId(),
            metadata.sequenceNr(),
            metadata.timestamp(),
            serializer.identifier(),
            Serializers.manifestFor(serializer, snapshot),
            serialization.serialize(snapshot).get(),
            Option.empty(),
            Option.empty(),
            Option.empty()));
    return DONE;
  }
}
