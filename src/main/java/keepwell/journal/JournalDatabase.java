package keepwell.journal;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;
import akka.persistence.jdbc.db.SlickDatabase;
import akka.persistence.jdbc.db.SlickDatabaseProvider;
import com.typesafe.config.Config;
import scala.Option;
import slick.jdbc.H2Profile$;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor$;

/**
 * Hands the installation's database to the journal and the snapshot store, which create this class
 * by name.
 */
public final class JournalDatabase implements SlickDatabaseProvider {
  /** Who read; with the writers of the journal and of snapshots all have a connection at once. */
  private static final int THREADS = 4;

  private static final int QUEUE = 100_000;

  private final SlickDatabase shared;

  /** How the database gets into the actor system. */
  public static final class InSystem extends Setup {
    private final Database database;

    public InSystem(Database database) {
      this.database = database;
    }
  }

  /** The one constructor that the plugin knows. */
  public JournalDatabase(ActorSystem system) {
    Database database = of(system);
    JdbcBackend.DatabaseDef slick =
        JdbcBackend$.MODULE$
            .Database()
            .forDataSource(
                database.dataSource(),
                Option.apply(THREADS),
                AsyncExecutor$.MODULE$.apply("keepwell-jdbc", THREADS, THREADS, QUEUE, THREADS),
                false);
    JdbcProfile profile = database.embedded() ? H2Profile$.MODULE$ : PostgresProfile$.MODULE$;
    this.shared = new Shared(slick, profile);
  }

  /** The database of an actor system. */
  public static Database of(ActorSystem system) {
    return system.settings().setup().get(InSystem.class).orElseThrow().database;
  }

  @Override
  public SlickDatabase database(Config config) {
    return shared;
  }

  /** Closed by whoever opened it, not by the plugin. */
  private record Shared(JdbcBackend.DatabaseDef database, JdbcProfile profile)
      implements SlickDatabase {
    @Override
    public boolean allowShutdown() {
      return false;
    }
  }
}
